import { hmacHex, isEqualConstantTime } from './tokens.js';

/** The largest allowed difference between a call's timestamp and the server's clock, in seconds, as in Shopify's own library. */
const TOLERANCE_S = 90;

/** A call through Shopify's app proxy, with a valid signature. */
export interface AppProxyCall {
  /** The shop, `example.myshopify.com`. Identify the shop by this value only: headers and body are not signed. */
  shop: string;
  /** The id of the logged-in customer, if any. */
  customerId?: string;
  /** The path of the proxy in the shop, such as `/apps/hsa-checkout`. */
  pathPrefix: string;
}

/**
 * Verifies that a request came through Shopify's app proxy. Its query is signed with the app's secret: HMAC-SHA256 over all
 * other parameters, sorted and joined without separators, several values of one name joined by commas. The signed timestamp
 * may differ from `nowMs` by at most 90 seconds. Returns undefined when the signature or the timestamp is missing or wrong;
 * the app should then respond with a 401. The signature covers the query only. Do not use this function for webhooks: the
 * payment provider sends them to the app directly, without this signature.
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
  // Shopify adds each of its parameters once. The caller added a repeated one, so it counts as missing.
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
  // The timestamp is checked after the signature, so that the response time does not tell a caller without the secret
  // whether the timestamp is accepted.
  if (!isSigned || Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return undefined;
  const customerId = only('logged_in_customer_id');
  return { shop, ...(customerId && { customerId }), pathPrefix: only('path_prefix') };
}
