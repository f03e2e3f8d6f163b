import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { lastSession, pageStore, readStatus, type StatusRequest } from '../client/index.js';
import { CheckoutError, endpointUrl } from '../core/index.js';
import { VERSION } from '../version.js';
import { CheckoutErrorEvent, CheckoutPaidEvent } from './events.js';
import { statusEn, type StatusStrings } from './status-strings.js';
import { shared } from './styles.js';

/** Waits between two questions, in milliseconds; the last one repeats until {@link PATIENCE_MS}. */
const WAITS_MS = [2_000, 3_000, 5_000, 8_000, 13_000];
/** How long an open session is asked for, counted in waits, before the shopper is told to look at their e-mail. */
const PATIENCE_MS = 90_000;
/** After how much of it the shopper is told. */
const UNCONFIRMED_MS = 60_000;

/**
 * Says on the return page what became of a checkout: asks the merchant's endpoint, waits while the payment settles, and
 * says paid only when the server does. Fulfil orders from the webhook, never from this page.
 *
 * @csspart message - What became of the checkout.
 * @csspart retry - The link to start again.
 * @fires {CheckoutPaidEvent} hsa-checkout-paid - The session is paid; once for each session, reloads included.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - The session cannot be found, or the endpoint cannot be asked.
 */
export class CheckoutStatus extends LitElement {
  /** The version of the package. */
  static readonly version = VERSION;
  static override readonly styles = [
    shared,
    css`
      p {
        margin: 0;
      }
    `,
  ];
  static override readonly properties = {
    endpoint: {},
    checkoutId: { attribute: 'checkout-id' },
    token: {},
    retryHref: { attribute: 'retry-href' },
    theme: {},
    strings: { attribute: false },
    /** @internal */
    outcome: { state: true },
  };

  /** URL of the merchant's checkout handler. */
  declare endpoint?: string;
  /** The session's id. Default: the return token in the page's URL, then the session that this tab left for. */
  declare checkoutId?: string;
  /** The session's status token. */
  declare token?: string;
  /** Where "Start again" leads, such as the cart. No link without it. */
  declare retryHref?: string;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  declare theme?: 'auto' | 'light' | 'dark' | 'outline';
  /** Words to use instead of the shipped ones, by key. */
  declare strings?: Partial<StatusStrings>;
  /** @internal */
  declare outcome: keyof StatusStrings;
  #watch?: AbortController;

  constructor() {
    super();
    this.outcome = 'confirming';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.abort();
  }

  protected override willUpdate(changed: PropertyValues<CheckoutStatus>): void {
    if (changed.has('endpoint') || changed.has('checkoutId') || changed.has('token')) this.#start();
  }

  protected override render() {
    const words = { ...statusEn, ...this.strings };
    const { outcome, retryHref } = this;
    const isOver = /^(expired|failed|cancelled|missing)$/.test(outcome);
    return html`<p part="message" role="status">${words[outcome]}</p>
      ${isOver && retryHref ? html`<a part="retry" href=${retryHref}>${words.retry}</a>` : nothing}`;
  }

  #start(): void {
    this.#watch?.abort();
    const { signal } = (this.#watch = new AbortController());
    let request: StatusRequest;
    try {
      request = this.#find(signal);
    } catch (error) {
      return this.#fail(error as CheckoutError);
    }
    void this.#poll(request, signal);
  }

  /** Which session: by attributes, else by the return token in the URL, else the one that this tab left for. */
  #find(signal: AbortSignal): StatusRequest {
    const endpoint = endpointUrl(this.endpoint, document.baseURI);
    const returned = new URLSearchParams(location.search).get('hsa_checkout');
    const last = lastSession();
    const [checkoutId, token] = this.token
      ? [this.checkoutId, this.token]
      : returned
        ? [undefined, returned]
        : [last?.checkoutId, last?.statusToken];
    if (!token || !/^[\w.-]{1,512}$/.test(token))
      throw new CheckoutError('invalid_config', 'There is no session to ask for: set checkout-id and token');
    return { endpoint, checkoutId, token, signal };
  }

  async #poll(request: StatusRequest, signal: AbortSignal): Promise<void> {
    let waitedMs = 0;
    for (let i = 0; waitedMs <= PATIENCE_MS; i++) {
      try {
        const { checkoutId, status, reason } = await readStatus(request);
        if (signal.aborted) return;
        if (status !== 'open') {
          this.outcome = reason ?? status;
          if (status === 'paid') this.#celebrate(checkoutId);
          return;
        }
        this.outcome = waitedMs < UNCONFIRMED_MS ? 'confirming' : 'unconfirmed';
      } catch (error) {
        if (signal.aborted) return;
        if (!(error as CheckoutError).retryable) return this.#fail(error as CheckoutError);
        this.outcome = 'retrying';
      }
      const waitMs = WAITS_MS[Math.min(i, WAITS_MS.length - 1)]!;
      await pause(waitMs, signal);
      if (signal.aborted) return;
      waitedMs += waitMs;
    }
    this.outcome = 'unconfirmed';
  }

  #celebrate(checkoutId: string): void {
    const name = `paid ${checkoutId}`;
    if (pageStore.get(name)) return;
    pageStore.set(name, '1');
    this.dispatchEvent(new CheckoutPaidEvent('hsa-checkout-paid', { checkoutId }));
  }

  #fail({ code, message, retryable, details }: CheckoutError): void {
    this.outcome = 'missing';
    this.dispatchEvent(
      new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable }),
    );
  }
}

/** Waits until the time has passed and the page is visible, or the signal ends it. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (document.hidden && !signal.aborted)
    await new Promise<unknown>((resolve) => {
      document.addEventListener('visibilitychange', resolve, { once: true, signal });
      signal.addEventListener('abort', resolve);
    });
}
