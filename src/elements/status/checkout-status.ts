import { css, html, nothing, type PropertyValues } from 'lit';
import {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  endSession,
  lastSession,
  tabStorage,
  readStatus,
  type StatusRequest,
} from '../../client/index.js';
import { CheckoutError, toJson } from '../../core/index.js';
import { CheckoutElement } from '../shared/checkout-element.js';
import { loadTranslation, translationFor } from '../shared/language.js';
import { statusEn, type StatusStrings } from '../locales/en.js';
import { icon } from '../shared/icon.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { sleepWhileVisible, afterPageScripts } from './page-timing.js';
import { shared } from '../shared/styles.js';

/** Waits between two requests, in milliseconds; the last one repeats. */
const POLL_INTERVALS_MS = [2_000, 3_000, 5_000, 8_000, 13_000];
/**
 * Total wait after which an open session is shown as unconfirmed, in milliseconds. After each wait polling pauses while the
 * page is hidden; this pause does not count.
 */
const UNCONFIRMED_AFTER_MS = 60_000;
/** Total wait after which polling ends, in milliseconds. */
const GIVE_UP_AFTER_MS = 90_000;

/**
 * Shows the outcome of a checkout on the return page. It polls the merchant's endpoint for up to 90 seconds, and shows the
 * session as paid only when the server confirms it. Fulfil orders from the webhook, never from this page.
 *
 * @csspart message - The outcome of the checkout.
 * @csspart mark - The icon: it rotates while the outcome is pending, and is a tick after a payment.
 * @csspart retry - The link to start again.
 * @cssprop --hsa-accent - Colour of the icon and of the focus ring.
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @fires {CheckoutPaidEvent} hsa-checkout-paid - The session is paid. Fires once for each session in a tab, even if the
 *   page is reloaded. Field: `checkoutId`.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - The session does not exist, or the endpoint does not answer. Fires once
 *   for a series of failed requests. It has the same fields as the button's `hsa-checkout-error`.
 */
export class CheckoutStatus extends CheckoutElement {
  static override readonly styles = [
    shared,
    css`
      p {
        margin: 0;
        padding: 0;
      }
      svg {
        color: var(--hsa-accent, var(--_edge));
      }
      @media (prefers-reduced-motion: no-preference) {
        [data-busy] svg {
          animation: spin 1s linear infinite;
        }
      }
      @keyframes spin {
        to {
          rotate: 1turn;
        }
      }
    `,
  ];
  static override readonly properties = {
    checkoutId: { attribute: 'checkout-id' },
    token: {},
    retryHref: { attribute: 'retry-href' },
    /** @internal */
    outcome: { state: true },
  };

  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  declare checkoutId?: string;
  /** The session's status token, 1 to 512 characters. */
  declare token?: string;
  /** URL of the "Start again" link, such as the cart's. Without it there is no link. */
  declare retryHref?: string;
  /** Texts that replace the built-in ones, by key. */
  declare strings?: Partial<StatusStrings>;
  /** @internal */
  declare outcome: keyof StatusStrings;
  /** The request whose outcome is shown, as JSON. */
  #lastRequest?: string;
  #polling?: AbortController;

  constructor() {
    super();
    this.outcome = 'confirming';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#polling?.abort();
  }

  protected override render(): unknown {
    const texts = { ...statusEn, ...translationFor(this.language)?.status, ...this.strings };
    const { outcome, retryHref } = this;
    const isOver = /^(expired|failed|cancelled|missing)$/.test(outcome);
    const { textLang: lang, textDir: dir } = this;
    const isBusy = /ing$/.test(outcome);
    const iconName = isBusy ? 'creating' : outcome === 'paid' ? 'eligible' : '';
    return html`<p part="message" role="status" ?data-busy=${isBusy} lang=${lang} dir=${dir}>
        ${icon(iconName)} <span>${texts[outcome]}</span>
      </p>
      ${isOver && retryHref ? html`<a part="retry" href=${retryHref} lang=${lang} dir=${dir}>${texts.retry}</a>` : nothing}`;
  }

  protected override updated(changed: PropertyValues<CheckoutStatus>): void {
    if (!this.#polling || changed.has('locale') || changed.has('assets'))
      void loadTranslation(this, this.language);
    const isNew =
      !this.#polling || changed.has('endpoint') || changed.has('checkoutId') || changed.has('token');
    // Lit also updates an element that has been disconnected meanwhile.
    if (isNew && this.isConnected) void this.#start();
  }

  async #start(): Promise<void> {
    this.#polling?.abort();
    const { signal } = (this.#polling = new AbortController());
    // A screen reader announces only changes of a live region that already exists, so the region is rendered first.
    await this.updateComplete;
    if (signal.aborted) return;
    try {
      const [first, next] = this.#findSessions(signal);
      const json = toJson(first);
      if (json !== this.#lastRequest) this.outcome = 'confirming';
      this.#lastRequest = json;
      // A paid session stays paid, also when the endpoint changes or fails.
      if (this.outcome === 'paid') return;
      await this.#poll(first!, signal).catch((error: unknown) => {
        if (!next || (error as CheckoutError).code !== 'not_found') throw error;
        return this.#poll(next, signal);
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#lastRequest = undefined;
      this.outcome = 'missing';
      this.#fireError(error as CheckoutError);
    }
  }

  /**
   * The sessions to try, in this order. With the attribute `token`: only its session. Otherwise: the session of the return
   * token in the page's URL, then the last session of this tab, unless `checkout-id` is that of another one.
   */
  #findSessions(signal: AbortSignal): StatusRequest[] {
    const endpoint = readEndpoint(this);
    const returnToken = new URLSearchParams(location.search).get('hsa_checkout');
    const last = lastSession();
    const isLast = !this.checkoutId || this.checkoutId === last?.checkoutId;
    const candidates: { checkoutId?: string; token?: string | null }[] = this.token
      ? [{ checkoutId: this.checkoutId, token: this.token }]
      : [{ token: returnToken }, isLast && last ? { ...last, token: last.statusToken } : {}];
    const requests = candidates.flatMap(({ checkoutId, token }) =>
      token && /^[\w.-]{1,512}$/.test(token) ? { endpoint, checkoutId, token, signal } : [],
    );
    if (!requests.length)
      throw new CheckoutError('invalid_config', 'No session to show: set checkout-id and token');
    return requests;
  }

  async #poll(request: StatusRequest, signal: AbortSignal): Promise<void> {
    let waitedMs = 0;
    for (let i = 0; waitedMs <= GIVE_UP_AFTER_MS; i++) {
      try {
        const { checkoutId, status, reason } = await readStatus(request);
        if (signal.aborted) return;
        if (status !== 'open') {
          this.outcome = reason ?? status;
          if (status === 'paid') await this.#firePaid(checkoutId);
          else endSession(checkoutId);
          return;
        }
        this.outcome = waitedMs < UNCONFIRMED_AFTER_MS ? 'confirming' : 'unconfirmed';
      } catch (error) {
        if (signal.aborted || !(error as CheckoutError).retryable) throw error;
        if (this.outcome !== 'retrying') this.#fireError(error as CheckoutError);
        this.outcome = 'retrying';
      }
      const leftMs = UNCONFIRMED_AFTER_MS - waitedMs;
      const waitMs = Math.min(
        POLL_INTERVALS_MS[i] ?? POLL_INTERVALS_MS.at(-1)!,
        leftMs > 0 ? leftMs : Infinity,
      );
      await sleepWhileVisible(waitMs, signal);
      if (signal.aborted) return;
      waitedMs += waitMs;
    }
    this.outcome = 'unconfirmed';
  }

  async #firePaid(checkoutId: string): Promise<void> {
    await afterPageScripts();
    const key = `paid ${checkoutId}`;
    // Skip when disconnected: the event would have no listeners. The element that replaces this one fires it.
    if (!this.isConnected || tabStorage.get(key)) return;
    tabStorage.set(key, '1');
    this.dispatchEvent(new CheckoutPaidEvent('hsa-checkout-paid', { checkoutId }));
  }

  #fireError({ code, message, retryable, details }: CheckoutError): void {
    console.error(`<${this.localName}> ${code}: ${message}`);
    this.dispatchEvent(
      new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable }),
    );
  }
}
