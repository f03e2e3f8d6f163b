import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import {
  Checkout,
  warmUp,
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
import { isServer } from '../shared/is-server.js';
import { loadTranslation, translationFor } from '../shared/language.js';
import { loadDetails } from './load-details.js';
import { icon } from '../shared/icon.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { subscribers, type PageEvent } from '../shared/page-lifecycle.js';
import { errorText } from '../shared/strings.js';
import { button, shared } from '../shared/styles.js';

/**
 * Takes a shopper from the page's cart to the provider's hosted payment page: says what HSA/FSA money can pay for, asks the
 * merchant's endpoint for one checkout session, and goes to its URL.
 *
 * Its children are the fallback: they show only where the script does not run. A `<script type="application/json">` child
 * may hold the cart.
 *
 * @slot label - Replaces the words on the button. They must not claim more than the default ones.
 * @slot icon - Replaces the mark before the words, while the button is not busy.
 * @csspart button - The button.
 * @csspart label - The words on the button.
 * @csspart badge - What HSA/FSA money can pay for.
 * @csspart mark - The marks: a card with a cross on the button, and what the badge's words are of.
 * @csspart message - What went wrong and what to do next.
 * @csspart link - The link to a payment page that did not open by itself.
 * @cssprop --hsa-background - Background of the button.
 * @cssprop --hsa-color - Text of the button.
 * @cssprop --hsa-border-color - Edge of the button.
 * @cssprop --hsa-accent - Focus ring, and the mark in the badge.
 * @cssprop --hsa-error-color - Edge of the message, and a tint of it.
 * @cssprop --hsa-radius - Corners of the button, 8px by default.
 * @cssprop --hsa-height - Least height of the button, 48px by default; keep it at 44px or more (WCAG 2.5.5).
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @cssstate idle - Nothing is going on.
 * @cssstate creating - A session is being asked for.
 * @cssstate redirecting - The page is being left.
 * @cssstate error - It went wrong; a press tries again.
 * @cssstate unavailable - The cart or the configuration does not allow a checkout.
 * @fires {CheckoutStartEvent} hsa-checkout-start - Before the request. Cancelable. `cart`: ids, quantities, prices.
 * @fires {CheckoutSessionEvent} hsa-checkout-session - Before the page is left. Cancelable: go there yourself then.
 *   `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (the server asks for more than the page showed), `test`.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - Every failure. `code`, `message`, `retryable`, `retryAfterMs`, `fields`,
 *   `status`, `requestId`, `reason`.
 * @fires {CheckoutStateEvent} hsa-checkout-state - Every change of state. `state`.
 * @fires {EligibilityEvent} hsa-eligibility - What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
 */
export class CheckoutButton extends CartElement implements CheckoutHost {
  /** Makes a `<fieldset disabled>` around the button count, as for a `<button>`. */
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
   * What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide (`hsa_fsa_eligible`,
   * `requires_lmn`), then the endpoint is asked, once for the whole page.
   */
  declare eligibility?: Eligibility;
  /**
   * Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` stands for any host below.
   */
  declare checkoutHosts?: string;
  /**
   * What becomes of a cart whose customer or address the backend misses: `auto` (default) asks the shopper in a dialog, which
   * loads when it is first needed; `never` makes it the error `details_required`.
   */
  declare details?: 'auto' | 'never';
  /** What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it. */
  declare whenRegular?: 'show' | 'hide';
  /** Where the payment page opens: `self` (default), or `top` to leave a frame. */
  declare target?: 'self' | 'top';
  /** Makes the button unusable, as on a `<button>`: the property is the attribute. */
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

  /** What the button is doing, in CSS `:state(creating)` and the like. */
  get state(): ButtonState {
    return this.#checkout.state;
  }

  /** Starts a checkout as a press does. Settles when the page is about to be left, or after the event of what stopped it. */
  async checkout(): Promise<void> {
    if (!this.#isDisabled) await this.#checkout.start();
  }

  /** Presses the button, as on a `<button>`. */
  override click(): void {
    this.shadowRoot?.querySelector('button')?.click();
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#isFormDisabled;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    subscribers.add(this);
    // The parser may connect the element before its JSON child is there.
    this.#children ??= new MutationObserver(() => void this.read());
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
    if (this.hasUpdated) void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    subscribers.delete(this);
    this.#children?.disconnect();
    // Not at once: a page that moves the element takes it out and puts it in again.
    queueMicrotask(() => this.isConnected || this.#checkout.cancel());
  }

  /** @internal Called when the element's own attribute or a `<fieldset disabled>` around it disables or enables the element. */
  formDisabledCallback(isDisabled: boolean): void {
    this.#isFormDisabled = isDisabled;
    this.requestUpdate();
  }

  /**
   * @internal Back from the payment page, or online again: nothing to wait for, and nothing to complain of. Or the parser is
   * through, and what it had brought before made no cart.
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
  async loadDetails(there?: DetailsDialog): Promise<DetailsDialog | undefined> {
    // Where the words' language is told; nothing while the button is hidden, and so nowhere to ask.
    const root = this.renderRoot.querySelector('div');
    if (this.details === 'never' || !root) return undefined;
    if (there) {
      // A button that was hidden meanwhile has a root anew.
      if (!root.contains(there as DetailsDialog & Node)) root.append(there as DetailsDialog & Node);
      return there;
    }
    await loadTranslation(this, this.language);
    const host = {
      root,
      words: () => this.texts,
      translation: () => translationFor(this.language)?.details,
      isSlow: () => this.#checkout.isSlow,
      cancel: () => this.#checkout.cancel(),
      focus: () => this.focus(),
    };
    return loadDetails(host, this);
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

  protected async resolveEligibility(asking: EligibilityOptions): Promise<CartEligibility | undefined> {
    const found = await this.#checkout.refreshCart();
    this.#sessionType = undefined;
    return found && resolveCartEligibility(found.cart, this.eligibility ? undefined : found.endpoint, asking);
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
      // Older browsers have no custom states, or only such as begin with two dashes.
    }
  }

  protected content(): unknown {
    const { texts } = this;
    const { state, error, link, priceIncrease, isBusy, isSlow, isTest } = this.#checkout;
    const isRegular = this.displayed.eligibility === 'regular';
    // Not once there is a session: what comes of it must be seen.
    if (isRegular && !this.#sessionType && this.whenRegular === 'hide') return nothing;
    const busy = isBusy && (isSlow ? texts.waiting : texts.creating) + (isTest ? ` (${texts.test})` : '');
    const label =
      error?.code === 'session_closed'
        ? texts.buyAgain
        : isRegular || priceIncrease
          ? texts.continue
          : texts.pay;
    const message = error
      ? errorText(texts, error)
      : priceIncrease &&
        this.fillAmounts(texts.repriced, {
          totalCents: priceIncrease.totalCents ?? priceIncrease.subtotalCents,
        });
    // Without a type: no form reaches a button in a shadow root.
    const control = html`<button
      part="button"
      ?disabled=${this.#isDisabled}
      aria-disabled=${isBusy || state === 'unavailable' || nothing}
      aria-busy=${isBusy || nothing}
      aria-describedby=${isRegular ? nothing : 'badge'}
      @pointerenter=${warmUp}
      @focus=${warmUp}
      @click=${this.checkout}
    >
      ${busy ? icon(state) : html`<slot name="icon">${isRegular ? '' : icon(state)}</slot>`}
      <span part="label">${busy || html`<slot name="label">${label}</slot>`}</span>
    </button>`;
    // Until the element wakes up, its children can be pressed in the place of the button: they stand in the slot around it.
    return html`${isServer ? html`<slot>${control}</slot>` : control} ${this.badge()}
      <div role="status">${busy || ''}</div>
      <div role="alert">${message && html`<div part="message">${message}</div>`}</div>
      ${link && html`<a part="link" href=${link} target="_${this.target || 'self'}">${texts.continue}</a>`}`;
  }
}
