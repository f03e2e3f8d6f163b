import type { LineEligibility } from '../../src/core/index.js';
import type { AjaxItem } from '../shopify/extension/fixtures.js';
import { renderBlock, type BlockName, type Page } from './shopify-liquid.js';

/** A page of a shop as current themes build it: a section with the cart, and a drawer with the cart. */
export interface ThemePage {
  name: 'cart' | 'product';
  root: string;
  items: (AjaxItem & { eligibility: LineEligibility })[];
  currency: string;
  /** A discount on the whole cart, in cents. */
  orderDiscount: number;
  /**
   * `with`: structures that themes have, see {@link STYLES} and {@link section}. `blocks`: the app blocks of the main section. `drawer`: those of the drawer. `embed`: the app embed is on, with this
   * selector. `settings`: JSON of the block's settings. `lang`, `design`, `far` (below the screen), `other` (another copy of Lit).
   */
  query: URLSearchParams;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The page as Liquid sees it. */
function liquidPage({ name, root, items, currency, orderDiscount, query }: ThemePage): Page {
  const product = (eligibility: LineEligibility) => ({
    metafields: { custom: { hsa_fsa: { value: eligibility } } },
  });
  return {
    language: query.get('lang') === 'es' ? 'es' : 'en',
    assets: `${root}assets/`,
    template: { name },
    product: product('eligible'),
    routes: { root_url: root.replace(/\/$/, ''), cart_url: `${root}cart` },
    request: { design_mode: query.has('design') },
    cart: {
      items: items.map((item) => ({ ...item, product: product(item.eligibility) })),
      items_subtotal_price: items.reduce((sum, { final_line_price }) => sum + final_line_price, 0),
      total_price: items.reduce((sum, { final_line_price }) => sum + final_line_price, -orderDiscount),
      currency: { iso_code: query.get('cached') ?? currency },
    },
  };
}

const settingsOf = ({ root, query }: ThemePage) => ({
  endpoint: `${root}apps/hsa-checkout`,
  selector: query.get('embed'),
  ...(query.has('learn') && { learn_more: true }),
  ...(JSON.parse(query.get('settings') ?? '{}') as object),
});

const blocks = (names: string | null, page: ThemePage): string =>
  (names ?? '')
    .split(' ')
    .filter(Boolean)
    .map((name) => renderBlock(name as BlockName, { ...liquidPage(page), settings: settingsOf(page) }))
    .join('\n');

/** The styles of the structures. */
const STYLES: Record<string, string> = {
  /** Dawn, from 750 px on: the button fills a row that does not wrap, under a root of 10 pixels. */
  row: `html { font-size: 62.5% } .ctas { display: flex; gap: 10px; max-width: 350px; }
    .ctas button { flex: 1; height: 47px; font: 500 15px/1.2 Georgia, serif; border-radius: 3px; }`,
  /** Horizon: one column with a gap. */
  grid: '.ctas { display: grid; grid-template-columns: 1fr; gap: 10px; }',
  /** A theme that styles the tags of the badge. */
  list: `ul { list-style: square; margin: 2em 0; padding-left: 4em; } li { margin-bottom: 1em; } body { letter-spacing: 1px; }
    svg { width: 3em; fill: red; }`,
  dark: 'main { background: #111; color: #eee; }',
  /** The button floats beside others. */
  float: '.ctas { overflow: hidden; } .ctas button { float: right; height: 60px; }',
  /** The button is at the end of a row that wraps. */
  wrap: '.ctas { display: flex; flex-wrap: wrap; justify-content: flex-end; width: 600px; } .ctas button { width: 290px; }',
  merchant: ':root { --hsa-radius: 21px } hsa-checkout-button { --hsa-height: 52px }',
};

/** A section as in a response of the Section Rendering API. */
export function section(id: string, page: ThemePage): string {
  const has = (structure: string) => page.query.get('with')?.split(' ').includes(structure);
  const lines = page.items.map(({ title, quantity }, i) => {
    const field = has('quantities')
      ? `<input name="updates[]" value="${quantity}" aria-label="${escape(title)}"${has('locked') && !i ? ' disabled' : ''}>`
      : quantity;
    return `<li>${escape(title)} × ${field}</li>`;
  });
  const disabled = has('disabled') ? ' disabled' : '';
  return `<div id="shopify-section-${id}" class="shopify-section">
    ${id === 'drawer' ? '<button type="button" class="close">Close</button>' : ''}
    <form action="${page.root}cart" method="post">
    <ul>${lines.join('\n')}</ul>
    ${has('note') ? '<textarea name="note" aria-label="Note"></textarea>' : ''}
    ${has('attributes') ? '<label><input type="checkbox" name="attributes[Gift]" value="yes"> Gift</label>' : ''}
    ${has('terms') ? '<label><input type="checkbox" class="terms" required> I agree to the terms</label>' : ''}
    ${has('hidden') ? '<p><button type="submit" name="checkout" style="display: none">Check out (hidden)</button></p>' : ''}
    <div class="ctas"><button type="submit" name="checkout"${disabled}>Check out</button>
    ${has('wallet') ? '<div class="wallet"><shop-wallet></shop-wallet></div>' : ''}</div>
    ${has('wallet-below') ? '<div class="below additional-checkout-buttons"><shop-wallet>Pay</shop-wallet></div>' : ''}
    ${blocks(page.query.get(id === 'drawer' ? 'drawer' : 'blocks'), page)}
  </form></div>`;
}

/** The whole page. It writes to the test's console, so that an unexpected message fails the test. */
export function cartPage(page: ThemePage): string {
  const { root, query } = page;
  const shopify = { routes: { root }, designMode: query.has('design') };
  const loader = `<link rel="stylesheet" href="${root}assets/hsa-checkout.css?v=1">
    <script async src="${root}assets/hsa-loader.js?v=1"></script>`;
  return `<!doctype html><html lang="${query.get('lang') ?? 'en'}"><meta charset="utf-8"><title>${page.name}</title>
    <link rel="icon" href="data:,">
    <script>console.error = parent.console.error; console.warn = parent.console.warn;
      document.cookie = 'cart=c1'; window.Shopify = ${JSON.stringify(shopify)};</script>
    ${query.has('other') ? '<script type="module" src="/test/elements/pages/second-lit.js"></script>' : ''}
    <style>${(query.get('with') ?? '')
      .split(' ')
      .map((name) => STYLES[name] ?? '')
      .join('\n')}</style>
    ${loader}
    <h1>Your cart</h1>
    ${query.get('with')?.includes('quick-add') ? '<p class="quick"><input name="updates[]" value="0"></p>' : ''}
    ${query.has('far') ? '<div style="height: 5000px"></div>' : ''}
    <main>${section('main', page)}</main>
    <cart-drawer style="display: block">${query.has('drawer') ? section('drawer', page) : ''}</cart-drawer>
    ${query.has('embed') ? blocks('checkout-embed', page) : ''}</html>`;
}
