import { css, html, type PropertyValues } from 'lit';
import {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  endSession,
  lastSession,
  tabStorage,
  readStatus,
  type JsonObject,
  type StatusReading,
  type StatusRequest,
} from '../../client/index.js';
import { CheckoutError, parseUrl, toJson } from '../../core/index.js';
import type { ReceiptView } from '../receipt/receipt.js';
import { CheckoutElement } from '../shared/checkout-element.js';
import { loadTranslation, translationFor } from '../shared/language.js';
import { loadOptional } from '../shared/load-optional.js';
import { statusEn, type ReceiptStrings, type StatusStrings } from '../locales/en.js';
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
/** The outcomes that do not change any more. */
const FINAL = /^(paid|refunded|expired|failed|cancelled|missing)$/;

/**
 * Shows the outcome of a checkout on the return page, as a receipt once it is final. It polls the merchant's endpoint for up to 90 seconds, and shows the
 * session as paid only when the server confirms it. Fulfil orders from the webhook, never from this page.
 *
 * @csspart message - The outcome of the checkout in a sentence.
 * @csspart mark - The icon: it rotates while the outcome is pending. Each outcome has its own: a tick in a circle for paid, a cross
 *   for failed, an arrow back for cancelled, a clock for expired, an arrow that turns round for refunded, a question mark for missing.
 * @csspart heading - The outcome as a heading of level 2, with the icon.
 * @csspart summary - The list of amount, cards, reference and date: a `dl` with a `div` for each pair.
 * @csspart continue - The link back to the shop, shaped as a button.
 * @csspart retry - The link to start again, shaped as a button.
 * @csspart print - The button that saves or prints the itemised receipt.
 * @cssprop --hsa-accent - Colour of the icon and of the focus ring. Default of the icon: the colour of the text.
 * @cssprop --hsa-background - Background of the main link.
 * @cssprop --hsa-color - Text colour of the main link. Default: black or white, whichever has more contrast with
 *   `--hsa-background`, if that is a colour.
 * @cssprop --hsa-border-color - Border colour of the main link.
 * @cssprop --hsa-radius - Border radius of the links and the button. Default: `8px`.
 * @cssprop --hsa-height - Height of the links and the button, at least 44px. Default: `48px`.
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
        color: var(--hsa-accent, inherit);
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
    continueHref: { attribute: 'continue-href' },
    /** @internal */
    outcome: { state: true },
  };

  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  declare checkoutId?: string;
  /** The session's status token, 1 to 512 characters. */
  declare token?: string;
  /**
   * URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
   * there is no link.
   */
  declare retryHref?: string;
  /**
   * URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
   * there is no link.
   */
  declare continueHref?: string;
  /** Texts that replace the built-in ones, by key. */
  declare strings?: Partial<StatusStrings & ReceiptStrings>;
  /** @internal */
  declare outcome: keyof StatusStrings;
  /** The request whose outcome is shown, as JSON. */
  #lastRequest?: string;
  /** The server's response for a session that has ended; with the receipt, if this tab may have it. */
  #answer?: JsonObject;
  /** Renders the outcome as a receipt, when its file is loaded. */
  #receipt?: ReceiptView;
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
    const { outcome, textLang: lang, textDir: dir } = this;
    const texts = this.#texts;
    const isBusy = /^(confirming|retrying)$/.test(outcome);
    const iconName = isBusy ? 'creating' : outcome === 'paid' ? 'eligible' : '';
    const receipt = FINAL.test(outcome) ? this.#receipt : undefined;
    const link = this.#isPaid ? undefined : this.#href;
    return html`${receipt?.heading}
      <p part="message" role="status" ?data-busy=${isBusy} lang=${lang} dir=${dir}>
        ${receipt ? '' : icon(iconName)} <span>${texts[outcome]}</span>
      </p>
      ${receipt?.content ?? (link && html`<a part="retry" href=${link} lang=${lang} dir=${dir}>${texts.retry}</a>`)}`;
  }

  get #texts(): StatusStrings & Partial<ReceiptStrings> {
    return { ...statusEn, ...translationFor(this.language)?.status, ...this.strings };
  }

  get #isPaid(): boolean {
    return /^(paid|refunded)$/.test(this.outcome);
  }

  /** The URL of the way on, once the outcome is final. Other URLs than web addresses are left out: they could run a script. */
  get #href(): string | undefined {
    const href = this.#isPaid ? this.continueHref : this.retryHref;
    const isWeb = href && /^https?:$/.test(parseUrl(href, this.baseURI)?.protocol ?? '');
    return isWeb && FINAL.test(this.outcome) ? href : undefined;
  }

  protected override updated(changed: PropertyValues<CheckoutStatus>): void {
    if (!this.#polling || changed.has('locale') || changed.has('assets'))
      void loadTranslation(this, this.language);
    const isNew =
      !this.#polling || changed.has('endpoint') || changed.has('checkoutId') || changed.has('token');
    // Lit also updates an element that has been disconnected meanwhile.
    if (isNew && this.isConnected) void this.#start();
    if (changed.has('outcome') || changed.has('assets')) void this.#loadReceipt();
  }

  /** Loads the file that renders a final outcome as a receipt. Without it the element shows its text and the link. */
  async #loadReceipt(): Promise<void> {
    if (this.#receipt || !FINAL.test(this.outcome)) return;
    const module = await loadOptional('receipt', this);
    this.#receipt ??= module?.createReceipt({
      element: this,
      outcome: () => this.outcome,
      answer: () => this.#answer,
      href: () => this.#href,
      texts: () => this.#texts,
      translation: () => translationFor(this.language),
      language: () => this.textLanguage,
      lang: () => this.textLang,
      dir: () => this.textDir,
    });
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
      if (json !== this.#lastRequest) {
        this.outcome = 'confirming';
        this.#answer = undefined;
      }
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
      this.#answer = undefined;
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
        const reading = await readStatus(request);
        if (signal.aborted) return;
        const { checkoutId, status, reason } = reading;
        if (status !== 'open') {
          this.outcome = reason ?? status;
          this.#answer = reading.answer;
          void this.#readReceipt(reading, request);
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

  /**
   * Reads the status again with this tab's own status token, if the server has a receipt. It gives the items to no return token,
   * because they say something about the shopper's health.
   */
  async #readReceipt({ answer, checkoutId }: StatusReading, request: StatusRequest): Promise<void> {
    const last = lastSession();
    if (answer['has_receipt'] !== true || last?.checkoutId !== checkoutId) return;
    try {
      const own = await readStatus({ ...request, checkoutId, token: last.statusToken });
      if (this.#answer === answer) this.#answer = own.answer;
      this.requestUpdate();
    } catch (error) {
      if (!request.signal?.aborted) console.warn(`<${this.localName}> No receipt: ${String(error)}`);
    }
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
