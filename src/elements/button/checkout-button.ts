import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
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
import type { Messages } from '../message/message.js';
import { CartElement } from '../shared/cart-element.js';
import { readCart } from '../shared/cart-source.js';
import { resolveCartEligibility } from '../shared/cart-eligibility.js';
import { loadTranslation, translationFor } from '../shared/language.js';
import { loadOptional } from '../shared/load-optional.js';
import { buttonContent } from './button-content.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { subscribers, type PageEvent } from '../shared/page-lifecycle.js';
import { button, shared } from '../shared/styles.js';

/**
 * Takes a shopper from the page's cart to the provider's hosted payment page. Shows which part of the cart HSA/FSA money can
 * pay for, requests one checkout session from the merchant's endpoint, and opens the session's URL.
 *
 * Its children are the fallback: they are visible when the script does not run, and when the page's cart or configuration is
 * wrong. A `<script type="application/json">` child
 * can hold the cart.
 *
 * @slot label - Replaces the text of the button. It must not claim more than the default text does.
 * @slot alternative - Another way to pay, such as a link to the shop's own checkout. It is visible in a message after the second
 *   failure in a row, and after an error that a retry cannot correct.
 * @slot icon - Replaces the icon before the text, while the button is not busy.
 * @csspart button - The button.
 * @csspart label - The text of the button.
 * @csspart badge - The eligibility of the cart: one line below the button, or a line with an amount for each part of the cart.
 * @csspart line - A part of a mixed cart with its amount.
 * @csspart learn-more - The button that opens the explanation of HSA, FSA and the letter.
 * @csspart mark - The icons: a card with a cross in the button, and the icons of the eligibility in the badge.
 * @csspart message - The message after an error, with the next step.
 * @csspart price - The message after a price increase, with the old and the new amount.
 * @csspart outcome - The message after a payment page that the shopper has cancelled or where the payment failed.
 * @csspart link - The link to the payment page, shown when the browser did not open that page.
 * @cssprop --hsa-background - Background of the button.
 * @cssprop --hsa-color - Text colour of the button. Default: black or white, whichever has more contrast with
 *   `--hsa-background`, if that is a colour.
 * @cssprop --hsa-border-color - Border colour of the button.
 * @cssprop --hsa-accent - Outer colour of the focus ring.
 * @cssprop --hsa-error-color - Border colour of the error message, and a 10 % tint of it as background.
 * @cssprop --hsa-radius - Border radius of the button. Default: `8px`.
 * @cssprop --hsa-height - Height of the button, at least as high as its text. Default: `48px`. Keep it at 44px or more (WCAG 2.5.5).
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @cssstate idle - No checkout is in progress.
 * @cssstate creating - A session is being requested.
 * @cssstate confirm - The price has risen; the next press accepts it.
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
    badge: { reflect: true },
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
  /**
   * Where the badge is: `below` the button (default), `above` it, or `none`. In a row of buttons that must have the same height,
   * choose `none`, and place an `<hsa-eligibility-badge>` with the same cart under the row.
   */
  declare badge?: 'below' | 'above' | 'none';
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
  /** Renders the messages, when its file is loaded. */
  #messages?: Messages;
  #isFormDisabled = false;

  /**
   * The state of the checkout: `idle`, `creating`, `confirm`, `redirecting`, `error` or `unavailable`. CSS selects it with
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
    await this.loadMessages();
    return this.details === 'never' ? undefined : this.#messages?.loadDetails(existing);
  }

  /** @internal */
  async loadMessages(): Promise<void> {
    const module = await loadOptional('message', this);
    await loadTranslation(this, this.language);
    this.#messages ??= module?.createMessages({
      element: this,
      checkout: this.#checkout,
      texts: () => this.texts,
      translation: () => translationFor(this.language),
      language: () => this.textLanguage,
      loadDetails: () => loadOptional('details', this),
    });
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
    if (/[?&]hsa_checkout=/.test(location.search)) void this.loadMessages();
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
    const { texts, target, badge } = this;
    const checkout = this.#checkout;
    const { error, isQuiet } = checkout;
    // A mistake of the page is not the shopper's business: they see the children of the element, such as a link.
    if (isQuiet && (error!.code === 'invalid_config' || error!.details.fields)) return html`<slot></slot>`;
    const isRegular = this.displayed.eligibility === 'regular';
    // Once a session exists, the button stays visible also for a regular cart, so that the shopper sees the outcome.
    if (isRegular && !this.#sessionType && this.whenRegular === 'hide') return nothing;
    const view = {
      texts,
      language: this.textLanguage,
      isRegular,
      isDisabled: this.#isDisabled,
      target,
      // After a price increase the page's amounts are outdated: the message has the session's.
      badge: badge === 'none' || checkout.priceIncrease ? '' : this.renderBadge(),
      press: () => void this.checkout(),
    };
    return buttonContent(view, checkout, this.#messages);
  }
}
