import { createSession, rememberSession } from '../client/index.js';
import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutType } from '../contract/index.js';
import { checkoutUrl } from '../core/index.js';
import { CheckoutSessionEvent, CheckoutStartEvent } from './events.js';

/** What a press needs to know: a checked cart, and where to buy it. */
export interface Purchase {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  cart: CheckoutCart;
  /** Hosts that the payment page may be on. */
  hosts: string[];
  /** Takes the provider's word on the session's cart. */
  onType(type?: CheckoutType): void;
  signal: AbortSignal;
}

/**
 * Gets a session for a cart and returns the checked URL of its payment page. Both steps are told on `target` by a
 * cancelable event; undefined where one of them was cancelled, or the signal aborted.
 * @throws {CheckoutError} whatever the endpoint, or the URL, gives reason for.
 */
export async function openSession(target: EventTarget, purchase: Purchase): Promise<string | undefined> {
  const { endpoint, cart, signal } = purchase;
  const line_items = cart.line_items.map(({ product_id, quantity, price }) => ({
    product_id,
    quantity,
    price,
  }));
  if (!target.dispatchEvent(new CheckoutStartEvent('hsa-checkout-start', { cart: { line_items } }, true)))
    return;
  const { statusToken, subtotalCents, ...session } = await createSession({ endpoint, cart, signal });
  if (signal.aborted) return;
  const url = checkoutUrl(session.checkoutUrl, purchase.hosts, session.test);
  purchase.onType(session.checkoutType);
  const statedCents = line_items.reduce((sum, { price, quantity }) => sum + price! * quantity, 0);
  const fields = { ...session, checkoutUrl: url, repriced: subtotalCents! > statedCents };
  if (!target.dispatchEvent(new CheckoutSessionEvent('hsa-checkout-session', fields, true))) return;
  if (statusToken) rememberSession({ endpoint, checkoutId: session.checkoutId, statusToken });
  return url;
}
