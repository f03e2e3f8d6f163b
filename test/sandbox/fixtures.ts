import type { CheckoutRequest, CheckoutSession } from '../../src/contract/index.js';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxProduct,
} from '../../src/sandbox/index.js';

export const SECRET = 'whsec_test';
export const WEBHOOK_URL = 'https://shop.example/api/hsa-checkout/webhook';
/** A fixed time to start from, so that no test depends on the date. */
export const START = Date.parse('2026-03-01T12:00:00Z');
export const DAY_MS = 24 * 60 * 60 * 1000;

const product = (id: string, name: string, price: number, more: Partial<SandboxProduct>): SandboxProduct => ({
  merchant_product_id: id,
  name,
  price,
  currency: 'USD',
  hsa_fsa_eligible: false,
  ...more,
});

export const PRODUCTS = [
  product('monitor', 'Blood pressure monitor', 4995, {
    hsa_fsa_eligible: true,
    eligibility_type: 'auto_substantiation',
    upc_code_or_gtin: '012345678905',
  }),
  product('massage', 'Massage gun', 12900, { hsa_fsa_eligible: true, eligibility_type: 'dual_purpose' }),
  product('vitamins', 'Multivitamins', 1999, {}),
];

export function start(options: Partial<SandboxOptions> = {}): Sandbox {
  return createSandbox({ products: PRODUCTS, webhookSecret: SECRET, now: () => START, ...options });
}

const ADDRESS = {
  address_line_1: '12 Elm Street',
  city: 'Austin',
  state: 'TX',
  postal_code: '78701',
  country: 'US',
};

/** A request with one of each product. Fields can be replaced. */
export function requestFor(
  ids = ['monitor', 'vitamins'],
  more: Partial<CheckoutRequest> = {},
): CheckoutRequest {
  return {
    reference_id: 'order-1001',
    customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
    line_items: ids.map((product_id) => {
      const { name = 'Unknown', price = 100 } =
        PRODUCTS.find((p) => p.merchant_product_id === product_id) ?? {};
      return { product_id, name, price, quantity: 1, currency: 'USD' };
    }),
    shipping_info: ADDRESS,
    success_url: 'https://shop.example/return',
    failure_url: 'https://shop.example/cart',
    ...more,
  };
}

/** Calls the API as a merchant's backend does. */
export function call(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return sandbox.fetch(
    new Request(`https://sandbox.example/v2${path}`, {
      method,
      headers: { authorization: 'Bearer glm_test_demo', 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

/** Opens a session. Fails the test if it is refused. */
export async function open(sandbox: Sandbox, request = requestFor()): Promise<CheckoutSession> {
  return (await (await call(sandbox, 'POST', '/checkout', request)).json()) as CheckoutSession;
}

/** Reads a session's state. */
export async function state(sandbox: Sandbox, id: string): Promise<Record<string, unknown>> {
  return (await (await call(sandbox, 'GET', `/checkout/${id}`)).json()) as Record<string, unknown>;
}

/** Sends the payment page's form. */
export function submit(sandbox: Sandbox, url: string, fields: Record<string, string>): Promise<Response> {
  return sandbox.fetch(new Request(url, { method: 'POST', body: new URLSearchParams(fields) }));
}
