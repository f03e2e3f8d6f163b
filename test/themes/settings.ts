import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Drop } from 'liquidjs';
import { lookUp } from '../support/shopify-liquid.js';
import { Color, ColorScheme } from './colors.js';

export type Scope = Record<string, unknown>;

/** One setting of `settings_schema.json`, or of the schema of a section or a block. */
export interface Setting {
  id?: string;
  type: string;
  default?: unknown;
  options?: { value: string }[];
}

/** The settings of a theme, or of one of its parts: by id. */
export type Settings = Scope;

/** Settings that name something of a shop's catalogue or content. The shop has none of it: themes show their own stand-ins. */
const RESOURCES = /^(product|collection|page|blog|article|link_list|image_picker|video|metaobject)(_list)?$/;

/** A system font: the shop loads no other. */
class Font extends Drop {
  readonly family = 'Helvetica, Arial';
  readonly fallback_families = 'sans-serif';
  readonly style = 'normal';
  readonly weight = 400;
  readonly 'system?' = true;
  readonly variants = [];
}

/** Reads a JSON file of a theme. Shopify writes a comment above it, and allows a comma at the end of a list. */
export function readThemeJson(path: string): unknown {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF?\s*\/\*[^]*?\*\//, '');
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1'));
  }
}

const toColors = (values: Scope) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Color.parse(String(value)) ?? value]),
  );

/** The settings schema of a theme, without its groups. */
export const settingsSchema = (root: string): Setting[] =>
  (readThemeJson(join(root, 'config/settings_schema.json')) as { settings?: Setting[] }[]).flatMap(
    ({ settings = [] }) => settings,
  );

/** The values of a schema's settings: the chosen ones, else the defaults. */
function valuesOf(schema: Setting[], chosen: Scope): Scope {
  const defaults = schema.filter(({ id }) => id).map(({ id, default: value }) => [id, value ?? null]);
  return { ...(Object.fromEntries(defaults) as Scope), ...chosen };
}

/** The theme's own settings: its values, or a preset by name. */
function chosenIn(root: string): Scope {
  const path = join(root, 'config/settings_data.json');
  if (!existsSync(path)) return {};
  const { current, presets } = readThemeJson(path) as {
    current: string | Scope;
    presets: Record<string, Scope>;
  };
  return typeof current === 'string' ? presets[current]! : current;
}

/** The theme's own settings, as raw values. */
export const chosenSettings = (root: string): Scope => valuesOf(settingsSchema(root), chosenIn(root));

/** Reads settings as Liquid sees them: colours, colour schemes and fonts are objects. */
export class SettingsReader {
  /** The settings of the theme itself. */
  readonly theme: Settings = {};
  readonly #schemes = new Map<string, ColorScheme>();

  /** @param overrides settings that override the theme's own. */
  constructor(root: string, overrides: Scope = {}) {
    const schema = settingsSchema(root);
    const values = { ...chosenSettings(root), ...overrides };
    const ofType = (type: string) => schema.filter((setting) => setting.type === type && setting.id);
    for (const { id } of ofType('color_scheme_group'))
      for (const [scheme, { settings }] of Object.entries(values[id!] as Record<string, { settings: Scope }>))
        this.#schemes.set(scheme, new ColorScheme(scheme, toColors(settings)));
    for (const { id } of ofType('color_palette')) this.theme[id!] = toColors(values[id!] as Scope);
    Object.assign(this.theme, { ...this.read(schema, values), ...this.theme });
    for (const { id } of ofType('color_scheme_group')) this.theme[id!] = [...this.#schemes.values()];
  }

  /** The settings of a section or a block, or of any schema. */
  read(schema: Setting[] = [], chosen: Scope = {}): Settings {
    const types = new Map(schema.map(({ id, type }) => [id, type]));
    return Object.fromEntries(
      Object.entries(valuesOf(schema, chosen)).map(([id, value]) => [id, this.#value(types.get(id), value)]),
    );
  }

  #value(type = '', value: unknown): unknown {
    const path = /^\{\{\s*settings\.([\w.]+)\s*\}\}$/.exec(typeof value === 'string' ? value : '')?.[1];
    if (path) return lookUp(this.theme, path);
    if (type === 'font_picker') return new Font();
    if (type === 'color') return Color.parse(String(value)) ?? value;
    if (type === 'color_scheme') return this.#schemes.get(String(value)) ?? value;
    return RESOURCES.test(type) ? null : value;
  }
}
