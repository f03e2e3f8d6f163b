import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import {
  CheckoutError,
  endpointUrl,
  nextState,
  type ButtonSignal,
  type ButtonState,
  type CartEligibility,
  type Eligibility,
} from '../core/index.js';
import { badge, mark } from './badge.js';
import { CartElement } from './cart-element.js';
import { readCart } from './cart-source.js';
import { cartWords } from './cart-words.js';
import { CheckoutErrorEvent, CheckoutStateEvent } from './events.js';
import { openSession } from './open-session.js';
import { errorText } from './strings.js';
import { button, shared } from './styles.js';

/** How long the page may take to leave before the shopper gets a link, in milliseconds. */
const LEAVE_MS = 10_000;
/** After how long a wait is explained, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Takes a shopper from the page's cart to the provider's hosted payment page: says what HSA/FSA money can pay for, asks the
 * merchant's endpoint for one checkout session, and goes to its URL.
 *
 * Its children are the fallback: they show only where the script does not run. A `<script type="application/json">` child
 * may hold the cart.
 *
 * @slot label - Replaces the words on the button. They must not claim more than the default ones.
 * @slot icon - Replaces the mark before the words.
 * @csspart button - The button.
 * @csspart label - The words on the button.
 * @csspart badge - What HSA/FSA money can pay for.
 * @csspart mark - The mark, a card with a cross: on the button and in the badge.
 * @csspart message - What went wrong and what to do next.
 * @csspart link - The link to a payment page that did not open by itself.
 * @cssprop --hsa-background - Background of the button.
 * @cssprop --hsa-color - Text of the button.
 * @cssprop --hsa-border-color - Edge of the button.
 * @cssprop --hsa-accent - Focus ring, and the mark in the badge.
 * @cssprop --hsa-error-color - Edge of the message.
 * @cssprop --hsa-radius - Corners of the button, 8px by default.
 * @cssprop --hsa-height - Least height of the button, 48px by default; keep it at 44px or more (WCAG 2.5.5).
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @cssstate idle - Nothing is going on.
 * @cssstate creating - A session is being asked for.
 * @cssstate redirecting - The page is being left.
 * @cssstate error - It went wrong; a press tries again.
 * @cssstate unavailable - The cart or the configuration does not allow a checkout.
 * @fires {CheckoutStartEvent} hsa-checkout-start - Before the request. Cancelable.
 * @fires {CheckoutSessionEvent} hsa-checkout-session - Before the page is left. Cancelable.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - Every failure.
 * @fires {CheckoutStateEvent} hsa-checkout-state - Every change of state.
 * @fires {EligibilityEvent} hsa-eligibility - What the badge says has changed.
 */
export class CheckoutButton extends CartElement {
  static override readonly shadowRootOptions = { mode: 'open' as const, delegatesFocus: true };
  static override readonly styles = [shared, button];
  static override readonly properties: PropertyDeclarations = {
    eligibility: {},
    checkoutHosts: { attribute: 'checkout-hosts' },
    whenRegular: { attribute: 'when-regular' },
    target: {},
    disabled: { type: Boolean },
  };

  /** What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide, then the endpoint. */
  declare eligibility?: Eligibility;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`. */
  declare checkoutHosts?: string;
  /** What becomes of a cart without eligible items: `show` (default) a neutral button, or `hide` it. */
  declare whenRegular?: 'show' | 'hide';
  /** Where the payment page opens: `self` (default), or `top` to leave a frame. */
  declare target?: 'self' | 'top';
  /** Makes the button unusable, as on a `<button>`. */
  declare disabled?: boolean;

  #state: ButtonState = 'idle';
  #error?: CheckoutError;
  /** The checked URL of a payment page that did not open by itself. */
  #link?: string;
  #isSlow = false;
  #ofSession?: Eligibility;
  #run?: AbortController;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #internals = this.attachInternals();
  readonly #children = new MutationObserver(() => void this.refresh());

  /** What the button is doing. */
  get state(): ButtonState {
    return this.#state;
  }

  /** Starts a checkout as a press does. Settles when the page is about to be left, or after the event of what stopped it. */
  async checkout(): Promise<void> {
    if (this.disabled || nextState(this.#state, 'press') === this.#state) return;
    // The lock: nothing else can run before the first await.
    this.#to('press');
    const { signal } = (this.#run = new AbortController());
    this.#later(PATIENCE_MS, () => {
      this.#isSlow = true;
      this.requestUpdate();
    });
    try {
      const hosts = (this.checkoutHosts ?? 'checkout.withgale.com').split(' ').concat(location.host);
      const found = await this.#read();
      const url = signal.aborted
        ? undefined
        : await openSession(this, {
            ...found,
            hosts,
            signal,
            onType: (type) => this.tell((this.#ofSession = type)),
          });
      if (!signal.aborted) this.#leave(url);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pageshow', this);
    // The parser may connect the element before its JSON child is there.
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
    if (this.hasUpdated) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pageshow', this);
    this.#children.disconnect();
    // Not at once: a framework that moves the button takes it out and puts it back in.
    queueMicrotask(() => this.isConnected || this.#cancel());
  }

  /** @internal Back from the payment page with the script's state as it was: the button must not go on waiting. */
  handleEvent({ persisted }: PageTransitionEvent): void {
    if (persisted) this.#cancel();
  }

  protected async find(): Promise<CartEligibility | undefined> {
    const isBusy = () => this.#isBusy;
    try {
      const { cart, endpoint } = await this.#read();
      if (!isBusy()) this.#to('reset');
      this.#ofSession = undefined;
      return await cartWords(cart, this.eligibility ? undefined : endpoint);
    } catch (error) {
      // A page whose cart is still empty is in order; anything else is told at once.
      if (isBusy()) return undefined;
      if ((error as CheckoutError).code === 'empty_cart') this.#to('block');
      else this.#fail(error);
      return undefined;
    }
  }

  /** The session's word, else the page's, else the cart's; with the cart's amounts where they belong to that word. */
  protected override get shown(): CartEligibility {
    const { known } = this;
    let eligibility = this.#ofSession ?? this.eligibility ?? known.eligibility;
    // A provider has no word for a Letter of Medical Necessity, and calls such carts eligible. The condition stays.
    if (known.eligibility === 'lmn' && eligibility === 'eligible') eligibility = 'lmn';
    return eligibility === known.eligibility ? known : { eligibility };
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { states } = this.#internals;
    states.clear();
    states.add(this.#state);
  }

  protected override render() {
    const { words } = this;
    const isBusy = this.#isBusy;
    const error = this.#error;
    const link = this.#link;
    const isRegular = this.shown.eligibility === 'regular';
    if (isRegular && this.whenRegular === 'hide') return nothing;
    const busy = isBusy && (this.#isSlow ? words.waiting : words.creating);
    return html`<button
        part="button"
        type="button"
        ?disabled=${this.disabled}
        aria-disabled=${isBusy || this.#state === 'unavailable' || nothing}
        aria-busy=${isBusy || nothing}
        aria-describedby="badge"
        @click=${this.checkout}
      >
        <slot name="icon">${isRegular ? '' : mark}</slot>
        <span part="label"
          >${busy || html`<slot name="label">${isRegular ? words.continue : words.pay}</slot>`}</span
        >
      </button>
      ${badge(this.claim())}
      <div role="status">${busy || ''}</div>
      <div role="alert">${error && html`<div part="message">${errorText(words, error)}</div>`}</div>
      ${link && html`<a part="link" href=${link} target="_${this.target ?? 'self'}">${words.continue}</a>`}`;
  }

  async #read() {
    return { endpoint: endpointUrl(this.endpoint, document.baseURI), cart: await readCart(this) };
  }

  /** Leaves for the payment page; without a URL, a listener has cancelled. */
  #leave(url?: string): void {
    if (!url) return this.#to('reset');
    this.#to('session');
    const blocked = (cause?: unknown) =>
      this.#fail(new CheckoutError('navigation_blocked', 'Page was not left', {}, cause), url);
    this.#later(LEAVE_MS, blocked);
    try {
      if (this.target === 'top') top!.location.href = url;
      else location.assign(url);
    } catch (cause) {
      blocked(cause);
    }
  }

  get #isBusy(): boolean {
    return this.#state === 'creating' || this.#state === 'redirecting';
  }

  #cancel(): void {
    this.#run?.abort();
    this.#to('reset');
  }

  #later(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }

  #fail(cause: unknown, link?: string): void {
    const error =
      cause instanceof CheckoutError
        ? cause
        : new CheckoutError('invalid_cart', `cart() failed: ${String(cause)}`, {}, cause);
    const { code, message, retryable, details } = error;
    // What only the page can mend makes the button unavailable.
    this.#to(/^(invalid_|empty_|unsupported_)/.test(code) ? 'block' : 'fail', error, link);
    console.error(`<${this.localName}> ${code}: ${message}`);
    this.dispatchEvent(
      new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable }),
    );
  }

  #to(signal: ButtonSignal, error?: CheckoutError, link?: string): void {
    const state = nextState(this.#state, signal);
    clearTimeout(this.#timer);
    this.#isSlow = false;
    this.#error = error;
    this.#link = link;
    this.requestUpdate();
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CheckoutStateEvent('hsa-checkout-state', { state }));
  }
}
