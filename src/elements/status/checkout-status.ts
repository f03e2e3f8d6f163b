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
import { VERSION } from '../../version.js';
import {
  subscribeToLang,
  langIfNotPageLang,
  loadTranslation,
  nearestLang,
  translationFor,
  unsubscribeFromLang,
} from '../shared/language.js';
import { statusEn, type StatusStrings } from '../locales/en.js';
import { icon } from '../shared/icon.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { sleepWhileVisible, afterPageScripts } from './page-timing.js';
import { EmptyRootElement } from '../shared/render-root.js';
import { shared } from '../shared/styles.js';

/** Waits between two questions, in milliseconds; the last one repeats. */
const POLL_INTERVALS_MS = [2_000, 3_000, 5_000, 8_000, 13_000];
/** After how long an open session is called unconfirmed, counted in waits: time in which the page is hidden is none. */
const UNCONFIRMED_AFTER_MS = 60_000;
/** How long it is asked for at all. */
const GIVE_UP_AFTER_MS = 90_000;

/**
 * Says on the return page what became of a checkout: asks the merchant's endpoint, waits while the payment settles, and
 * says paid only when the server does. Fulfil orders from the webhook, never from this page.
 *
 * @csspart message - What became of the checkout.
 * @csspart mark - The mark: what is under way turns, what is paid has a tick.
 * @csspart retry - The link to start again.
 * @cssprop --hsa-accent - Colour of the mark, and the focus ring.
 * @cssprop --hsa-font - `font` shorthand of the whole element.
 * @fires {CheckoutPaidEvent} hsa-checkout-paid - The session is paid; once for each session, reloads included. `checkoutId`.
 * @fires {CheckoutErrorEvent} hsa-checkout-error - The session cannot be found, or the endpoint cannot be asked: once, until it
 *   can be asked again. The fields are those of the button's.
 */
export class CheckoutStatus extends EmptyRootElement {
  /** The version of the package. */
  static readonly version = VERSION;
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
    endpoint: {},
    checkoutId: { attribute: 'checkout-id' },
    token: {},
    retryHref: { attribute: 'retry-href' },
    theme: { reflect: true },
    locale: {},
    assets: {},
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
  /** BCP 47 language of the words. Default: the nearest `lang`, outside of shadow roots too. */
  declare locale?: string;
  /**
   * URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   */
  declare assets?: string;
  /** Words to use instead of the shipped ones, by key. */
  declare strings?: Partial<StatusStrings>;
  /** @internal */
  declare outcome: keyof StatusStrings;
  /** The session that the outcome is of. */
  #lastRequest?: string;
  #polling?: AbortController;

  constructor() {
    super();
    this.outcome = 'confirming';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    subscribeToLang(this);
    if (this.hasUpdated) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    unsubscribeFromLang(this);
    this.#polling?.abort();
  }

  protected override render(): unknown {
    const words = { ...statusEn, ...translationFor(this.#language)?.status, ...this.strings };
    const { outcome, retryHref } = this;
    const isOver = /^(expired|failed|cancelled|missing)$/.test(outcome);
    const lang = this.strings ? nothing : langIfNotPageLang(this, this.#language);
    const dir = lang === nothing ? lang : 'ltr';
    const isBusy = /ing$/.test(outcome);
    const drawn = isBusy ? 'creating' : outcome === 'paid' ? 'eligible' : '';
    return html`<p part="message" role="status" ?data-busy=${isBusy} lang=${lang} dir=${dir}>
        ${icon(drawn)} <span>${words[outcome]}</span>
      </p>
      ${isOver && retryHref ? html`<a part="retry" href=${retryHref} lang=${lang} dir=${dir}>${words.retry}</a>` : nothing}`;
  }

  get #language(): string {
    return this.locale || nearestLang(this);
  }

  protected override updated(changed: PropertyValues<CheckoutStatus>): void {
    if (!this.#polling || changed.has('locale') || changed.has('assets'))
      void loadTranslation(this, this.#language);
    const isNew =
      !this.#polling || changed.has('endpoint') || changed.has('checkoutId') || changed.has('token');
    // Lit renders an element that has left the page in the meantime, too.
    if (isNew && this.isConnected) void this.#start();
  }

  async #start(): Promise<void> {
    this.#polling?.abort();
    const { signal } = (this.#polling = new AbortController());
    // A live region speaks of what changes in it: it is there first.
    await this.updateComplete;
    if (signal.aborted) return;
    try {
      const [first, next] = this.#findSessions(signal);
      const asked = toJson(first);
      if (asked !== this.#lastRequest) this.outcome = 'confirming';
      this.#lastRequest = asked;
      // What was paid stays paid, whatever becomes of the endpoint.
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

  /** Which session: by attributes; else by the return token in the URL, and then the one that this tab left for. */
  #findSessions(signal: AbortSignal): StatusRequest[] {
    const endpoint = readEndpoint(this);
    const returned = new URLSearchParams(location.search).get('hsa_checkout');
    const last = lastSession();
    const isLast = !this.checkoutId || this.checkoutId === last?.checkoutId;
    const named: { checkoutId?: string; token?: string | null }[] = this.token
      ? [{ checkoutId: this.checkoutId, token: this.token }]
      : [{ token: returned }, isLast && last ? { ...last, token: last.statusToken } : {}];
    const requests = named.flatMap(({ checkoutId, token }) =>
      token && /^[\w.-]{1,512}$/.test(token) ? { endpoint, checkoutId, token, signal } : [],
    );
    if (!requests.length)
      throw new CheckoutError('invalid_config', 'There is no session to ask for: set checkout-id and token');
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
    const name = `paid ${checkoutId}`;
    // Nobody hears what is no more on the page: whoever is there now tells.
    if (!this.isConnected || tabStorage.get(name)) return;
    tabStorage.set(name, '1');
    this.dispatchEvent(new CheckoutPaidEvent('hsa-checkout-paid', { checkoutId }));
  }

  #fireError({ code, message, retryable, details }: CheckoutError): void {
    console.error(`<${this.localName}> ${code}: ${message}`);
    this.dispatchEvent(
      new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable }),
    );
  }
}
