import { adoptStyles, css, html, type LitElement, type ReactiveController } from 'lit';
import {
  readStatus,
  tabStorage,
  type Checkout,
  type DetailsDialog,
  type Purchase,
  type Session,
} from '../../client/index.js';
import { isCents, type CartEligibility } from '../../core/index.js';
import {
  messageEn,
  type DetailsStrings,
  type MessageStrings,
  type Strings,
  type Translation,
} from '../locales/en.js';
import type * as Details from '../details/details.js';
import { iconOf, TICK } from '../shared/icon.js';
import { renderLines } from '../shared/eligibility-lines.js';
import { eligibilityLines, formatMoney } from '../shared/strings.js';
import { errorText, itemOf, needsOtherWay } from './error-text.js';
import { keepInPlace } from './keep-in-place.js';

/** The parts of the button that its messages use. */
export interface MessageHost {
  readonly element: LitElement & {
    readonly hosts: string[];
    readPurchase(): Purchase | Promise<Purchase>;
  };
  readonly checkout: Checkout;
  /** The button's texts, including those that the page has replaced. */
  texts(): Strings & Partial<MessageStrings & DetailsStrings>;
  /** The texts in the shopper's language; undefined for English. */
  translation(): Translation | undefined;
  /** Language tag for amounts and waits. */
  language(): string;
  /** Loads the module of the details dialog. Undefined when its file does not load. */
  loadDetails(): Promise<Pick<typeof Details, 'createDetails'> | undefined>;
}

/** An outcome of a payment page. */
const OUTCOMES = ['cancelled', 'failed', 'expired'] as const;
type Outcome = (typeof OUTCOMES)[number];

const styles = css`
  [part='message'],
  [role='status'] > div {
    --_bad: var(--hsa-error-color, light-dark(#b21, #fba));
    display: flex;
    gap: 0.5em;
    contain: inline-size;
    margin: 0.5em 0;
    padding: 0.5em 0.75em;
    border-inline-start: 3px solid var(--_bad);
    border-radius: 4px;
    background: color-mix(in srgb, var(--_bad) 10%, #0000);
    font-size: max(0.875em, 13px);
    font-weight: 400;
  }
  [hidden] {
    display: none;
  }
  [role='status'] > div,
  [data-paid] ~ [role='alert'] > div {
    --_bad: currentColor;
  }
  [data-paid] {
    border-color: currentColor;
    background: none;
    color: inherit;
  }
  [data-paid] .face {
    color: inherit;
  }
  [part='message'] span {
    min-width: 0;
  }
  #badge[part='price'] {
    display: block;
  }
  [data-above] > :is([role='alert'], [role='status']) {
    order: -1;
  }
  ::slotted([slot='alternative']) {
    color: inherit;
  }
`;

/**
 * The parts of a session that both cards pay, if they are those of its lines: the provider's amounts may contain shipping and
 * tax, and do not name a part that needs a letter.
 */
function partsOf({ checkoutType, hsaCents, regularCents, subtotalCents }: Session): CartEligibility {
  const isOfLines = isCents(hsaCents) && isCents(regularCents) && hsaCents + regularCents === subtotalCents;
  return checkoutType === 'split' && isOfLines
    ? { eligibility: checkoutType, eligibleCents: hsaCents, totalCents: subtotalCents }
    : { eligibility: 'unknown' };
}

/** The messages of a button: errors, price increases, and outcomes of a payment page. It loads with the first press. */
class ButtonMessages implements ReactiveController {
  readonly #host: MessageHost;
  #outcome?: Outcome;
  /** The distance of the button from the top of the window before an update, in pixels. */
  #top?: number;
  /** What the live regions showed in the last update, and show in this one. */
  #shown: unknown[] = [];

  constructor(host: MessageHost) {
    this.#host = host;
    const { element } = host;
    const { elementStyles } = element.constructor as typeof LitElement;
    adoptStyles(element.renderRoot as ShadowRoot, [...elementStyles, styles]);
    element.addController(this);
    element.requestUpdate();
    void this.#readOutcome();
  }

  /** The label of the button when it is not the usual one. */
  get label(): string | undefined {
    return this.#host.checkout.error?.code === 'session_closed' ? this.#texts.buyAgain : undefined;
  }

  /** The content of the assertive live region: what happened, and the next step. */
  get alert(): unknown {
    const { error, failures, cart } = this.#host.checkout;
    if (!error) return undefined;
    const texts = this.#texts;
    const text = errorText(texts, error, itemOf(error, cart), this.#host.language());
    const otherWay = needsOtherWay(error, failures)
      ? html` ${texts.otherWay} <slot name="alternative"></slot>`
      : '';
    return html`${error.code === 'session_closed' ? iconOf(TICK) : ''}<span>${text}${otherWay}</span>`;
  }

  /** The content of the polite live region. */
  get notice(): unknown {
    const { priceIncrease } = this.#host.checkout;
    const texts = this.#texts;
    if (!priceIncrease)
      return this.#outcome && html`<div part="outcome">${texts[`${this.#outcome}Outcome`]}</div>`;
    const { session, fromCents, toCents } = priceIncrease;
    const language = this.#host.language();
    const text = (toCents === session.totalCents ? texts.repriced : texts.repricedItems)
      .replace('{from}', () => formatMoney(fromCents, language))
      .replace('{to}', () => formatMoney(toCents, language));
    const lines = eligibilityLines(this.#host.texts(), partsOf(session));
    return html`<div part="price" id="badge">
      <span>${text}</span>${lines.length ? renderLines(lines, language) : ''}
    </div>`;
  }

  /**
   * Creates the details dialog of the button, or returns the existing one. Undefined while the button is hidden, and when the
   * file of the dialog does not load: the caller then reports the error for which it needed the dialog.
   */
  async loadDetails(existing?: DetailsDialog): Promise<DetailsDialog | undefined> {
    const { element, checkout, texts, translation } = this.#host;
    // The element with the `lang` of the texts.
    const root = element.renderRoot.querySelector('div');
    if (!root) return undefined;
    if (!existing) {
      const module = await this.#host.loadDetails();
      return module?.createDetails({
        root,
        hosts: () => element.hosts,
        format: (text, { totalCents }) =>
          text.replace('{total}', () => formatMoney(totalCents, this.#host.language())),
        strings: texts,
        translation: () => translation()?.details,
        isSlow: () => checkout.isSlow,
        cancel: () => checkout.cancel(),
        focus: () => element.focus(),
      });
    }
    // A button that was hidden and is shown again has a new root element, which does not contain the dialog.
    const dialog = existing as DetailsDialog & Node;
    if (!root.contains(dialog)) root.append(dialog);
    return existing;
  }

  hostUpdate(): void {
    const { error, isQuiet, priceIncrease, state } = this.#host.checkout;
    if (state !== 'idle') this.#outcome = undefined;
    const shown = [isQuiet || error, priceIncrease, this.#outcome];
    const isChanged = shown.some((value, i) => value !== this.#shown[i]);
    this.#top = isChanged ? this.#button?.getBoundingClientRect().top : undefined;
    this.#shown = shown;
  }

  hostUpdated(): void {
    const button = this.#button;
    button?.toggleAttribute('data-paid', this.#host.checkout.error?.code === 'session_closed');
    if (button && this.#top !== undefined) keepInPlace(this.#host.element, button, this.#top);
  }

  get #button(): Element | null {
    return this.#host.element.renderRoot.querySelector('[part="button"]');
  }

  get #texts(): MessageStrings {
    const { translation, texts } = this.#host;
    return { ...messageEn, ...translation()?.message, ...texts() };
  }

  /** Shows the outcome of the payment page that the shopper has come back from, once in this tab. */
  async #readOutcome(): Promise<void> {
    const token = new URLSearchParams(location.search).get('hsa_checkout');
    const key = `outcome ${token}`;
    // A status element on the page shows the outcome itself. A button that was removed meanwhile leaves it to the next one.
    const isShown = tabStorage.get(key) || document.querySelector('hsa-checkout-status');
    if (!token || !/^[\w.-]{1,512}$/.test(token) || isShown || !this.#host.element.isConnected) return;
    // Before the request, so that of several buttons only one shows the outcome.
    tabStorage.set(key, '1');
    try {
      const { endpoint } = await this.#host.element.readPurchase();
      const { status, reason = status } = await readStatus({ endpoint, token });
      this.#outcome = OUTCOMES.find((outcome) => outcome === reason);
      this.#host.element.requestUpdate();
    } catch (error) {
      // The shopper can still pay, and a press shows an error that lasts.
      console.warn(
        `<${this.#host.element.localName}> The outcome of the payment page is unknown: ${String(error)}`,
      );
    }
  }
}

/** The messages of a button. */
export type Messages = Pick<ButtonMessages, 'label' | 'alert' | 'notice' | 'loadDetails'>;

/** Creates the messages of a button. They follow its updates. */
export const createMessages = (host: MessageHost): Messages => new ButtonMessages(host);
