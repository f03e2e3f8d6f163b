import type { CheckoutCart } from '../../contract/check.js';
import { CheckoutError, errorCodeFor, reportedWaitMs, shopCartRetryMs } from '../../core/index.js';
import { fromAjaxCart, noCart, type CartRules } from './ajax-cart.js';
import { hasQuantities, unsavedEntries, type CartEntries, type CartUpdate } from './cart-entries.js';
import { unobserved } from './cart-requests.js';
import { shopRoot } from './shop-root.js';
import { fromStandardCart } from './standard-cart.js';

/** One request of the Ajax cart, under the root of the shopper's language. With an update, the answer is the cart after it. */
async function askAjax(update?: CartUpdate): Promise<unknown> {
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
  // More than there is in stock, say. The page shows what was asked for, so it must not be sold as something else.
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
    // A password page, a bot challenge: what is in it is nobody's business.
    throw noCart(`${response.headers.get('content-type')}, ${text.length} characters`, status);
  }
}

/** The Ajax cart. What may pass by itself is tried once more, where that is not far off. */
async function askTwice(): Promise<unknown> {
  try {
    return await askAjax();
  } catch (error) {
    const waitMs = shopCartRetryMs(error as CheckoutError, 0);
    if (waitMs === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return askAjax();
  }
}

let sharing: Promise<unknown> | undefined;

/** The Ajax cart, asked for once by all who ask in the same turn of the event loop; never an answer to an earlier question. */
function askTogether(): Promise<unknown> {
  if (!sharing) {
    sharing = askTwice();
    setTimeout(() => (sharing = undefined));
  }
  return sharing;
}

/** How long themes wait for further input before they save a quantity, in milliseconds: Dawn and Horizon wait 300. */
const THEME_DELAY_MS = 400;

/** What the page shows of the cart, and what is waited for before that is saved. */
export interface ShownCart {
  /** Reads the fields of the page as they are now. */
  read: () => CartEntries;
  /** Resolves when the changes of the cart that are under way are over. */
  settled: () => Promise<void>;
}

/**
 * The Ajax cart as the page shows it. The theme gets its turn first: it names a line by its position, and would change another one
 * if a line were gone by then.
 */
async function askShown({ read, settled }: ShownCart): Promise<unknown> {
  const ajax = await askTogether();
  if (!unsavedEntries(read(), ajax)) return ajax;
  await new Promise((resolve) => setTimeout(resolve, THEME_DELAY_MS));
  await settled();
  const later = await askAjax();
  const update = unsavedEntries(read(), later);
  if (!update) return later;
  const saved = await askAjax(update);
  if (!hasQuantities(update, saved))
    throw new CheckoutError('rejected', 'The shop changed a quantity that is on the page');
  return saved;
}

/**
 * Reads the shopper's cart as it is now. The Ajax cart comes first, though newer shops have `Shopify.actions.getCart()` too:
 * it alone says of each line which product it is, and whether it is a subscription or a gift card, and a getCart() may be
 * an answer that others asked for before the cart changed. It is the second way, for when the first is closed.
 * @param shown what the page shows. It is saved first where the cart differs, so that the shopper buys what they see.
 * @throws {CheckoutError} that of the Ajax cart, where neither can be read; or what `fromAjaxCart` says of the cart; `rejected`
 * where the shop refuses what the page shows.
 */
export async function readCart(rules: CartRules, shown?: ShownCart): Promise<CheckoutCart> {
  let ajax: unknown;
  try {
    ajax = await (shown ? askShown(shown) : askTogether());
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
