/** The choices of each setting with their labels. The first is the default. */
export const CHOICES = {
  theme: { auto: 'Auto', light: 'Light', dark: 'Dark', outline: 'Outline' },
  page: { system: 'Yours', light: 'Light', dark: 'Dark' },
  badge: { below: 'Below', above: 'Above', none: 'None' },
  learnMore: { no: 'No', yes: 'Yes' },
  variant: { plain: 'Plain', pill: 'Pill', card: 'Card' },
  locale: { '': 'As the page', en: 'English', es: 'Español', 'zh-Hans': '简体中文' },
  eligibility: {
    lines: 'The lines say it',
    endpoint: 'Ask the endpoint',
    eligible: 'eligible',
    lmn: 'lmn',
    split: 'split',
    regular: 'regular',
  },
  whenRegular: { show: 'Neutral button', hide: 'No button' },
  shopper: { known: 'Signed in', guest: 'Guest' },
  details: { auto: 'Ask in a dialog', never: 'Never ask' },
  network: {
    fine: 'Fine',
    slow: 'Slow',
    offline: 'Offline',
    limited: '429',
    broken: '500',
    expired: 'Expired',
  },
} as const;

type Choice<Name extends keyof typeof CHOICES> = keyof (typeof CHOICES)[Name];

/** The ranges of the sliders, in pixels. The largest width fills the button's container. */
export const RANGES = {
  height: { min: 40, max: 72, label: 'Height' },
  radius: { min: 0, max: 36, label: 'Corners' },
  width: { min: 200, max: 420, label: 'Width' },
} as const;

/** The colours that a page can set. */
export const COLOURS = {
  background: 'Background',
  text: 'Text',
  border: 'Border',
  accent: 'Focus ring',
} as const;

/** The settings of the playground. */
export interface Settings extends Record<keyof typeof RANGES, number>, Record<keyof typeof COLOURS, string> {
  theme: Choice<'theme'>;
  /** The `color-scheme` of the page around the button. */
  page: Choice<'page'>;
  /** Where the eligibility is, or whether it is nowhere. */
  badge: Choice<'badge'>;
  /** Whether the eligibility ends with "Learn more". */
  learnMore: Choice<'learnMore'>;
  /** The look of the badge of a product. */
  variant: Choice<'variant'>;
  /** Whether the page's own colours replace the theme's. */
  hasColours: boolean;
  /** The page's own text of the button. Empty for the default. */
  label: string;
  locale: Choice<'locale'>;
  /** The quantity of each product in the cart. */
  quantities: Readonly<Record<string, number>>;
  eligibility: Choice<'eligibility'>;
  whenRegular: Choice<'whenRegular'>;
  shopper: Choice<'shopper'>;
  details: Choice<'details'>;
  network: Choice<'network'>;
}

export const DEFAULTS: Settings = {
  theme: 'auto',
  page: 'system',
  badge: 'below',
  learnMore: 'no',
  variant: 'plain',
  height: 48,
  radius: 8,
  width: RANGES.width.max,
  hasColours: false,
  background: '#1d3557',
  text: '#ffffff',
  border: '#1d3557',
  accent: '#1d3557',
  label: '',
  locale: '',
  quantities: { 'bp-monitor': 1, thermometer: 0, 'massage-gun': 0, mug: 1 },
  eligibility: 'lines',
  whenRegular: 'show',
  shopper: 'known',
  details: 'auto',
  network: 'fine',
};

/** A slider's value as text. */
export function wordsOf(settings: Settings, name: keyof typeof RANGES): string {
  const pixels = settings[name];
  return name === 'width' && pixels === RANGES.width.max ? 'as wide as the cart' : `${pixels} px`;
}

/**
 * Reads the settings from a form or from the page's address. An invalid choice becomes the default, and a number outside of its
 * range the nearest limit.
 */
export function readSettings(form: Pick<FormData | URLSearchParams, 'get' | 'has'>): Settings {
  const text = (name: string) => String(form.get(name) ?? '');
  const choice = <Name extends keyof typeof CHOICES>(name: Name): Choice<Name> =>
    (Object.hasOwn(CHOICES[name], text(name)) ? text(name) : DEFAULTS[name]) as Choice<Name>;
  const pixels = (name: keyof typeof RANGES) => {
    const { min, max } = RANGES[name];
    return Math.min(max, Math.max(min, Math.round(Number(text(name)) || min)));
  };
  const colour = (name: keyof typeof COLOURS) =>
    /^#[\da-f]{6}$/i.test(text(name)) ? text(name) : DEFAULTS[name];
  return {
    theme: choice('theme'),
    page: choice('page'),
    badge: choice('badge'),
    learnMore: choice('learnMore'),
    variant: choice('variant'),
    height: pixels('height'),
    radius: pixels('radius'),
    width: pixels('width'),
    hasColours: form.has('hasColours'),
    background: colour('background'),
    text: colour('text'),
    border: colour('border'),
    accent: colour('accent'),
    label: text('label').trim(),
    locale: choice('locale'),
    quantities: Object.fromEntries(
      Object.keys(DEFAULTS.quantities).map((id) => [id, Math.min(9, Math.max(0, Number(text(id)) | 0))]),
    ),
    eligibility: choice('eligibility'),
    whenRegular: choice('whenRegular'),
    shopper: choice('shopper'),
    details: choice('details'),
    network: choice('network'),
  };
}
