import { hmacHex, isEqualConstantTime } from './tokens.js';

/** The largest difference between the time of a call and the clock, in seconds. Shopify's own library allows the same. */
const TOLERANCE_S = 90;

/** A call through Shopify's app proxy, with a valid signature. */
export interface AppProxyCall {
  /** The shop, `example.myshopify.com`. Take the shop from here only: nothing else in the request is signed. */
  shop: string;
  /** The id of the logged-in customer, if any. */
  customerId?: string;
  /** The path of the proxy in the shop, such as `/apps/hsa-checkout`. */
  pathPrefix: string;
}

/**
 * Verifies that a request came through Shopify's app proxy. Its query is signed with the app's secret: HMAC-SHA256 over all
 * other parameters, sorted and joined without separators, several values of one name joined by commas. The time may be 90
 * seconds off. Returns undefined when the proof is missing or wrong: respond with a 401. The signature covers the query
 * only. A webhook of the provider comes to the app itself and has none.
 * @param secret the app's client secret, or several while one is being replaced.
 * @param nowMs the current time, in milliseconds.
 * @throws {TypeError} when a secret is empty.
 */
export async function verifyAppProxy(
  { url }: { url: string },
  secret: string | readonly string[],
  nowMs: number = Date.now(),
): Promise<AppProxyCall | undefined> {
  const query = new URL(url).searchParams;
  // Shopify adds each of its parameters once. A second one comes from someone else.
  const only = (name: string) => (query.getAll(name).length === 1 ? query.get(name)! : '');
  const [signature, shop, timestamp] = ['signature', 'shop', 'timestamp'].map(only) as [
    string,
    string,
    string,
  ];
  if (!signature || !shop || !/^\d{1,12}$/.test(timestamp)) return undefined;
  query.delete('signature');
  const message = [...new Set(query.keys())]
    .map((name) => `${name}=${query.getAll(name).join(',')}`)
    .sort()
    .join('');
  let isSigned = false;
  for (const each of [secret].flat()) {
    if (!each) throw new TypeError('verifyAppProxy: the app’s secret is empty');
    isSigned ||= await isEqualConstantTime(await hmacHex(each, message), signature);
  }
  // The time is checked last, so that the result tells nothing about it without the secret.
  if (!isSigned || Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return undefined;
  const customerId = only('logged_in_customer_id');
  return { shop, ...(customerId && { customerId }), pathPrefix: only('path_prefix') };
}
