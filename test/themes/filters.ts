import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilterImplOptions, Liquid } from 'liquidjs';
import { lookUp } from '../support/shopify-liquid.js';
import { COLOR_FILTERS } from './colors.js';

/** The path of the theme's assets. */
export const THEME_ASSETS = '/cdn/theme/';

const dollars = (cents: unknown) => (Number(cents ?? 0) / 100).toFixed(2);
const handle = (text: unknown) => String(text).toLowerCase().replace(/\W+/g, '-');
const assetUrl = (file: string) => THEME_ASSETS + file;
const nothing = () => '';

const PICTURE =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><path fill="#cde" d="M0 0h100v100H0z"/></svg>',
  );

/** Named arguments of a filter, as liquidjs passes them: pairs among the others. */
const named = (args: unknown[]): Record<string, unknown> =>
  Object.fromEntries(args.filter((arg): arg is [string, unknown] => Array.isArray(arg)));

/** Shopify's filters that do not depend on the theme. Pictures, fonts and payment icons are omitted or placeholders. */
const FILTERS: Record<string, FilterImplOptions> = {
  asset_url: assetUrl,
  shopify_asset_url: assetUrl,
  stylesheet_tag: (url: string) => `<link href="${url}" rel="stylesheet" media="all">`,
  image_url: () => PICTURE,
  image_tag(url: string, ...args: unknown[]) {
    const { class: name = '', style = '' } = named(args);
    return `<img src="${url}" alt="" width="100" height="100" class="${String(name)}" style="${String(style)}">`;
  },
  placeholder_svg_tag: () => '<svg></svg>',
  money: (cents: unknown) => `$${dollars(cents)}`,
  money_with_currency: (cents: unknown) => `$${dollars(cents)} USD`,
  money_without_currency: dollars,
  money_without_trailing_zeros: (cents: unknown) => `$${dollars(cents).replace('.00', '')}`,
  font_modify: (font: unknown) => font,
  font_face: nothing,
  font_url: nothing,
  link_to: (text: string, url: string) => `<a href="${url}">${text}</a>`,
  handleize: handle,
  item_count_for_variant: () => 0,
  line_items_for: () => [],
  standard_event_data: () => '{}',
  structured_data: () => '{}',
  payment_terms: nothing,
  payment_button: nothing,
  payment_type_svg_tag: nothing,
  preload_tag: nothing,
  default_errors: nothing,
  time_tag: nothing,
  ...COLOR_FILTERS,
};

/** Registers Shopify's filters for a theme, with its texts and inline assets. */
export function registerFilters(engine: Liquid, root: string, words: unknown): void {
  for (const [name, filter] of Object.entries(FILTERS)) engine.registerFilter(name, filter);
  engine.registerFilter('t', (key: unknown, ...args: unknown[]) => {
    const values = named(args);
    const found = lookUp(words, String(key));
    const plural = values['count'] === 1 ? 'one' : 'other';
    const text = typeof found === 'object' ? lookUp(found, plural) : found;
    return typeof text === 'string'
      ? text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''))
      : `Translation missing: ${String(key)}`;
  });
  engine.registerFilter('inline_asset_content', (file: unknown) => {
    const path = join(root, 'assets', String(file));
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  });
}
