import { createHmac } from 'node:crypto';

/*
 * The wire format of Northpay, a payment processor that exists in these tests only. Its paths, headers, field names, event
 * names and signature differ from Gale's, so that a test of the handler fails when the handler depends on Gale.
 */

/** Gale's field names, and Northpay's. */
const FIELDS = {
  amounts: 'sums',
  billing_info: 'invoiceTo',
  checkout_id: 'sessionRef',
  checkout_url: 'hostedPage',
  customer: 'buyer',
  data: 'subject',
  error: 'fault',
  event: 'kind',
  expires_at: 'closesAt',
  failure_url: 'giveUpUrl',
  hsa_amount: 'healthSum',
  line_items: 'basket',
  merchant_product_id: 'sku',
  order: 'booking',
  order_id: 'orderRef',
  price: 'unitCents',
  product_id: 'goodsRef',
  reason: 'why',
  reference_id: 'merchantRef',
  shipping_info: 'deliverTo',
  status: 'phase',
  success_url: 'returnUrl',
  total: 'sum',
  type: 'topic',
} as const;

/** Gale's values, and Northpay's, for a status or an event's type. */
const VALUES = {
  open: 'awaiting',
  paid: 'settled',
  expired: 'lapsed',
  cancelled: 'withdrawn',
  'order.created': 'payment.settled',
} as const;

type Names = Readonly<Record<string, string>>;
const inverse = (names: Names): Names =>
  Object.fromEntries(Object.entries(names).map(([one, other]) => [other, one]));

/** Whether a field holds one of {@link VALUES}; other fields, such as a merchant's reference, pass unchanged. */
const hasValue = (field: string) => ['status', 'phase', 'type', 'topic', 'event', 'kind'].includes(field);

function rename(value: unknown, fields: Names, values: Names): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, fields, values));
  if (typeof value !== 'object' || !value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]: [string, unknown]) => [
      fields[name] ?? name,
      typeof content === 'string' && hasValue(name)
        ? (values[content] ?? content)
        : rename(content, fields, values),
    ]),
  );
}

/** Renames the fields of a JSON value of Northpay to Gale's. */
export const fromNorthpay = (value: unknown): unknown => rename(value, inverse(FIELDS), inverse(VALUES));
/** Renames the fields of a JSON value of Gale to Northpay's. */
export const toNorthpay = (value: unknown): unknown => rename(value, FIELDS, VALUES);

/** Translates JSON text. Other text passes unchanged, so that a test can send a broken body. */
function translateText(text: string, translate: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(translate(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** Signs a delivery: the value of `Northpay-Proof`, `<unix seconds>.<base64 of an HMAC-SHA256>`. */
export function signNorthpay(body: Uint8Array | string, secret: string, seconds: number): string {
  const mac = createHmac('sha256', `northpay:${secret}`).update(`${seconds}|`).update(body).digest('base64');
  return `${seconds}.${mac}`;
}

/** Turns a delivery of Gale into one of Northpay, signed with the same secret at the same time. */
export async function toNorthpayDelivery(
  delivery: Request,
  secret: string,
  seconds: number,
): Promise<Request> {
  const body = translateText(await delivery.text(), toNorthpay);
  const headers = new Headers(delivery.headers);
  headers.delete('x-gale-signature');
  headers.set('northpay-proof', signNorthpay(body, secret, seconds));
  return new Request(delivery.url, { method: 'POST', headers, body });
}

const PATHS: [gale: RegExp, northpay: string][] = [
  [/^\/checkout\b/, '/sessions'],
  [/^\/products\b/, '/goods'],
];

/** Northpay's path for a resource of Gale's API. */
export function northpayPath(path: string): string {
  const [from, to] = PATHS.find(([gale]) => gale.test(path))!;
  return path.replace(from, to);
}

/** Northpay's API in front of the sandbox, which stores the state: it translates each request and each response. */
export function createNorthpayApi(sandbox: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    url.pathname = url.pathname.replace('/sessions', '/checkout').replace('/goods', '/products');
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    const renamed = {
      'northpay-key': 'authorization',
      'northpay-once': 'idempotency-key',
      'northpay-trace': 'x-request-id',
    };
    for (const [northpay, gale] of Object.entries(renamed)) {
      const value = request.headers.get(northpay);
      if (value !== null) headers[gale] = gale === 'authorization' ? `Bearer ${value}` : value;
    }
    const body = request.method === 'POST' ? translateText(await request.text(), fromNorthpay) : undefined;
    const { method, signal } = request;
    const response = await sandbox(url.href, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body }),
    });
    const isJson = response.headers.get('content-type')?.includes('json');
    if (!isJson || !response.body) return response;
    return new Response(translateText(await response.text(), toNorthpay), response);
  };
}
