import { nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import {
  Checkout,
  type EligibilityOptions,
  type CheckoutHost,
  type DetailsDialog,
  type Purchase,
} from '../../client/index.js';
import type { CheckoutType } from '../../contract/index.js';
import {
  displayedEligibility,
  type ButtonState,
  type CartEligibility,
  type Eligibility,
} from '../../core/index.js';
import { CartElement } from '../shared/cart-element.js';
import { readCart } from '../shared/cart-source.js';
import { resolveCartEligibility } from '../shared/cart-eligibility.js';
import { translationFor } from '../shared/language.js';
import { buttonContent } from './button-content.js';
import { loadDetails } from './load-details.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { subscribers, type PageEvent } from '../shared/page-lifecycle.js';
import { button, shared } from '../shared/styles.js';

/**
 * Takes a shopper from the page's cart to the provider's hosted payment page. Shows which part of the cart HSA/FSA money can
 * pay for, requests one checkout session from the merchant's endpoint, and opens the session's URL.
 *
 * Its children are the fallback: they are visible only when the script does not run. A `<script type="application/json">` child
 * can hold the cart.
 *
 * @slot label - Replaces the text of the button. It must not claim more than the default text does.
 * @slot icon - Replaces the icon before the text, while the button is not busy.
 * @csspart button - The button.
 * @csspart label - The text of the button.
 * @csspart badge - The line below the button with the eligibility of the cart.
 * @csspart mark - The icons: a card with a cross in the button, and the icon of the eligibility in the badge.
 * @csspart message - The message after an error, with the next step.
 * @csspart link - The link to the payment page, shown when the browser did not open that page.
 * @cssprop --hsa-background - Background of the button.
 * @cssprop --hsa-color - Text colour of the button.
 * @cssprop --hsa-border-color - Border colour of the button.
 * @cssprop --hsa-accent - Colour of the focus ring and of the badge's icon.
 * @cssprop --hsa-error-color - Border colour of the error message, and a 10 % tint of it as background.
 * @cssprop --hsa-radius - Border radius of the button. Default: `8px`.
 * @cssprop --hsa-height - Minimum height of the button. Default: `48px`; keep it at 44px or more (WCAG 2.5.5).
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @cssstate idle - No checkout is in progress.
 * @cssstate creating - A session is being requested.
 * @cssstate redirecting - The payment page is opening.
 * @cssstate error - The last checkout failed; a press tries again.
 * @cssstate unavailable - The cart or the configuration does not allow a checkout.
 * @fires {CheckoutStartEvent} hsa-checkout-start - Fires before the request for a session. Cancel it to end the checkout
 *   without an error. Field: `cart`, with the lines' ids, quantities and prices.
 * @fires {CheckoutSessionEvent} hsa-checkout-session - A session exists; the payment page opens next. Cancel the event to open
 *   `checkoutUrl` yourself. Fields: `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (whether the server's
 *   price is higher than the page's), `test`.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - Fires on every failure. Fields: `code`, `message`, `retryable`,
 *   `retryAfterMs`, `fields`, `status`, `requestId`, `reason`.
 * @fires {CheckoutStateEvent} hsa-checkout-state - Fires on every change of state. Field: `state`.
 * @fires {EligibilityEvent} hsa-eligibility - The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`,
 *   `totalCents`.
 */
export class CheckoutButton extends CartElement implements CheckoutHost {
  /** Lets a `<fieldset disabled>` around the element disable it, as for a `<button>`. */
  static readonly formAssociated = true;
  static override readonly styles = [shared, button];
  static override readonly properties: PropertyDeclarations = {
    eligibility: {},
    checkoutHosts: { attribute: 'checkout-hosts' },
    details: {},
    whenRegular: { attribute: 'when-regular' },
    target: {},
    disabled: { type: Boolean, noAccessor: true },
  };

  /**
   * The eligibility of the cart, when the page knows it: `eligible`, `lmn`, `split` or `regular`. Default: from the fields
   * `hsa_fsa_eligible` and `requires_lmn` of the lines. For lines without them it comes from the endpoint, in one request for
   * all elements of the page.
   */
  declare eligibility?: Eligibility;
  /**
   * Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` matches every subdomain.
   */
  declare checkoutHosts?: string;
  /**
   * Whether the shopper can enter contact or address fields that the backend requires and the cart lacks. `auto` (default)
   * shows a dialog, which loads on first use; `never` reports the error `details_required`.
   */
  declare details?: 'auto' | 'never';
  /** The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it. */
  declare whenRegular?: 'show' | 'hide';
  /** Where the payment page opens: `self` (default) is the page's own frame, `top` is the whole window. */
  declare target?: 'self' | 'top';
  /** Disables the button, as on a `<button>`. The property reflects the attribute. */
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(isDisabled: boolean | null | undefined) {
    this.toggleAttribute('disabled', !!isDisabled);
    this.requestUpdate();
  }

  readonly #checkout = new Checkout(this);
  // happy-dom has no `attachInternals`.
  readonly #internals = this.attachInternals?.() as ElementInternals | undefined;
  #children?: MutationObserver;
  #sessionType?: Eligibility;
  #isFormDisabled = false;

  /**
   * The state of the checkout: `idle`, `creating`, `redirecting`, `error` or `unavailable`. CSS selects it with
   * `:state(creating)`.
   */
  get state(): ButtonState {
    return this.#checkout.state;
  }

  /**
   * Starts a checkout, as a press does. Resolves when the payment page is opening, or after the event for the error or
   * cancellation that ended the checkout.
   */
  async checkout(): Promise<void> {
    if (!this.#isDisabled) await this.#checkout.start();
  }

  /** Presses the button, as `click()` of a `<button>` does. */
  override click(): void {
    this.shadowRoot?.querySelector('button')?.click();
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#isFormDisabled;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    subscribers.add(this);
    // Reads the cart again when the children change: the parser may connect the element before it has read the JSON child.
    this.#children ??= new MutationObserver(() => void this.read());
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
    if (this.hasUpdated) void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    subscribers.delete(this);
    this.#children?.disconnect();
    // In a microtask, because moving an element disconnects it and connects it again in one task.
    queueMicrotask(() => this.isConnected || this.#checkout.cancel());
  }

  /** @internal Called when the `disabled` attribute, or a `<fieldset>` around the element, disables or enables it. */
  formDisabledCallback(isDisabled: boolean): void {
    this.#isFormDisabled = isDisabled;
    this.requestUpdate();
  }

  /**
   * @internal Reads the cart again in three cases: the page returns from the back/forward cache, the browser is online again
   * after an `offline` error, or the document has been parsed and the button is `unavailable`, because the cart was incomplete
   * before. In the first two cases a running checkout is cancelled and an error is removed.
   */
  handlePageEvent({ type, persisted }: PageEvent): void {
    const isUnavailable = this.state === 'unavailable';
    if (!(type === 'online' ? this.#checkout.error?.code === 'offline' : (persisted ?? isUnavailable)))
      return;
    if (!isUnavailable) this.#checkout.cancel();
    void this.read();
  }

  /** @internal */
  readPurchase(): Purchase | Promise<Purchase> {
    const endpoint = readEndpoint(this);
    const cart = readCart(this);
    return 'then' in cart ? cart.then((cart) => ({ endpoint, cart })) : { endpoint, cart };
  }

  /** @internal */
  get hosts(): string[] {
    return (this.checkoutHosts || 'checkout.withgale.com').split(/\s+/).concat(location.host);
  }

  /** @internal */
  async loadDetails(existing?: DetailsDialog): Promise<DetailsDialog | undefined> {
    // The element with the `lang` of the texts. It does not exist while the button is hidden.
    const root = this.renderRoot.querySelector('div');
    if (this.details === 'never' || !root) return undefined;
    const host = {
      root,
      strings: () => this.texts,
      translation: () => translationFor(this.language)?.details,
      isSlow: () => this.#checkout.isSlow,
      cancel: () => this.#checkout.cancel(),
      focus: () => this.focus(),
    };
    return loadDetails(this, this.language, host, existing);
  }

  /** @internal */
  navigate(url: string): void {
    if (this.target === 'top') top!.location.href = url;
    else location.assign(url);
  }

  /** @internal */
  setSessionType(type?: CheckoutType): void {
    this.#sessionType = type;
    this.publish();
  }

  protected async resolveEligibility(options: EligibilityOptions): Promise<CartEligibility | undefined> {
    const purchase = await this.#checkout.refreshCart();
    this.#sessionType = undefined;
    if (!purchase) return undefined;
    return resolveCartEligibility(purchase.cart, this.eligibility ? undefined : purchase.endpoint, options);
  }

  protected override get displayed(): CartEligibility {
    return displayedEligibility(this.resolved, this.#sessionType, this.eligibility);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    try {
      const { states } = this.#internals!;
      states.clear();
      states.add(this.state);
    } catch {
      // Older browsers have no custom states, or require names that begin with two dashes.
    }
  }

  protected content(): unknown {
    const isRegular = this.displayed.eligibility === 'regular';
    // Once a session exists, the button stays visible also for a regular cart, so that the shopper sees the outcome.
    if (isRegular && !this.#sessionType && this.whenRegular === 'hide') return nothing;
    const { texts, language, target } = this;
    return buttonContent(
      { texts, language, isRegular, isDisabled: this.#isDisabled, target },
      this.#checkout,
      this.badge(),
      () => void this.checkout(),
    );
  }
}
