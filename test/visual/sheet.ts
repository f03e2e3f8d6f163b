import type { Theme } from '../../src/elements/index.js';
import type { Scene } from './scenes.js';

/** Light and dark pages of shops. */
const BACKGROUNDS = {
  light: { background: '#fff', color: '#222' },
  dark: { background: '#14181a', color: '#eee' },
};

/** Theme and background of a sheet. */
export interface Look {
  theme: Theme;
  ground: keyof typeof BACKGROUNDS;
}

/** The style rules of the page for a look. */
export const backgroundRules = ({ ground }: Look) =>
  `:root { color-scheme: ${ground}; background: ${BACKGROUNDS[ground].background}; color: ${BACKGROUNDS[ground].color} }`;

const FACES = [400, 600, 700].map(
  (weight) => `@font-face { font-family: Inter; font-weight: ${weight}; src: url(/font-${weight}.woff2) }`,
);

function figureOf({ name, tag, attributes, lines, endpoint = 'open' }: Scene): string {
  const element = tag ?? 'hsa-checkout-button';
  const written = Object.entries({ endpoint: `/api/${endpoint}`, ...attributes })
    .map(([attribute, value]) => ` ${attribute}="${value}"`)
    .join('');
  const cart = lines
    ? `<script type="application/json">${JSON.stringify({ line_items: lines })}</script>`
    : '';
  return `<figure data-scene="${name}"><figcaption>${name}</figcaption><${element}${written}>${cart}</${element}></figure>`;
}

/** A page with every scene and its caption. */
export const sheetOf = (scenes: readonly Scene[], locale: string) => `<!doctype html>
  <html lang="${locale}"><meta charset="utf-8"><title>Sheet</title><link rel="icon" href="data:,">
  <style>
    ${FACES.join('')}
    :root { font: 400 16px/1.4 Inter; --hsa-font: 600 1rem/1.35 Inter }
    body { display: grid; grid-template-columns: repeat(4, 288px); gap: 20px; align-items: start; margin: 0; padding: 16px; width: max-content }
    figure { margin: 0 }
    .pale { --hsa-background: #ffd24a; --hsa-height: 44px }
    figcaption { margin-bottom: 6px; font-size: 12px; opacity: 0.8 }
  </style>
  <style id="ground"></style>
  <style id="own"></style>
  <script src="/hsa-checkout.js"></script><script src="/hsa-checkout-status.js"></script>
  <body>${scenes.map(figureOf).join('')}`;
