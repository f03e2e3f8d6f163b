import { cssOf } from '../look.js';
import type { Settings } from '../settings.js';
import type { SnippetFile } from './snippet.js';

/**
 * The button block of the theme app extension in a theme's template. The shop sets cart, texts and language, and the backend decides
 * which details the customer is asked for.
 */
export function shopifySnippet(settings: Settings): SnippetFile[] {
  const { theme, whenRegular } = settings;
  const css = cssOf(settings);
  const block = {
    type: 'shopify://apps/YOUR-APP/blocks/checkout-button/YOUR-EXTENSION-UUID',
    settings: { endpoint: '/apps/hsa-checkout', theme, when_regular: whenRegular },
  };
  return [
    {
      name: 'templates/cart.json, in the blocks of a section',
      code: `${JSON.stringify({ 'hsa-checkout': block }, null, 2)}\n`,
      note: 'For a shop’s own custom app: rule 1.1.2 of the App Store keeps this block out of listed apps.',
    },
    ...(css ? [{ name: 'Custom CSS of that section', code: css }] : []),
  ];
}
