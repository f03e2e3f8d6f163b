import type { CheckoutCart, ProblemAnswer, SessionAnswer } from '../../src/contract/index.js';
import { createSandbox, TEST_CARDS, type Sandbox, type SandboxProduct } from '../../src/sandbox/index.js';
import {
  createCheckoutHandler,
  createProvider,
  signWebhook,
  type CheckoutHandler,
  type CheckoutHandlerOptions,
  type HandlerEvent,
  type Provider,
  type ResolvedCheckout,
} from '../../src/server/index.js';
import { createNorthpay } from './providers/northpay/provider.js';
import { toNorthpayDelivery } from './providers/northpay/wire.js';

/** Whether the shop's provider is Northpay instead of Gale. `providers/northpay/choose-northpay.ts` sets the variable. */
const isNorthpay = process.env['TEST_PROVIDER'] === 'northpay';

/** No response, header, event or error may have it. */
export const API_KEY = 'glm_test_SENTINEL';
export const SECRET = 'correct horse battery staple';
export const WEBHOOK_SECRET = 'whsec_test_5f0e';
export const ENDPOINT = 'https://shop.example/api/hsa-checkout';
export const KEY = '6f1b1a52-6a1c-4f0e-9f7e-2d1f0a7f5b11';

export const PRODUCTS: SandboxProduct[] = [
  {
    merchant_product_id: 'monitor',
    name: 'Blood pressure monitor',
    price: 4995,
    currency: 'USD',
    hsa_fsa_eligible: true,
  },
  {
    merchant_product_id: 'massage',
    name: 'Massage gun',
    price: 12900,
    currency: 'USD',
    hsa_fsa_eligible: true,
    eligibility_type: 'dual_purpose',
  },
  {
    merchant_product_id: 'vitamins',
    name: 'Multivitamins',
    price: 1999,
    currency: 'USD',
    hsa_fsa_eligible: false,
  },
];

const CUSTOMER = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' };
const ADDRESS = {
  address_line_1: '12 Elm Street',
  city: 'Austin',
  state: 'TX',
  postal_code: '78701',
  country: 'US',
};

/** A page's cart with two lines and without prices. */
export const CART = {
  line_items: [
    { product_id: 'monitor', quantity: 1 },
    { product_id: 'vitamins', quantity: 2 },
  ],
};

/** The shop's `resolveCart`: returns its own names and prices, and a customer. */
export function resolve(cart: CheckoutCart): ResolvedCheckout {
  return {
    customer: CUSTOMER,
    shipping_info: ADDRESS,
    shipping: 500,
    tax: 410,
    line_items: cart.line_items.map(({ product_id, quantity }) => {
      const { name = 'Unknown', price = 1 } =
        PRODUCTS.find((p) => p.merchant_product_id === product_id) ?? {};
      return { product_id, quantity, name, price, currency: 'USD' };
    }),
  };
}

/** A request that reached the provider. */
export interface Call {
  method: string;
  path: string;
  key: string | null;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read any field of the JSON
  body: any;
}

export interface Shop {
  handler: CheckoutHandler;
  sandbox: Sandbox;
  calls: Call[];
  events: HandlerEvent[];
  /** The requests that open sessions. */
  opened(): Call[];
}

/** The network between the shop and the provider: it forwards a request with `pass`, responds itself, or throws. */
export type Network = (request: Request, pass: () => Promise<Response>) => Response | Promise<Response>;

export interface ShopOptions extends Partial<CheckoutHandlerOptions> {
  network?: Network;
  timeoutMs?: number;
}

/** Creates a shop with the real handler, the real provider client and the sandbox. */
export function openShop({ network, timeoutMs, ...options }: ShopOptions = {}): Shop {
  const calls: Call[] = [];
  const events: HandlerEvent[] = [];
  const sandbox = createSandbox({
    products: PRODUCTS,
    webhookSecret: WEBHOOK_SECRET,
    fetch: async (input, init) => {
      const webhook = new Request(input, init);
      const seconds = Math.floor(Date.now() / 1000);
      return handler(isNorthpay ? await toNorthpayDelivery(webhook, WEBHOOK_SECRET, seconds) : webhook);
    },
  });
  const provider = (isNorthpay ? createNorthpay : createProvider)({
    apiKey: API_KEY,
    environment: 'test',
    baseUrl: 'https://sandbox.example/v2',
    checkoutHosts: ['sandbox.example'],
    ...(timeoutMs && { timeoutMs }),
    async fetch(input, init) {
      const request = new Request(input, init);
      const text = await request.clone().text();
      calls.push({
        method: request.method,
        path: new URL(request.url).pathname.replace('/v2', ''),
        key: request.headers.get('idempotency-key'),
        body: text ? JSON.parse(text) : undefined,
      });
      const pass = () => sandbox.fetch(request);
      return network ? network(request, pass) : pass();
    },
  });
  const handler = createCheckoutHandler({
    provider,
    secret: SECRET,
    resolveCart: resolve,
    successUrl: 'https://shop.example/thanks',
    failureUrl: 'https://shop.example/cart?from=checkout#pay',
    webhookUrl: `${ENDPOINT}/webhook`,
    webhookSecret: WEBHOOK_SECRET,
    onOrderCreated: () => {},
    onEvent: (event) => events.push(event),
    ...options,
  });
  const opened = () => calls.filter(({ method, path }) => method === 'POST' && path === '/checkout');
  return { handler, sandbox, calls, events, opened };
}

/** The headers of a request from a script on the shop's own page. */
export function pageHeaders(more: Record<string, string> = {}): Record<string, string> {
  return {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    'idempotency-key': KEY,
    ...more,
  };
}

/** Makes the request of a press, as it reaches the handler. */
export function press(cart: unknown = CART, headers: Record<string, string> = {}): Request {
  const body = typeof cart === 'string' ? cart : JSON.stringify(cart);
  return new Request(ENDPOINT, { method: 'POST', headers: pageHeaders(headers), body });
}

/** Reads a response that must be a session. */
export async function sessionOf(response: Response): Promise<SessionAnswer> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}

/** Reads a response that must be a problem. */
export async function problemIn(response: Response): Promise<ProblemAnswer> {
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`expected a problem, got ${response.status} ${await response.text()}`);
  return response.json();
}

/** Submits the payment page's form: pays with valid cards, or cancels. Returns the return URL. */
export async function submitPaymentPage(
  { sandbox }: Pick<Shop, 'sandbox'>,
  url: string,
  action: 'pay' | 'cancel',
): Promise<string> {
  const body = new URLSearchParams({
    action,
    hsa_card: TEST_CARDS.hsa.number,
    card: TEST_CARDS.credit.number,
  });
  const response = await sandbox.fetch(new Request(url, { method: 'POST', body }));
  return response.headers.get('location') ?? '';
}

/** Makes a signed delivery of `order.created`, or of any other body. */
export async function delivery(
  body: unknown,
  {
    secret = WEBHOOK_SECRET,
    at = Date.now() / 1000,
    headers = {},
  }: { secret?: string; at?: number; headers?: Record<string, string> } = {},
): Promise<Request> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = await signWebhook(text, secret, Math.floor(at));
  const signed = new Request(`${ENDPOINT}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-gale-signature': signature, ...headers },
    body: text,
  });
  return isNorthpay ? toNorthpayDelivery(signed, secret, Math.floor(at)) : signed;
}

/** Creates a promise and its resolve function. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

/** Waits until all pending work without a timer is done. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Creates a provider that is not Gale's. */
export function otherProvider(checkout_url: string): Provider {
  const unexpectedCall = () => Promise.reject(new Error('unexpected call'));
  return {
    test: true,
    checkoutHosts: ['pay.example'],
    createSession: async () => ({ checkout_id: 'a', checkout_url, status: 'open' as const }),
    readSession: unexpectedCall,
    listProducts: unexpectedCall,
    syncProduct: unexpectedCall,
    readWebhook: unexpectedCall,
  };
}
