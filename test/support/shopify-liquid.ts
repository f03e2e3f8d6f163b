import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';

/** The sources of the theme extension. */
export const EXTENSION = resolve(import.meta.dirname, '../../src/shopify/extension');

export type Language = 'en' | 'es' | 'zh-CN';
export type BlockName = 'eligibility-badge' | 'checkout-button' | 'checkout-embed';

/** A tag of Shopify that renders nothing, such as `schema` or `doc`. */
class Unseen extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    while (remaining.length && (remaining.shift() as TagToken).name !== `end${token.name}`);
  }
  *render(): Generator<unknown, void> {}
}

/** A JSON file of the extension's locales. */
export const localeFile = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(EXTENSION, 'locales', `${name}.json`), 'utf8')) as Record<string, unknown>;

/** The value at a dotted key. */
export const lookUp = (tree: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((at, name) => (Object(at) as Record<string, unknown>)[name], tree);

const engines = new Map<string, Liquid>();

/** Shopify's filters that the blocks use, without any escaping that Shopify may add. */
function engineFor(language: Language, assets: string): Liquid {
  const key = `${language} ${assets}`;
  const cached = engines.get(key);
  if (cached) return cached;
  const engine = new Liquid({
    root: [join(EXTENSION, 'snippets'), join(EXTENSION, 'blocks')],
    extname: '.liquid',
    strictFilters: true,
    cache: true,
  });
  engines.set(key, engine);
  for (const tag of ['schema', 'doc']) engine.registerTag(tag, Unseen);
  const words = localeFile(language === 'en' ? 'en.default' : language);
  engine.registerFilter('t', (key: string, ...values: [string, unknown][]) => {
    const text = lookUp(words, key);
    if (typeof text !== 'string') throw new Error(`No translation: ${key}`);
    return values.reduce((all, [name, value]) => all.replace(`{{ ${name} }}`, String(value)), text);
  });
  engine.registerFilter('asset_url', (file: string) => `${assets}${file}?v=1763990000`);
  return engine;
}

/** The objects of the page that a block reads. */
export interface Page {
  settings?: Record<string, unknown>;
  language?: Language;
  /** Fields of Shopify's object `request`. */
  request?: { design_mode?: boolean };
  /** The URL of the extension's assets, with a slash at the end. */
  assets?: string;
  [global: string]: unknown;
}

/** The settings of a block that was just added. */
export function defaultsOf(name: BlockName): Record<string, unknown> {
  const settings = schemaOf(name).settings ?? [];
  return Object.fromEntries(
    settings.filter(({ id }) => id).map((setting) => [setting.id, setting.default ?? null]),
  );
}

/** A setting in a block's schema. */
export interface Setting {
  type: string;
  id?: string;
  label?: string;
  info?: string;
  content?: string;
  default?: unknown;
  options?: { value: string; label: string }[];
  autofill?: boolean;
}

/** A block's schema. */
export interface Schema {
  name: string;
  target: string;
  javascript?: string;
  stylesheet?: string;
  enabled_on?: { templates?: string[] };
  settings?: Setting[];
}

export const sourceOf = (name: BlockName) =>
  readFileSync(join(EXTENSION, 'blocks', `${name}.liquid`), 'utf8');

export const schemaTextOf = (name: BlockName) =>
  /{% schema %}([^]*?){% endschema %}/.exec(sourceOf(name))![1]!;

export const schemaOf = (name: BlockName) => JSON.parse(schemaTextOf(name)) as Schema;

export const BLOCKS = readdirSync(join(EXTENSION, 'blocks')).map(
  (file) => file.replace('.liquid', '') as BlockName,
);

/** Renders a block as Shopify's server does. */
export function renderBlock(
  name: BlockName,
  { settings, language = 'en', assets = '/', request, ...globals }: Page,
): string {
  return engineFor(language, assets).renderFileSync(
    name,
    {
      block: {
        id: 'b1',
        settings: { ...defaultsOf(name), ...settings },
        shopify_attributes: 'data-shopify-editor-block="{&quot;id&quot;:&quot;b1&quot;}"',
      },
    },
    {
      globals: {
        template: { name: 'product' },
        routes: { root_url: '/', cart_url: '/cart' },
        request: { design_mode: false, locale: { iso_code: language }, ...request },
        cart: { items: [], currency: { iso_code: 'USD' }, items_subtotal_price: 0 },
        ...globals,
      },
    },
  ) as string;
}
