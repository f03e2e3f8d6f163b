import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutType } from '../contract/index.js';
import type { Violation } from '../core/index.js';

/** A cart and the endpoint that sells it. */
export interface Purchase {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  /** A cart that `checkCart` has validated. Only fields that the shopper can correct may still be invalid. */
  cart: CheckoutCart;
}

/** Asks the shopper for fields that neither the page nor the server has. Keeps the entered values in memory. */
export interface DetailsDialog {
  /** Returns the cart with the fields that the shopper has entered. */
  complete(cart: CheckoutCart): CheckoutCart;
  /** Asks for fields of a cart. Resolves to true when they are filled in, to false if the dialog cannot open or the signal aborts. */
  ask(cart: CheckoutCart, fields: Violation[], signal: AbortSignal): Promise<boolean>;
  /** Renders the dialog again, because the state of the checkout has changed. */
  requestUpdate(): void;
  /** Closes the dialog. The values that were entered so far are kept. */
  close(): void;
}

/** The element around a checkout: the target of its events, and its access to the page. */
export interface CheckoutHost extends EventTarget {
  readonly localName: string;
  /**
   * Reads the page's cart and configuration. Returns a promise only if the page's cart is a function. Otherwise a press can
   * send its request in the same task.
   * @throws {CheckoutError} if the cart or the configuration does not allow a checkout.
   */
  readPurchase(): Purchase | Promise<Purchase>;
  /** The hosts that the URL of the payment page may have. */
  readonly hosts: string[];
  /** Loads the details dialog, or returns the existing one. Undefined if the page does not allow it, or it cannot be loaded. */
  loadDetails(existing?: DetailsDialog): Promise<DetailsDialog | undefined>;
  /** Loads what renders the messages. It resolves also if that fails. */
  loadMessages(): Promise<void>;
  /** Goes to a URL. @throws if the browser blocks it. */
  navigate(url: string): void;
  /**
   * Sets the session's type, the provider's own result for the cart. The element then shows it in place of the eligibility that
   * it computed. Undefined: the provider gave none.
   */
  setSessionType(type?: CheckoutType): void;
  /** Renders the element again, because the state of the checkout has changed. */
  requestUpdate(): void;
}
