import { isEqualConstantTime } from './tokens.js';
import { hmacSha256 } from './sha256.js';

/** How far the time of a call may be from now, either way, in seconds: what Shopify's own library allows. */
const TOLERANCE_S = 90;

/** A call that came through Shopify's app proxy, as its signature proves. */
export interface AppProxyCall {
  /** The shop, `example.myshopify.com`. Take it from here and from nowhere else. */
  shop: string;
  /** The customer who is logged in, if any. */
  customerId?: string;
  /** The path of the proxy in the shop, such as `/apps/hsa-checkout`. */
  pathPrefix: string;
}

/**
 * Says whether a request came through the app proxy of Shopify: its query is signed with the app's secret (HMAC-SHA256 over
 * all other parameters, sorted, joined without separators, several of one name by commas), and its time is no more than 90
 * seconds off. Undefined where it is not: answer with a 401. The signature covers the query only, so a webhook of the
 * provider, which comes to the app itself, has none.
 * @param secret the app's client secret; several while one is being replaced.
 * @param nowMs the time by which the call's own is judged.
 */
export async function verifyAppProxy(
  { url }: { url: string },
  secret: string | readonly string[],
  nowMs: number = Date.now(),
): Promise<AppProxyCall | undefined> {
  const query = new URL(url).searchParams;
  // What Shopify adds is there once: of two, somebody else has written one.
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
    isSigned ||= await isEqualConstantTime(await hmacSha256(each, message, 'hex'), signature);
  }
  // Only whoever knows the secret hears of the time.
  if (!isSigned || Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return undefined;
  const customerId = only('logged_in_customer_id');
  return { shop, ...(customerId && { customerId }), pathPrefix: only('path_prefix') };
}
