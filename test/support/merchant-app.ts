import { createHmac } from 'node:crypto';
import type { LineEligibility } from '../../src/core/index.js';
import { createSandbox } from '../../src/sandbox/index.js';
import { createCheckoutHandler, createProvider, verifyAppProxy } from '../../src/server/index.js';

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

/** A variant that the shop sells. */
export interface ShopProduct {
  title: string;
  /** In cents. */
  final_price: number;
  eligibility: LineEligibility;
}

/** The merchant's app behind Shopify's app proxy, and the provider behind the app. */
export class MerchantApp {
  /** The idempotency keys of the requests that opened a session, in order. */
  readonly keys: (string | null)[] = [];
  /** The quantities by variant of each session. */
  readonly opened: Record<string, number>[] = [];
  /** Whether a cookie ever reached the app. */
  hadCookie = false;
  #ready: Promise<void> = Promise.resolve();
  readonly #sandbox;
  readonly #checkout: (request: Request) => Promise<Response>;

  /** @param root the shop's origin and path, with a slash at the end. */
  constructor(root: string, products: Record<number, ShopProduct>) {
    this.#sandbox = createSandbox({
      products: Object.entries(products)
        .filter(([, { eligibility }]) => eligibility !== 'unknown')
        .map(([id, { title, final_price, eligibility }]) => ({
          merchant_product_id: id,
          name: title,
          price: final_price,
          currency: 'USD',
          hsa_fsa_eligible: eligibility === 'eligible' || eligibility === 'lmn',
          ...(eligibility === 'lmn' && { eligibility_type: 'dual_purpose' as const }),
        })),
      webhookSecret: 'whsec_theme_shop',
    });
    this.#checkout = createCheckoutHandler({
      provider: createProvider({
        apiKey: 'glm_test_theme_shop',
        environment: 'test',
        baseUrl: `${root}provider/v2`,
        fetch: (input, init) => this.provider(new Request(input, init)),
        checkoutHosts: [new URL(root).host],
      }),
      secret: 'a secret of the theme shop',
      resolveCart: ({ line_items }) => {
        const lines = line_items.map(({ product_id, quantity, price = 0 }) => ({
          product_id,
          quantity,
          price,
          name: products[Number(product_id)]!.title,
          currency: 'USD',
        }));
        return { ...SHOPPER, line_items: lines };
      },
      successUrl: `${root}cart`,
      failureUrl: `${root}cart`,
    });
  }

  /** Delays requests that open a session until the returned function is called. */
  hold(): () => void {
    let release = () => {};
    this.#ready = new Promise((resolve) => (release = resolve));
    return () => release();
  }

  /** Answers a request under `apps/hsa-checkout`: the proxy signs it and removes the cookies. */
  async proxy(request: Request): Promise<Response> {
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
    const body = request.method === 'GET' ? null : await request.arrayBuffer();
    return this.#answer(new Request(url, { method: request.method, headers, body }));
  }

  async #answer(request: Request): Promise<Response> {
    this.hadCookie ||= request.headers.has('cookie');
    if (!(await verifyAppProxy(request, APP_SECRET))) return new Response(null, { status: 401 });
    if (!request.url.includes('/eligibility')) {
      this.keys.push(request.headers.get('idempotency-key'));
      await this.#ready;
    }
    return this.#checkout(request);
  }

  /** Answers a request under `provider/`: the provider's API, and its payment page. */
  async provider(request: Request): Promise<Response> {
    if (request.method === 'POST' && request.url.endsWith('/v2/checkout')) {
      const { line_items } = (await request.clone().json()) as {
        line_items: { product_id: string; quantity: number }[];
      };
      this.opened.push(Object.fromEntries(line_items.map((line) => [line.product_id, line.quantity])));
    }
    const { status, headers, body } = await this.#sandbox.fetch(request);
    headers.delete('content-security-policy');
    return new Response(body, { status, headers });
  }
}
