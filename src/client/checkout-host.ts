import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutType } from '../contract/index.js';
import type { Violation } from '../core/index.js';

/** What is bought, and where. */
export interface Purchase {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  /** A cart that is in order but for texts which the shopper can mend. */
  cart: CheckoutCart;
}

/** What asks the shopper for what neither the page nor the server knows, and keeps the answers in memory. */
export interface DetailsDialog {
  /** A cart with what the shopper has entered. */
  complete(cart: CheckoutCart): CheckoutCart;
  /** Asks for these fields of a cart. True once they are filled in, false where they cannot be asked for, or the signal aborts. */
  ask(cart: CheckoutCart, fields: Violation[], signal: AbortSignal): Promise<boolean>;
  /** Shows what has changed. */
  requestUpdate(): void;
  /** Stops asking. What was entered so far is kept. */
  close(): void;
}

/** The page around a checkout: where its events go, and what it asks of the page. */
export interface CheckoutHost extends EventTarget {
  readonly localName: string;
  /**
   * Reads the cart and the configuration anew: at once where the cart is there, so that a press sends its request at once.
   * @throws {CheckoutError} where they do not allow a checkout.
   */
  readPurchase(): Purchase | Promise<Purchase>;
  /** Hosts that the payment page may be on. */
  readonly hosts: string[];
  /** Makes what asks for missing details, unless it is there; nothing where the page does not want that, or it cannot be had. */
  loadDetails(there?: DetailsDialog): Promise<DetailsDialog | undefined>;
  /** Goes to a URL. @throws where the browser does not let it. */
  navigate(url: string): void;
  /** Takes the provider's word on the session's cart. */
  setSessionType(type?: CheckoutType): void;
  /** Shows what has changed. */
  requestUpdate(): void;
}
