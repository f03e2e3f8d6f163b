import { Drop } from 'liquidjs';

type Channels = [red: number, green: number, blue: number];

const limit = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** A colour setting in Liquid. */
export class Color extends Drop {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;

  constructor([red, green, blue]: Channels, alpha = 1) {
    super();
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.alpha = alpha;
  }

  /** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb()` and `rgba()`; returns undefined for any other text. */
  static parse(text: string): Color | undefined {
    const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text.trim());
    const long = short
      ? `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`
      : text.trim();
    const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})([\da-f]{2})?$/i.exec(long);
    if (hex) {
      const [red, green, blue, alpha = 255] = hex
        .slice(1)
        .filter(Boolean)
        .map((pair) => parseInt(pair, 16));
      return new Color([red!, green!, blue!], Math.round((alpha / 255) * 100) / 100);
    }
    const [red, green, blue, alpha] = (/^rgba?\(([^)]+)\)$/i.exec(long)?.[1] ?? '')
      .split(/[\s,/]+/)
      .map(Number);
    return blue === undefined ? undefined : new Color([red!, green!, blue], alpha);
  }

  get rgb(): string {
    return `${this.red} ${this.green} ${this.blue}`;
  }

  get rgba(): string {
    return `${this.rgb} / ${this.alpha}`;
  }

  get #channels(): Channels {
    return [this.red, this.green, this.blue];
  }

  /** The colour with each channel changed. */
  map(change: (channel: number) => number): Color {
    return new Color(this.#channels.map((channel) => limit(change(channel))) as Channels, this.alpha);
  }

  withAlpha(alpha: number): Color {
    return new Color(this.#channels, alpha);
  }

  /** Perceived brightness, 0 to 255 (W3C's AERT formula, as Shopify's `color_brightness`). */
  get brightness(): number {
    return (this.red * 299 + this.green * 587 + this.blue * 114) / 1000;
  }

  override valueOf(): string {
    const hex = this.#channels.map((channel) => channel.toString(16).padStart(2, '0')).join('');
    return this.alpha === 1 ? `#${hex}` : `rgba(${this.#channels.join(', ')}, ${this.alpha})`;
  }
}

/** A colour scheme, which prints as its id. */
export class ColorScheme extends Drop {
  readonly id: string;
  readonly settings: Record<string, unknown>;

  constructor(id: string, settings: Record<string, unknown>) {
    super();
    this.id = id;
    this.settings = settings;
  }

  override valueOf(): string {
    return this.id;
  }
}

const toColor = (value: unknown) => (value instanceof Color ? value : Color.parse(String(value)));

const WHITE = new Color([255, 255, 255]);

/** WCAG 2.2's relative luminance. */
function luminance({ red, green, blue }: Color): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Shopify's colour filters. A value that is not a colour is returned unchanged. */
export const COLOR_FILTERS: Record<string, (value: unknown, ...args: never[]) => unknown> = {
  color_brightness: (value) => toColor(value)?.brightness ?? 0,
  color_lighten: (value, percent: number) =>
    toColor(value)?.map((channel) => channel + (255 * percent) / 100) ?? value,
  color_darken: (value, percent: number) =>
    toColor(value)?.map((channel) => channel - (255 * percent) / 100) ?? value,
  color_modify: (value, what: string, amount: number) =>
    (what === 'alpha' && toColor(value)?.withAlpha(amount)) || value,
  color_contrast(value, other: unknown) {
    const [darker, lighter] = [toColor(value) ?? WHITE, toColor(other) ?? WHITE]
      .map(luminance)
      .sort((a, b) => a - b);
    return Math.round(((lighter! + 0.05) / (darker! + 0.05)) * 10) / 10;
  },
};
