import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveLoopback, type Loopback } from '../support/loopback.js';
import { MerchantApp } from '../support/merchant-app.js';
import { renderBlock, type BlockName } from '../support/shopify-liquid.js';
import { Cart, type CartChange } from './cart.js';
import { THEME_ASSETS } from './filters.js';
import { pageObjects, templateOf } from './page-objects.js';
import { PRODUCTS } from './products.js';
import type { Scope } from './settings.js';
import { Theme } from './theme.js';

const EXTENSION_FILES = resolve(import.meta.dirname, '../../dist/shopify/assets');
const EXTENSION_ASSETS = '/cdn/extension/';
const COMPILED_STYLES = '/cdn/compiled.css';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Options of a shop. */
export interface ShopOptions {
  /** Whether the app embed is on. */
  hasEmbed?: boolean;
  /** Whether the cart section contains our block. */
  hasBlock?: boolean;
  /** Settings that override the theme's own. */
  settings?: Scope;
  /** Additional markup at the start of the body. */
  bodyStart?: string;
}

/** Shopify's part of each page's head: its global object, and the element of its wallet buttons. */
const PLATFORM = `<script>
  window.Shopify = Object.assign(window.Shopify || {}, {
    routes: { root: '/' }, shop: 'an-example.myshopify.com', currency: { active: 'USD' }, designMode: false,
  });
  customElements.define('shopify-accelerated-checkout-cart', class extends HTMLElement {});
</script>
<link rel="stylesheet" href="${COMPILED_STYLES}">`;

/** The tags that Shopify adds for blocks of the extension. */
const EXTENSION_TAGS = `<link rel="stylesheet" href="${EXTENSION_ASSETS}hsa-checkout.css">
<script src="${EXTENSION_ASSETS}hsa-loader.js" async></script>`;

const appBlock = (id: string, html: string) =>
  `<div id="shopify-block-${id}" class="shopify-block shopify-app-block">${html}</div>`;

/** The fields of a request that changes the cart: JSON, or a form with names such as `updates[]` and `updates[12:ab]`. */
async function changeIn(request: Request): Promise<CartChange & Scope> {
  const isJson = request.headers.get('content-type')?.includes('json');
  if (isJson) return (await request.json()) as CartChange & Scope;
  const fields: Scope = {};
  for (const [name, value] of await request.formData()) {
    const [, list, key] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
    if (!list) fields[name] = value;
    else if (key) fields[list] = { ...(fields[list] as Scope), [key]: value };
    else fields[list] = [...((fields[list] as unknown[]) ?? []), value];
  }
  return fields;
}

const html = (body: string) =>
  new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });

const fileOf = async (path: string) =>
  new Response(await readFile(path), { headers: { 'content-type': TYPES[extname(path)] ?? 'text/plain' } });

const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });

/** A shop on loopback: a whole theme, a cart, the extension, and the merchant's app. A shop has one shopper. */
export class Shop {
  readonly cart = new Cart();
  /** Duration of a change of the cart, in milliseconds. */
  changeLagMs = 0;
  /** The note of the cart at each request that opens a session. */
  readonly notes: string[] = [];
  /** The requests that change the cart, in order. */
  readonly changes: string[] = [];
  readonly theme: Theme;
  readonly app: MerchantApp;
  readonly origin: string;
  readonly #loopback: Loopback;
  readonly #options: ShopOptions;

  /** @internal Use `open`. */
  constructor(themeRoot: string, options: ShopOptions, loopback: Loopback) {
    this.#options = options;
    this.#loopback = loopback;
    this.origin = loopback.url;
    this.app = new MerchantApp(`${this.origin}/`, PRODUCTS);
    const block = options.hasBlock ? appBlock('block', this.#block('checkout-button')) : '';
    this.theme = new Theme(themeRoot, options.settings, block);
  }

  static async open(themeRoot: string, options: ShopOptions = {}): Promise<Shop> {
    let shop: Shop | undefined;
    const loopback = await serveLoopback((request) => shop!.#answer(request));
    return (shop = new Shop(themeRoot, options, loopback));
  }

  close(): Promise<void> {
    return this.#loopback.close();
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const { pathname, searchParams } = url;
    if (pathname === COMPILED_STYLES)
      return new Response(this.theme.styleSheet(), { headers: { 'content-type': 'text/css' } });
    if (pathname.startsWith(THEME_ASSETS)) {
      const path = this.theme.asset(pathname);
      return path ? fileOf(path) : new Response(null, { status: 404 });
    }
    if (pathname.startsWith(EXTENSION_ASSETS))
      return fileOf(join(EXTENSION_FILES, pathname.slice(EXTENSION_ASSETS.length)));
    if (pathname.startsWith('/apps/hsa-checkout')) {
      if (request.method === 'POST' && !pathname.endsWith('/eligibility')) this.notes.push(this.cart.note);
      return this.app.proxy(request);
    }
    if (pathname.startsWith('/provider/')) return this.app.provider(request);
    if (pathname === '/checkout') return html('<title>Checkout</title><h1>The checkout of the shop</h1>');
    if (/^\/cart\.js(on)?$/.test(pathname)) return Response.json(this.cart.ajax());
    const [, change] = /^\/cart\/(add|change|update|clear)(\.js|\.json)?$/.exec(pathname) ?? [];
    if (change) return this.#change(change as 'add' | 'change' | 'update' | 'clear', request, url);
    if (pathname === '/cart' && request.method === 'POST') return this.#submit(request);
    return this.#page(pathname, searchParams);
  }

  /** Handles a request of the Ajax API that changes the cart. A link redirects to the cart page. */
  async #change(
    name: 'add' | 'change' | 'update' | 'clear',
    request: Request,
    { searchParams }: URL,
  ): Promise<Response> {
    this.changes.push(name);
    const isLink = request.method === 'GET';
    const change = isLink ? Object.fromEntries(searchParams) : await changeIn(request);
    await sleep(this.changeLagMs);
    this.cart[name](change);
    if (isLink) return redirect('/cart');
    const { sections = [], sections_url = '/' } = change as {
      sections?: string | string[];
      sections_url?: string;
    };
    const ids = typeof sections === 'string' ? sections.split(',') : sections;
    return Response.json({
      ...this.cart.ajax(),
      ...(ids.length && { sections: this.#sections(ids, sections_url) }),
    });
  }

  /** The cart form. */
  async #submit(request: Request): Promise<Response> {
    const { checkout, ...change } = await changeIn(request);
    this.changes.push('form');
    this.cart.update(change);
    return redirect(checkout === undefined ? '/cart' : '/checkout');
  }

  #page(path: string, query: URLSearchParams): Response {
    const id = query.get('section_id');
    if (id) return html(this.theme.sectionById(id, templateOf(path), this.#objects(path)) ?? '');
    const ids = query.get('sections');
    if (ids) return Response.json(this.#sections(ids.split(','), path));
    const { bodyStart = '', hasEmbed } = this.#options;
    const embed = hasEmbed ? appBlock('embed', this.#block('checkout-embed')) : '';
    return html(
      this.theme
        .page(templateOf(path), this.#objects(path))
        .replace(/<body[^>]*>/, (tag) => tag + bodyStart)
        .replace('</body>', `${embed}</body>`),
    );
  }

  #sections(ids: string[], path: string): Record<string, string | null> {
    const objects = this.#objects(path);
    return Object.fromEntries(ids.map((id) => [id, this.theme.sectionById(id, templateOf(path), objects)]));
  }

  #objects(path: string): Scope {
    const { hasEmbed, hasBlock } = this.#options;
    return pageObjects(path, this.cart, PLATFORM + (hasEmbed || hasBlock ? EXTENSION_TAGS : ''));
  }

  /** A block of the extension with its default settings. */
  #block(name: BlockName): string {
    const settings = { hosts: new URL(this.origin).host };
    return renderBlock(name, { assets: EXTENSION_ASSETS, settings, cart: this.cart.liquid() });
  }
}
