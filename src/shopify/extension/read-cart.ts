import type { CheckoutCart } from '../../contract/check.js';
import { CheckoutError, errorCodeFor, reportedWaitMs, shopCartRetryMs } from '../../core/index.js';
import { fromAjaxCart, noCart, type CartRules } from './ajax-cart.js';
import { hasQuantities, unsavedEntries, type CartEntries, type CartUpdate } from './cart-entries.js';
import { unobserved } from './cart-requests.js';
import { shopRoot } from './shop-root.js';
import { fromStandardCart } from './standard-cart.js';

/**
 * Requests the Ajax cart, under the root path of the shopper's language. An update is saved first, and the result is the cart
 * after it.
 */
async function fetchAjaxCart(update?: CartUpdate): Promise<unknown> {
  if (navigator.onLine === false) throw new CheckoutError('offline');
  const url = `${shopRoot()}cart${update ? '/update' : ''}.js`;
  const headers = { accept: 'application/json', ...(update && { 'content-type': 'application/json' }) };
  let response: Response;
  let text: string;
  try {
    const options = { cache: 'no-store', headers } as const;
    response = await fetch(
      url,
      update ? unobserved({ ...options, method: 'POST', body: JSON.stringify(update) }) : options,
    );
    text = await response.text();
  } catch (cause) {
    throw new CheckoutError('network', `${url} did not answer`, {}, cause);
  }
  const { ok, status } = response;
  // The shop rejects, for example, a quantity above the stock. The page still shows that quantity, so no other one may be sold.
  if (update && status === 422)
    throw new CheckoutError('rejected', `${url} refused the quantities on the page`, { status });
  if (!ok)
    throw new CheckoutError(errorCodeFor(status), `${url} answered ${status}`, {
      status,
      retryAfterMs: reportedWaitMs(response, Date.now()),
    });
  try {
    return JSON.parse(text);
  } catch {
    // The response is not JSON, for example the HTML of a password page or a bot challenge. The error gives only its type and
    // length, because the text may be private.
    throw noCart(`${response.headers.get('content-type')}, ${text.length} characters`, status);
  }
}

/** The Ajax cart. A retryable failure is retried once, if the wait before it is short (see `shopCartRetryMs`). */
async function fetchWithRetry(): Promise<unknown> {
  try {
    return await fetchAjaxCart();
  } catch (error) {
    const waitMs = shopCartRetryMs(error as CheckoutError, 0);
    if (waitMs === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return fetchAjaxCart();
  }
}

let sharedRequest: Promise<unknown> | undefined;

/**
 * The Ajax cart. Callers in the same task share one request; later callers get a new one, because the cart may have changed.
 */
function fetchShared(): Promise<unknown> {
  if (!sharedRequest) {
    sharedRequest = fetchWithRetry();
    setTimeout(() => (sharedRequest = undefined));
  }
  return sharedRequest;
}

/** How long a theme may wait for further input before it saves a quantity, in milliseconds: Dawn and Horizon wait 300. */
const THEME_DELAY_MS = 400;

/** The cart's fields on the page, and the changes that the theme has not finished. */
export interface ShownCart {
  /** Reads the fields of the page as they are now. */
  read: () => CartEntries;
  /** Resolves when no change of the cart is pending. */
  settled: () => Promise<void>;
}

/**
 * The Ajax cart with the quantities, note and attributes that the page shows. The theme gets time to save them itself first: it
 * identifies a line by its position, and would change the wrong line if this request had removed an earlier one.
 */
async function fetchShown({ read, settled }: ShownCart): Promise<unknown> {
  const ajax = await fetchShared();
  if (!unsavedEntries(read(), ajax)) return ajax;
  await new Promise((resolve) => setTimeout(resolve, THEME_DELAY_MS));
  await settled();
  const later = await fetchAjaxCart();
  const update = unsavedEntries(read(), later);
  if (!update) return later;
  const saved = await fetchAjaxCart(update);
  if (!hasQuantities(update, saved))
    throw new CheckoutError('rejected', 'The shop changed a quantity that is on the page');
  return saved;
}

/**
 * Reads the shopper's current cart. The Ajax cart comes first, though newer shops also have `Shopify.actions.getCart()`: only
 * the Ajax cart documents the product, subscription and gift card of each line, and `getCart()` may return a result from
 * before a change. `getCart()` is the fallback when the Ajax cart cannot be read.
 * @param shown the fields on the page. If the cart differs from them, they are saved first, so that the shopper buys what they
 * see.
 * @throws {CheckoutError} the error of the Ajax cart, when neither can be read; the errors of `fromAjaxCart`; `rejected` when
 * the shop rejects the quantities on the page.
 */
export async function readCart(rules: CartRules, shown?: ShownCart): Promise<CheckoutCart> {
  let ajax: unknown;
  try {
    ajax = await (shown ? fetchShown(shown) : fetchShared());
  } catch (error) {
    if ((error as CheckoutError).code === 'rejected') throw error;
    try {
      return fromStandardCart(await window.Shopify!.actions!.getCart!(), rules);
    } catch (second) {
      throw (second as CheckoutError).code === 'invalid_cart' ? second : error;
    }
  }
  return fromAjaxCart(ajax, rules);
}
