import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TestRunnerCoreConfig } from '@web/test-runner';
import type { LineEligibility } from '../../src/core/index.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { createCheckoutHandler, createProvider, verifyAppProxy } from '../../src/server/index.js';
import { ajaxCart, ajaxItem, type AjaxItem } from '../shopify/fixtures.js';
import { cartPage, section, type ThemePage } from './theme-page.js';
import { passTo } from './strict-shop.js';

type Middleware = NonNullable<TestRunnerCoreConfig['middleware']>[number];

const ASSETS = fileURLToPath(new URL('../../dist/shopify/assets/', import.meta.url));
const APP_SECRET = 'the secret of the app';
const SHOPPER = {
  customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
  shipping_info: {
    address_line_1: '12 Elm Street',
    city: 'Chicago',
    state: 'IL',
    postal_code: '60614',
    country: 'US',
  },
};

/** What the shop sells: variants by id. */
const VARIANTS: Record<number, Partial<AjaxItem> & { word: LineEligibility }> = {
  1: { title: 'Blood pressure monitor', final_price: 4995, word: 'eligible' },
  2: { title: 'Tote </script> "bag" 👜', final_price: 1999, word: 'regular' },
  3: { title: 'Massage gun', final_price: 12_900, word: 'lmn' },
  5: { title: 'Mystery box', final_price: 900, word: 'unknown' },
  4: { title: 'Gift card', final_price: 2500, gift_card: true, word: 'unknown' },
};

/** How `cart.js`, the app or an asset fails the next time it is asked. */
export type Fault = '429' | '429 later' | 'html' | '404';

/** What a test tells the shop. Everything is optional. */
export interface Orders {
  /** Pieces by variant, in place of those in the cart. */
  cart?: Record<number, number>;
  /** The variants that are bought as a subscription. */
  subscriptions?: number[];
  currency?: string;
  /** How the next requests of `cart.js` are answered; a good answer follows when the list is empty. */
  cartFaults?: Fault[];
  /** The same for the requests that the app gets. */
  appFaults?: Fault[];
  /** The same for the elements' own file. */
  fileFaults?: Fault[];
  /** Lets checkouts wait, from now on, until it is false again. */
  hold?: boolean;
  /** Lets the answers of `cart/change.js` wait, from now on, until it is false again. The change is made after the wait. */
  holdChanges?: boolean;
  /** An amount that is taken off the whole cart, in cents. */
  orderDiscount?: number;
  /** The most pieces that there are of each variant. */
  stock?: number;
}

/** What has happened in the shop. */
export interface Report {
  /** The idempotency keys that the app was called with to open a session, in order. */
  keys: (string | null)[];
  /** What the sessions were opened for: pieces by variant. */
  opened: Record<string, number>[];
  /** Whether a cookie ever reached the app. */
  hadCookie: boolean;
  cartReads: number;
  /** How often the elements' own file was asked for. */
  fileReads: number;
  /** The requests that began to change the cart, by the end of their path. */
  changes: string[];
  note: string;
  attributes: Record<string, string>;
}

/** The body of a request to `cart/update.js`. */
interface CartUpdate {
  updates?: Record<string, number>;
  note?: string;
  attributes?: Record<string, string>;
}

const faulty = (fault: Fault): Response =>
  fault === 'html'
    ? new Response('<!doctype html><title>Are you human?</title>', {
        headers: { 'content-type': 'text/html' },
      })
    : new Response('{"status":429,"message":"Too many requests"}', {
        status: fault === '404' ? 404 : 429,
        headers: { 'content-type': 'application/json', 'retry-after': fault === '429' ? '0' : '60' },
      });

/** One shop of one test: its cart, its pages, and the merchant's app behind Shopify's app proxy. */
class ThemeShop {
  readonly root: string;
  readonly #origin: string;
  readonly #orders: Orders = {};
  readonly #report: Report = {
    keys: [],
    opened: [],
    hadCookie: false,
    cartReads: 0,
    fileReads: 0,
    changes: [],
    note: '',
    attributes: {},
  };
  #lines = new Map([[1, 1]]);
  #released = Promise.resolve();
  #release = () => {};
  #changesReleased = Promise.resolve();
  #releaseChanges = () => {};
  readonly #sandbox = createSandbox({
    products: Object.entries(VARIANTS)
      .filter(([, { word }]) => word !== 'unknown')
      .map(([id, { title, final_price, word }]) => ({
        merchant_product_id: id,
        name: title!,
        price: final_price!,
        currency: 'USD',
        hsa_fsa_eligible: word === 'eligible' || word === 'lmn',
        ...(word === 'lmn' && { eligibility_type: 'dual_purpose' as const }),
      })),
    webhookSecret: 'whsec_theme_shop',
  });
  readonly #checkout: (request: Request) => Promise<Response>;

  constructor(origin: string, root: string) {
    this.root = root;
    this.#origin = origin;
    this.#checkout = createCheckoutHandler({
      provider: createProvider({
        apiKey: 'glm_test_theme_shop',
        environment: 'test',
        baseUrl: `${origin}${root}provider/v2`,
        fetch: (input, init) => this.#provide(new Request(input, init)),
        checkoutHosts: [new URL(origin).host],
      }),
      secret: 'a secret of the theme shop',
      resolveCart: ({ line_items }) => {
        const lines = line_items.map(({ product_id, quantity, price = 0 }) => ({
          product_id,
          quantity,
          price,
          name: VARIANTS[Number(product_id)]!.title!,
          currency: 'USD',
        }));
        return { ...SHOPPER, line_items: lines };
      },
      successUrl: `${origin}${root}cart`,
      failureUrl: `${origin}${root}cart`,
    });
  }

  async answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.slice(this.root.length);
    if (path === 'control') return this.#control((await request.json()) as Orders);
    if (path === 'cart.js') return this.#readCart();
    if (path === 'cart/change.js')
      return this.#change((await request.json()) as { id: number; quantity: number });
    if (path === 'cart/update.js') return this.#update((await request.json()) as CartUpdate);
    if (path === 'api/2026-10/graphql.json') return this.#graphql(await request.text());
    if (path.startsWith('apps/hsa-checkout')) return this.#proxy(request);
    if (path.startsWith('provider/')) return this.#provide(request);
    if (path.startsWith('assets/')) return this.#asset(path.slice('assets/'.length));
    const page: ThemePage = {
      ...this.#page(),
      name: path === 'product' ? 'product' : 'cart',
      query: searchParams,
    };
    const id = searchParams.get('section_id');
    return new Response(id ? section(id, page) : cartPage(page), {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  }

  #items(): (AjaxItem & { word: LineEligibility })[] {
    return [...this.#lines].map(([id, quantity]) => {
      const { word, ...fields } = VARIANTS[id]!;
      const isSubscription = this.#orders.subscriptions?.includes(id);
      return {
        ...ajaxItem({
          ...fields,
          variant_id: id,
          key: `${id}:abc`,
          quantity,
          final_line_price: fields.final_price! * quantity,
        }),
        ...(isSubscription && { selling_plan_allocation: { selling_plan: { name: 'Monthly' } } }),
        word,
      };
    });
  }

  #page(): Omit<ThemePage, 'name' | 'query'> {
    const { currency = 'USD', orderDiscount = 0 } = this.#orders;
    return { root: this.root, items: this.#items(), currency, orderDiscount };
  }

  #control({ cart, hold, holdChanges, ...orders }: Orders): Response {
    Object.assign(this.#orders, orders);
    if (cart) this.#lines = new Map(Object.entries(cart).map(([id, quantity]) => [Number(id), quantity]));
    if (hold) this.#released = new Promise((resolve) => (this.#release = resolve));
    else if (hold === false) this.#release();
    if (holdChanges) this.#changesReleased = new Promise((resolve) => (this.#releaseChanges = resolve));
    else if (holdChanges === false) this.#releaseChanges();
    return Response.json(this.#report);
  }

  #readCart(): Response {
    this.#report.cartReads++;
    const fault = this.#orders.cartFaults?.shift();
    if (fault) return faulty(fault);
    return Response.json(this.#ajaxCart());
  }

  #ajaxCart() {
    const { note, attributes } = this.#report;
    const items = this.#items();
    const goods = items.reduce((sum, { final_line_price }) => sum + final_line_price, 0);
    const total_price = goods - (this.#orders.orderDiscount ?? 0);
    const currency = this.#orders.currency ?? 'USD';
    return ajaxCart(items, { currency, token: 'c1', total_price, note, attributes });
  }

  async #change({ id, quantity }: { id: number; quantity: number }): Promise<Response> {
    this.#report.changes.push('change');
    await this.#changesReleased;
    return this.#set([[String(id), quantity]]);
  }

  #update({ updates = {}, note, attributes }: CartUpdate): Response {
    this.#report.changes.push('update');
    if (note !== undefined) this.#report.note = note;
    Object.assign(this.#report.attributes, attributes);
    return this.#set(Object.entries(updates));
  }

  /** Sets quantities by line: the key of a line begins with its variant. */
  #set(quantities: [key: string, quantity: number][]): Response {
    if (quantities.some(([, quantity]) => quantity > (this.#orders.stock ?? Infinity)))
      return Response.json({ status: 422, message: 'Cart Error' }, { status: 422 });
    for (const [key, quantity] of quantities) {
      const id = parseInt(key);
      if (quantity) this.#lines.set(id, quantity);
      else this.#lines.delete(id);
    }
    return Response.json(this.#ajaxCart());
  }

  /** A mutation of the Storefront API, whose variables are quantities by variant. */
  #graphql(body: string): Response {
    const { variables } = JSON.parse(body) as { variables?: Record<string, number> };
    this.#set(Object.entries(variables ?? {}));
    return Response.json({ data: {} });
  }

  /** Shopify's app proxy and, behind it, the merchant's app. */
  async #proxy(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const added = {
      shop: 'an-example.myshopify.com',
      path_prefix: '/apps/hsa-checkout',
      timestamp: String(Math.floor(Date.now() / 1000)),
    };
    for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
    const message = [...url.searchParams]
      .map((pair) => pair.join('='))
      .sort()
      .join('');
    url.searchParams.set('signature', createHmac('sha256', APP_SECRET).update(message).digest('hex'));
    const headers = new Headers(request.headers);
    headers.delete('cookie');
    const fault = this.#orders.appFaults?.shift();
    if (fault) return faulty(fault);
    return this.#app(
      new Request(url, { method: request.method, headers, body: await request.arrayBuffer() }),
    );
  }

  async #app(request: Request): Promise<Response> {
    this.#report.hadCookie ||= request.headers.has('cookie');
    if (!(await verifyAppProxy(request, APP_SECRET))) return new Response(null, { status: 401 });
    if (!request.url.includes('/eligibility')) {
      this.#report.keys.push(request.headers.get('idempotency-key'));
      await this.#released;
    }
    return this.#checkout(request);
  }

  /** The provider: its API, and its payment page. */
  async #provide(request: Request): Promise<Response> {
    if (request.method === 'POST' && request.url.endsWith('/v2/checkout')) {
      const { line_items } = (await request.clone().json()) as {
        line_items: { product_id: string; quantity: number }[];
      };
      this.#report.opened.push(
        Object.fromEntries(line_items.map((line) => [line.product_id, line.quantity])),
      );
    }
    const { status, headers, body } = await this.#sandbox.fetch(request);
    headers.delete('content-security-policy');
    return new Response(body, { status, headers });
  }

  /** A file of the extension, from the one folder that Shopify's CDN puts them all into. */
  async #asset(name: string): Promise<Response> {
    if (name === 'hsa-checkout.js') {
      this.#report.fileReads++;
      const fault = this.#orders.fileFaults?.shift();
      if (fault) return faulty(fault);
    }
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    return new Response(await readFile(ASSETS + name), { headers: { 'content-type': type } });
  }
}

/** Shops with the theme extension, one for each name under `/theme/`, on the server of the browser tests. */
export function themeShops(): Middleware {
  const shops = new Map<string, ThemeShop>();
  return async (ctx, next) => {
    const [root] = /^\/theme\/[\w-]+\//.exec(ctx.path) ?? [];
    if (!root) return next();
    let shop = shops.get(root);
    if (!shop) shops.set(root, (shop = new ThemeShop(ctx.origin, root)));
    await passTo(ctx, (request) => shop.answer(request));
  };
}
