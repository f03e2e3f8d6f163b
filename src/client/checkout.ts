import { checkCart, type CheckoutCart } from '../contract/check.js';
import {
  cartError,
  CheckoutError,
  checkoutUrl,
  nextState,
  shopperFields,
  toJson,
  type ButtonEvent,
  type ButtonState,
} from '../core/index.js';
import type { CheckoutHost, DetailsDialog, Purchase } from './checkout-host.js';
import { createSession, type Session } from './create-session.js';
import {
  CheckoutErrorEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
} from './events.js';
import { rememberSession } from './last-session.js';
import { isRepriced } from './repriced.js';

/** How long the page may take to leave before the shopper gets a link, in milliseconds. */
const NAVIGATION_TIMEOUT_MS = 10_000;
/** After how long a wait is explained, in milliseconds. */
const SLOW_AFTER_MS = 5_000;
/** After how long more a press is given up, whatever it waits for, in milliseconds. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * The session protocol: takes one press from the cart to the payment page. One at a time, never with a cart that is no more,
 * and never to a state without a way out.
 */
export class Checkout {
  /** What is going on. */
  state: ButtonState = 'idle';
  /** Why the last press did not go on. */
  error?: CheckoutError;
  /** The checked URL of a payment page that did not open by itself. */
  link?: string;
  /** Whether the shopper has been waiting for long. */
  isSlow = false;
  /** A session whose price is higher than the page stated: the next press agrees to it. */
  priceIncrease?: Session;
  /** Whether the session is one that moves no real money. */
  isTest = false;
  readonly #host: CheckoutHost;
  #run = new AbortController();
  /** The run's own cart as JSON, and the page's latest one since it began; empty while they are not known. */
  #sent = '';
  #latest = '';
  /** Counts presses, settles and cancels; and the newest of them that has had its say. */
  #sequence = 0;
  #applied = 0;
  /** The latest reading of a settle since the press. */
  #reading?: Promise<Purchase>;
  #timer?: ReturnType<typeof setTimeout>;
  #details?: DetailsDialog;

  constructor(page: CheckoutHost) {
    this.#host = page;
  }

  /** Whether a checkout is under way. */
  get isBusy(): boolean {
    return this.state === 'creating' || this.state === 'redirecting';
  }

  /** Ends whatever is going on, without an error. */
  cancel(): void {
    this.#applied = ++this.#sequence;
    this.#run.abort();
    this.#transition('reset');
  }

  /** Takes note of what can be bought now, and returns it. A checkout that is under way with another cart is ended. */
  async refreshCart(): Promise<Purchase | undefined> {
    const turn = ++this.#sequence;
    let purchase: Purchase | undefined;
    let failure: unknown;
    try {
      // As a promise in any case: a press that has sent its request waits for it, even where it fails at once.
      purchase = await (this.#reading = (async () => this.#host.readPurchase())());
    } catch (error) {
      failure = error;
    }
    // Readings may overtake each other. What a newer one found, a press read for itself, or a cancel ended, stays.
    if (turn < this.#applied) return purchase;
    this.#applied = turn;
    this.#latest = purchase ? toJson(purchase.cart) : 'none';
    if (this.state === 'redirecting') return purchase;
    if (purchase) {
      if (this.isBusy) this.#endOutdated();
      // The same cart read again takes neither an error nor an offer away.
      else if (this.state === 'unavailable' || this.#latest !== this.#sent) this.#transition('reset');
    }
    // A page whose cart is still empty is in order; anything else is told at once.
    else if (!this.isBusy && (failure as CheckoutError | undefined)?.code === 'empty_cart')
      this.#transition('block');
    else {
      this.#run.abort();
      this.#fail(failure);
    }
    return purchase;
  }

  /** Starts a checkout. While one is under way this does nothing. */
  async start(): Promise<void> {
    if (nextState(this.state, 'press') === this.state) return;
    const agreed = this.priceIncrease?.checkoutId;
    this.#applied = ++this.#sequence;
    this.#reading = undefined;
    const { signal } = (this.#run = new AbortController());
    // The lock: nothing else can run before the first await.
    this.#transition('press');
    if (signal.aborted) return;
    try {
      this.#armTimeouts();
      await this.#open(signal, agreed);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  async #open(signal: AbortSignal, agreed?: string): Promise<void> {
    const page = this.#host;
    this.#sent = this.#latest = '';
    const reading = page.readPurchase();
    const { endpoint, cart } = 'cart' in reading ? reading : await reading;
    if (signal.aborted) return;
    this.#sent = toJson(cart);
    if (this.#endOutdated()) return;
    const line_items = cart.line_items.map(({ product_id, quantity, price }) => ({
      product_id,
      quantity,
      price,
    }));
    if (!this.#fire(() => new CheckoutStartEvent('hsa-checkout-start', { cart: { line_items } }, true)))
      return this.#transition('reset');

    const session = await this.#createSession(endpoint, cart, signal);
    // The page may be reading a changed cart just now, and another one after that.
    for (let reading; reading !== this.#reading;) await (reading = this.#reading)?.catch(() => {});
    if (signal.aborted) return;
    const { checkoutId, checkoutType, expiresAt, statusToken, test, key, keyName } = session;
    const url = checkoutUrl(session.checkoutUrl, page.hosts, test);
    page.setSessionType(checkoutType);
    const repriced = isRepriced(cart, session);
    const fields = { checkoutId, checkoutUrl: url, checkoutType, expiresAt, repriced, test };
    if (!this.#fire(() => new CheckoutSessionEvent('hsa-checkout-session', fields, true)))
      return this.#transition('reset');
    // A listener may have taken the button away, which is heard of a moment later.
    await Promise.resolve();
    if (signal.aborted) return;
    if (repriced && agreed !== checkoutId) {
      this.#transition('reset');
      if (!signal.aborted) this.priceIncrease = session;
      return;
    }
    if (statusToken) rememberSession({ endpoint, checkoutId, statusToken, key, keyName });
    this.#transition('session');
    if (signal.aborted) return;
    this.isTest = test;
    const blocked = (cause?: unknown) =>
      this.#endOutdated() || this.#fail(new CheckoutError('navigation_blocked', undefined, {}, cause), url);
    this.#setTimer(NAVIGATION_TIMEOUT_MS, blocked);
    try {
      page.navigate(url);
    } catch (cause) {
      blocked(cause);
    }
  }

  /** Asks for the session, and the shopper for what the cart or the server shows to be missing, until there is one. */
  async #createSession(endpoint: string, cart: CheckoutCart, signal: AbortSignal): Promise<Session> {
    for (;;)
      try {
        const whole = this.#details?.complete(cart) ?? cart;
        const { violations } = checkCart(whole);
        if (violations.length) throw cartError('details_required', violations);
        return await createSession({ endpoint, cart: whole, signal });
      } catch (error) {
        const fields = shopperFields(error as CheckoutError);
        const details = fields.length && (await this.#host.loadDetails(this.#details));
        if (!details || signal.aborted) throw error;
        this.#details = details;
        // Nobody is hurried while typing.
        clearTimeout(this.#timer);
        this.isSlow = false;
        if (!(await details.ask(cart, fields, signal))) throw error;
        this.#armTimeouts();
      }
  }

  /** Has patience with a press, for a while. */
  #armTimeouts(): void {
    this.#setTimer(SLOW_AFTER_MS, () => {
      this.isSlow = true;
      this.#host.requestUpdate();
      this.#details?.requestUpdate();
      // The request has a deadline of its own; the page's cart function has this one.
      this.#setTimer(GIVE_UP_AFTER_MS, () => {
        this.#run.abort();
        this.#fail(new CheckoutError('timeout'));
      });
    });
  }

  /** Ends the run where its cart is known to be no more the page's, and says whether it is. */
  #endOutdated(): boolean {
    if (!this.#sent || !this.#latest || this.#sent === this.#latest) return false;
    this.#run.abort();
    // Whoever reads the new cart again takes the word on it not away.
    this.#sent = this.#latest;
    this.#fail(new CheckoutError('aborted', undefined, { reason: 'cart_changed' }));
    return true;
  }

  #setTimer(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }

  #fail(cause: unknown, link?: string): void {
    // Not by its class: a page's cart function may throw what another copy of it has made.
    const error =
      (Object(cause) as Error).name === 'CheckoutError'
        ? (cause as CheckoutError)
        : new CheckoutError('invalid_cart', 'cart() failed', {}, cause);
    const { code, message, retryable, details } = error;
    // What only the page can mend makes the button unavailable.
    this.#transition(/^(invalid_|empty_|unsupported_)/.test(code) ? 'block' : 'fail', error, link);
    console.error(`<${this.#host.localName}> ${code}: ${message}`);
    this.#fire(() => new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable }));
  }

  #transition(signal: ButtonEvent, error?: CheckoutError, link?: string): void {
    const state = nextState(this.state, signal);
    clearTimeout(this.#timer);
    this.#details?.close();
    this.isSlow = this.isTest = false;
    this.priceIncrease = undefined;
    this.error = error;
    this.link = link;
    this.#host.requestUpdate();
    if (state === this.state) return;
    this.state = state;
    this.#fire(() => new CheckoutStateEvent('hsa-checkout-state', { state }));
  }

  /**
   * Fires an event, and returns whether to go on. Where a page has broken the making or the sending of events, the checkout goes on
   * without them: it would stay in the state that it is in.
   */
  #fire(create: () => Event): boolean {
    try {
      return this.#host.dispatchEvent(create());
    } catch (error) {
      console.error(`<${this.#host.localName}> An event could not be fired: ${String(error)}`);
      return true;
    }
  }
}
