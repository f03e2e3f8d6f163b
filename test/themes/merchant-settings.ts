import { Color } from './colors.js';
import { chosenSettings, settingsSchema, type Scope, type Setting } from './settings.js';

/* Settings that a merchant would choose, found in any theme by their types and names. */

/** Shows the note of the cart. A theme without such a setting ignores it. */
export const NOTE_SETTINGS: Scope = {
  show_cart_note: true,
  cart_note_open_by_default: true,
  cart_show_note: true,
};

const drawerOption = ({ options = [] }: Setting) =>
  options.find(({ value }) => value.includes('drawer'))?.value;

/** Shows the cart in a drawer, if the theme has one. */
export function drawerSettings(root: string): Scope {
  const settings = settingsSchema(root).filter(({ id }) => id?.includes('cart'));
  return Object.fromEntries(
    settings.filter(drawerOption).map((setting) => [setting.id!, drawerOption(setting)]),
  );
}

const brightness = (color: unknown) => Color.parse(String(color))?.brightness ?? 255;

/** Uses the darkest colour scheme of the theme for the whole shop; without schemes, sets a dark background and light text. */
export function darkSettings(root: string): Scope {
  const values = chosenSettings(root);
  const dark = settingsSchema(root).map(({ id = '', type }): [string, unknown] | undefined => {
    const value = values[id];
    if (type === 'color_scheme_group') {
      const schemes = Object.entries(value as Record<string, { settings: Scope }>);
      const [darkest] = schemes
        .map(([, scheme]) => scheme)
        .sort((a, b) => brightness(a.settings['background']) - brightness(b.settings['background']));
      return [id, Object.fromEntries(schemes.map(([name]) => [name, darkest]))];
    }
    if (type === 'color_palette')
      return [id, { ...(value as Scope), background: '#121212', foreground: '#ffffff' }];
    if (type !== 'color' || String(value).includes('{{')) return undefined;
    return [id, id.includes('background') ? '#121212' : '#ffffff'];
  });
  return Object.fromEntries(dark.filter((pair) => pair !== undefined));
}
