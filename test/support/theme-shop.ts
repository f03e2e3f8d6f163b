import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TestRunnerCoreConfig } from '@web/test-runner';
import type { LineEligibility } from '../../src/core/index.js';
import { ajaxCart, ajaxItem, type AjaxItem } from '../shopify/extension/fixtures.js';
import { MerchantApp, type ShopProduct } from './merchant-app.js';
import { cartPage, section, type ThemePage } from './theme-page.js';
import { passTo } from './strict-shop.js';

type Middleware = NonNullable<TestRunnerCoreConfig['middleware']>[number];

const ASSETS = fileURLToPath(new URL('../../dist/shopify/assets/', import.meta.url));
/** The variants that the shop sells, by id. */
const VARIANTS: Record<number, Partial<AjaxItem> & ShopProduct> = {
  1: { title: 'Blood pressure monitor', final_price: 4995, eligibility: 'eligible' },
  2: { title: 'Tote </script> "bag" 👜', final_price: 1999, eligibility: 'regular' },
  3: { title: 'Massage gun', final_price: 12_900, eligibility: 'lmn' },
  5: { title: 'Mystery box', final_price: 900, eligibility: 'unknown' },
  4: { title: 'Gift card', final_price: 2500, gift_card: true, eligibility: 'unknown' },
};

/** How the next request of `cart.js`, the app or an asset fails. */
export type Fault = '429' | '429 later' | 'html' | '404';

/** The state that a test sets. Every field is optional. */
export interface Orders {
  /** The cart's quantities by variant. */
  cart?: Record<number, number>;
  /** The variants that are bought as a subscription. */
  subscriptions?: number[];
  currency?: string;
  /** The failures of the next requests of `cart.js`. With an empty list they succeed. */
  cartFaults?: Fault[];
  /** The failures of the next requests to the app. */
  appFaults?: Fault[];
  /** The failures of the next requests of the elements' file. */
  fileFaults?: Fault[];
  /** Delays checkouts until it is false again. */
  hold?: boolean;
  /** Delays requests of `cart/change.js` until it is false again. The cart changes after the delay. */
  holdChanges?: boolean;
  /** A discount on the whole cart, in cents. */
  orderDiscount?: number;
  /** The stock of each variant. */
  stock?: number;
  /** Whether a quantity above the stock is reduced to the stock. By default it is refused. */
  caps?: boolean;
}

/** What the shop has recorded. */
export interface Report {
  /** The idempotency keys of the requests that opened a session, in order. */
  keys: (string | null)[];
  /** The quantities by variant of each session. */
  opened: Record<string, number>[];
  /** Whether a cookie ever reached the app. */
  hadCookie: boolean;
  cartReads: number;
  /** How often the elements' file was requested. */
  fileReads: number;
  /** The requests that change the cart, by the end of their path. */
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

/** The shop of one test: its cart, its pages, and the merchant's app behind Shopify's app proxy. */
class ThemeShop {
  readonly root: string;
  readonly #orders: Orders = {};
  readonly #seen = {
    cartReads: 0,
    fileReads: 0,
    changes: [] as string[],
    note: '',
    attributes: {} as Record<string, string>,
  };
  #lines = new Map([[1, 1]]);
  #release = () => {};
  #changesReleased = Promise.resolve();
  #releaseChanges = () => {};
  readonly #app: MerchantApp;

  constructor(origin: string, root: string) {
    this.root = root;
    this.#app = new MerchantApp(origin + root, VARIANTS);
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
    if (path.startsWith('provider/')) return this.#app.provider(request);
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

  #items(): (AjaxItem & { eligibility: LineEligibility })[] {
    return [...this.#lines].map(([id, quantity]) => {
      const { eligibility, ...fields } = VARIANTS[id]!;
      const isSubscription = this.#orders.subscriptions?.includes(id);
      return {
        ...ajaxItem({
          ...fields,
          variant_id: id,
          key: `${id}:abc`,
          quantity,
          final_line_price: fields.final_price * quantity,
        }),
        ...(isSubscription && { selling_plan_allocation: { selling_plan: { name: 'Monthly' } } }),
        eligibility,
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
    if (hold) this.#release = this.#app.hold();
    else if (hold === false) this.#release();
    if (holdChanges) this.#changesReleased = new Promise((resolve) => (this.#releaseChanges = resolve));
    else if (holdChanges === false) this.#releaseChanges();
    const { keys, opened, hadCookie } = this.#app;
    return Response.json({ keys, opened, hadCookie, ...this.#seen } satisfies Report);
  }

  #readCart(): Response {
    this.#seen.cartReads++;
    const fault = this.#orders.cartFaults?.shift();
    if (fault) return faulty(fault);
    return Response.json(this.#ajaxCart());
  }

  #ajaxCart() {
    const { note, attributes } = this.#seen;
    const items = this.#items();
    const goods = items.reduce((sum, { final_line_price }) => sum + final_line_price, 0);
    const total_price = goods - (this.#orders.orderDiscount ?? 0);
    const currency = this.#orders.currency ?? 'USD';
    return ajaxCart(items, { currency, token: 'c1', total_price, note, attributes });
  }

  async #change({ id, quantity }: { id: number; quantity: number }): Promise<Response> {
    this.#seen.changes.push('change');
    await this.#changesReleased;
    return this.#set([[String(id), quantity]]);
  }

  #update({ updates = {}, note, attributes }: CartUpdate): Response {
    this.#seen.changes.push('update');
    if (note !== undefined) this.#seen.note = note;
    Object.assign(this.#seen.attributes, attributes);
    return this.#set(Object.entries(updates));
  }

  /** Sets quantities by line: the key of a line begins with its variant. */
  #set(quantities: [key: string, quantity: number][]): Response {
    const { stock = Infinity, caps } = this.#orders;
    if (!caps && quantities.some(([, quantity]) => quantity > stock))
      return Response.json({ status: 422, message: 'Cart Error' }, { status: 422 });
    for (const [key, quantity] of quantities) {
      const id = parseInt(key);
      if (quantity) this.#lines.set(id, Math.min(quantity, stock));
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

  async #proxy(request: Request): Promise<Response> {
    const fault = this.#orders.appFaults?.shift();
    return fault ? faulty(fault) : this.#app.proxy(request);
  }

  /** A file of the extension. Shopify's CDN serves all from one folder. */
  async #asset(name: string): Promise<Response> {
    if (name === 'hsa-checkout.js') {
      this.#seen.fileReads++;
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
