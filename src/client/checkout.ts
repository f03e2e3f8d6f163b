import { checkCart, type CheckoutCart } from '../contract/check.js';
import {
  cartError,
  CheckoutError,
  checkoutUrl,
  nextState,
  shopperFields,
  type ButtonEvent,
  type ButtonState,
} from '../core/index.js';
import { CartFreshness } from './cart-freshness.js';
import type { CheckoutHost, DetailsDialog, Purchase } from './checkout-host.js';
import { createSession, type Session } from './create-session.js';
import { createErrorEvent, createSessionEvent, createStartEvent, createStateEvent, fire } from './events.js';
import { rememberSession } from './last-session.js';

/** How long the browser may take to leave the page before the button shows a link to the payment page, in milliseconds. */
const NAVIGATION_TIMEOUT_MS = 10_000;
/** When the button explains that it is still waiting, in milliseconds after the press. */
const SLOW_AFTER_MS = 5_000;
/** How long after that explanation a checkout that is still waiting fails with `timeout`, in milliseconds. */
const GIVE_UP_AFTER_MS = 30_000;

/** A session that costs more than the page stated. */
export interface PriceIncrease {
  /** The session. The next press accepts its price. */
  session: Session;
  /** The page's amount and the server's, in cents: both with shipping, tax and discount, or both without. */
  fromCents: number;
  toCents: number;
}

/** What the button shows in a state, besides the state. */
interface Display {
  error?: CheckoutError;
  link?: string;
  increase?: PriceIncrease;
  isQuiet?: boolean;
}

/**
 * Runs the checkout of a button, from the press to the payment page. Only one runs at a time. The browser never goes to the
 * payment page of an outdated cart, and every state of the button can be left.
 */
export class Checkout {
  /** The state of the button. */
  state: ButtonState = 'idle';
  /** Why the last checkout failed. */
  error?: CheckoutError;
  /** Whether the error was found while the page was read. The shopper has not pressed, so it is not announced. */
  isQuiet = false;
  /** How many presses in a row have failed. */
  failures = 0;
  /** The cart that the last press sent. */
  cart?: CheckoutCart;
  /** The URL of the payment page, validated by `checkoutUrl`, if the browser did not go there by itself. */
  link?: string;
  /** Whether the shopper has waited for longer than 5 seconds. */
  isSlow = false;
  /** Set while the button is in the state `confirm`. */
  priceIncrease?: PriceIncrease;
  /** Whether the session moves no real money. */
  isTest = false;
  readonly #host: CheckoutHost;
  readonly #freshness = new CartFreshness();
  #run = new AbortController();
  #timer?: ReturnType<typeof setTimeout>;
  #details?: DetailsDialog;

  constructor(host: CheckoutHost) {
    this.#host = host;
  }

  /** Whether a checkout is under way, so that a press is ignored. */
  get isBusy(): boolean {
    return nextState(this.state, 'press') === this.state;
  }

  /** Starts a checkout. Does nothing while one is under way. */
  async start(): Promise<void> {
    if (this.isBusy) return;
    const acceptedId = this.priceIncrease?.session.checkoutId;
    this.#freshness.beginCheckout();
    const { signal } = (this.#run = new AbortController());
    // The state is the lock against a second press, so it changes before the first `await`.
    this.#transition('press');
    if (signal.aborted) return;
    // Loads during the request, so that an error has its text at once.
    const messages = this.#host.loadMessages();
    try {
      this.#armTimeouts();
      await this.#open(signal, messages, acceptedId);
    } catch (error) {
      await messages;
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** Ends a checkout without an error. */
  cancel(): void {
    this.#freshness.discardReads();
    this.#run.abort();
    this.#transition('reset');
  }

  /** Reads the page's cart. Returns undefined if it cannot be bought. Ends a checkout that was started with another cart. */
  refreshCart(): Promise<Purchase | undefined> {
    return this.#freshness.track(this.#refresh());
  }

  async #open(signal: AbortSignal, messages: Promise<void>, acceptedId?: string): Promise<void> {
    const reading = this.#host.readPurchase();
    const { endpoint, cart } = 'cart' in reading ? reading : await reading;
    if (signal.aborted) return;
    this.#freshness.setSent((this.cart = cart));
    if (this.#endIfOutdated()) return;
    if (!fire(this.#host, () => createStartEvent(cart))) return this.#transition('reset');
    const session = await this.#createSession(endpoint, cart, signal);
    // The cart may have changed while the request was under way. A refresh that finds this aborts the signal.
    await this.#freshness.whenRefreshed();
    if (signal.aborted) return;
    const { checkoutId, checkoutType, expiresAt, statusToken, test, key, keyName } = session;
    const url = checkoutUrl(session.checkoutUrl, this.#host.hosts, test);
    const increase = priceIncrease(cart, session);
    const repriced = !!increase;
    this.#host.setSessionType(checkoutType);
    const fields = { checkoutId, checkoutUrl: url, checkoutType, expiresAt, repriced, test };
    if (!fire(this.#host, () => createSessionEvent(fields))) return this.#transition('reset');
    // If a listener has removed the button, the element cancels the checkout in a microtask: wait for that.
    await Promise.resolve();
    if (signal.aborted) return;
    if (increase && acceptedId !== checkoutId) await messages;
    if (signal.aborted) return;
    if (increase && acceptedId !== checkoutId) return this.#transition('reprice', { increase });
    if (statusToken) rememberSession({ endpoint, checkoutId, statusToken, key, keyName });
    this.#transition('session');
    if (signal.aborted) return;
    this.isTest = test;
    this.#navigate(url);
  }

  /** Creates the session. Opens the details dialog for as long as fields are missing that the shopper can supply. */
  async #createSession(endpoint: string, cart: CheckoutCart, signal: AbortSignal): Promise<Session> {
    for (;;)
      try {
        const completeCart = this.#details?.complete(cart) ?? cart;
        // The completed cart may be invalid: the host allows invalid fields that the shopper can correct, and the dialog may have
        // been filled in for an earlier cart.
        const { violations } = checkCart(completeCart);
        if (violations.length) throw cartError('details_required', violations);
        return await createSession({ endpoint, cart: completeCart, signal });
      } catch (error) {
        const fields = shopperFields(error as CheckoutError);
        const details = fields.length && (await this.#host.loadDetails(this.#details));
        if (!details || signal.aborted) throw error;
        this.#details = details;
        // Typing has no time limit (WCAG 2.2.1).
        clearTimeout(this.#timer);
        this.isSlow = false;
        if (!(await details.ask(cart, fields, signal))) throw error;
        this.#armTimeouts();
      }
  }

  /** Goes to the payment page. Shows a link to it if the browser blocks that, or is still on this page after 10 seconds. */
  #navigate(url: string): void {
    const showLink = (cause?: unknown) =>
      this.#endIfOutdated() ||
      this.#fail(new CheckoutError('navigation_blocked', undefined, {}, cause), { link: url });
    this.#setTimer(NAVIGATION_TIMEOUT_MS, showLink);
    try {
      this.#host.navigate(url);
    } catch (cause) {
      showLink(cause);
    }
  }

  async #refresh(): Promise<Purchase | undefined> {
    const applyCart = this.#freshness.beginRead();
    let purchase: Purchase | undefined;
    let failure: unknown;
    try {
      purchase = await this.#host.readPurchase();
    } catch (error) {
      failure = error;
    }
    if (!applyCart(purchase?.cart) || this.state === 'redirecting') return purchase;
    if (purchase) {
      if (this.isBusy) this.#endIfOutdated();
      // If the cart is unchanged, the displayed error or price increase stays.
      else if (this.state === 'unavailable' || !this.#freshness.isUnchanged) this.#transition('reset');
    }
    // An empty cart is no error until the shopper presses.
    else if (!this.isBusy && (failure as CheckoutError | undefined)?.code === 'empty_cart')
      this.#transition('block', { error: failure as CheckoutError, isQuiet: true });
    else {
      this.#run.abort();
      this.#fail(failure, { isQuiet: !this.isBusy });
    }
    return purchase;
  }

  /** Ends the checkout if the page's cart has changed. Returns whether it has. */
  #endIfOutdated(): boolean {
    if (!this.#freshness.isOutdated) return false;
    this.#run.abort();
    // Accept the new cart, so that reading it again does not remove this error.
    this.#freshness.acceptLatest();
    this.#fail(new CheckoutError('aborted', undefined, { reason: 'cart_changed' }));
    return true;
  }

  #armTimeouts(): void {
    this.#setTimer(SLOW_AFTER_MS, () => {
      this.isSlow = true;
      this.#host.requestUpdate();
      this.#details?.requestUpdate();
      // The request has its own deadline. This one is for a cart function of the page that never resolves.
      this.#setTimer(GIVE_UP_AFTER_MS, () => {
        this.#run.abort();
        this.#fail(new CheckoutError('timeout'));
      });
    });
  }

  #setTimer(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }

  #fail(cause: unknown, display: Display = {}): void {
    // Compared by name: the page's cart function may throw an error of another copy of the class.
    const error =
      (Object(cause) as Error).name === 'CheckoutError'
        ? (cause as CheckoutError)
        : new CheckoutError('invalid_cart', 'cart() failed', {}, cause);
    const { code, message } = error;
    // Only the page can correct its cart and configuration, so pressing again cannot help.
    if (!display.isQuiet) this.failures++;
    this.#transition(/^(invalid_|empty_|unsupported_)/.test(code) ? 'block' : 'fail', { ...display, error });
    console.error(`<${this.#host.localName}> ${code}: ${message}`);
    fire(this.#host, () => createErrorEvent(error));
  }

  #transition(event: ButtonEvent, { error, link, increase, isQuiet = false }: Display = {}): void {
    const state = nextState(this.state, event);
    clearTimeout(this.#timer);
    this.#details?.close();
    this.isSlow = this.isTest = false;
    this.priceIncrease = increase;
    this.error = error;
    this.isQuiet = isQuiet;
    this.link = link;
    if (/^(session|reset)$/.test(event)) this.failures = 0;
    this.#host.requestUpdate();
    if (state === this.state) return;
    this.state = state;
    fire(this.#host, () => createStateEvent(state));
  }
}

/** The session's price if it is higher than the page's. A missing amount makes a sum NaN, and NaN is not lower than any number. */
function priceIncrease(cart: CheckoutCart, session: Session): PriceIncrease | undefined {
  const { line_items, shipping, tax, discount = 0 } = cart;
  let subtotalCents = 0;
  // `reduce` is not used, because the library Prototype 1.6 replaces it by another function.
  for (const { price, quantity } of line_items) subtotalCents += price! * quantity;
  const pageTotalCents = subtotalCents + shipping! + tax! - discount;
  const isSubtotal = !(session.totalCents! > pageTotalCents);
  const fromCents = isSubtotal ? subtotalCents : pageTotalCents;
  const toCents = (isSubtotal ? session.subtotalCents : session.totalCents)!;
  return toCents > fromCents ? { session, fromCents, toCents } : undefined;
}
