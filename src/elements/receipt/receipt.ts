import { adoptStyles, html, type LitElement, type ReactiveController } from 'lit';
import type { JsonObject } from '../../client/index.js';
import { receiptEn, type ReceiptStrings, type StatusStrings, type Translation } from '../locales/en.js';
import { iconOf, RING, TICK } from '../shared/icon.js';
import { formatMoney } from '../shared/strings.js';
import { formatDate } from './format-date.js';
import { printReceipt } from './print-receipt.js';
import { readPayment, readReceipt } from './read-receipt.js';
import { receiptStyles } from './receipt-styles.js';

/** The parts of the status element that its receipt uses. */
export interface ReceiptHost {
  readonly element: LitElement;
  /** The final outcome. */
  outcome(): string;
  /** The server's response about the session. Undefined when there is no such session. */
  answer(): JsonObject | undefined;
  /** URL of the way on: to the shop after a payment, otherwise to the start. */
  href(): string | undefined;
  /** The element's texts, including those that the page has replaced. */
  texts(): StatusStrings & Partial<ReceiptStrings>;
  /** The texts in the shopper's language; undefined for English. */
  translation(): Translation | undefined;
  /** Language tag for amounts and the date. */
  language(): string;
  /** `lang` and `dir` of the texts when they are not the page's. */
  lang(): unknown;
  dir(): unknown;
}

/** Paths of the icons in a 24 by 24 box. Their outlines differ, so that they can be told apart at 16 pixels. */
const ICONS: Record<string, string | undefined> = {
  paid: TICK,
  /** A cross. */
  failed: 'M5 5l14 14M19 5L5 19',
  /** An arrow back. */
  cancelled: 'M20 12H4M11 5l-7 7 7 7',
  /** A clock. */
  expired: `${RING}M12 7v5l4 2`,
  /** An arrow that turns round. */
  refunded: 'M4 3v6h6M4.5 9a8 8 0 1 1-.5 5',
};
/** A question mark. */
const QUESTION = 'M8 8a4 4 0 1 1 6 3.5q-2 1-2 3.5M12 20v.01';

/** Renders a final outcome as a heading and a list of amount, cards, reference and date, with the way on. */
class OutcomeReceipt implements ReactiveController {
  readonly #host: ReceiptHost;
  /** The frame that was printed last. */
  #frame?: HTMLIFrameElement;

  constructor(host: ReceiptHost) {
    this.#host = host;
    host.element.addController(this);
    host.element.requestUpdate();
  }

  get #texts(): StatusStrings & ReceiptStrings {
    const { translation, texts } = this.#host;
    return { ...receiptEn, ...translation()?.receipt, ...texts() };
  }

  get #title(): string {
    return this.#texts[`${this.#host.outcome()}Title` as keyof ReceiptStrings];
  }

  /** The heading, with the icon of the outcome. */
  get heading(): unknown {
    const { outcome, lang, dir } = this.#host;
    return html`<h2 part="heading" lang=${lang()} dir=${dir()}>
      ${iconOf(ICONS[outcome()] ?? QUESTION)}<span>${this.#title}</span>
    </h2>`;
  }

  /** What is below the sentence: the list, and the way on. */
  get content(): unknown {
    const { outcome, href, lang, dir } = this.#host;
    const texts = this.#texts;
    const isPaid = /^(paid|refunded)$/.test(outcome());
    const [part, label] = isPaid ? ['continue', texts.continueShopping] : ['retry', texts.retry];
    const url = href();
    const hasReceipt = readReceipt(this.#host.answer());
    return html`<div lang=${lang()} dir=${dir()}>
      ${this.#summary(isPaid)}
      <div class="actions">
        ${url && html`<a part=${part} href=${url}><span>${label}</span></a>`}
        ${hasReceipt && html`<button part="print" type="button" @click=${this.#print}>${texts.save}</button>`}
      </div>
    </div>`;
  }

  #summary(isPaid: boolean): unknown {
    const { totalCents, hsaCents, otherCents, reference, date } = readPayment(this.#host.answer());
    const texts = this.#texts;
    const language = this.#host.language();
    const money = (cents?: number) => cents !== undefined && formatMoney(cents, language);
    const rows: [label: string, value: unknown, isTotal?: boolean][] = [
      [isPaid ? texts.amount : texts.orderTotal, money(totalCents), true],
      [texts.hsaCard, isPaid && hsaCents && money(hsaCents)],
      [texts.otherCard, isPaid && otherCents && money(otherCents)],
      [texts.reference, reference],
      [texts.date, date && html`<time datetime=${date.toISOString()}>${formatDate(date, language)}</time>`],
    ];
    const known = rows.filter(([, value]) => value);
    if (!known.length) return '';
    return html`<dl part="summary">
      ${known.map(
        ([label, value, isTotal]) =>
          html`<div ?data-total=${isTotal}>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
  }

  /** Prints the itemised receipt. */
  readonly #print = ({ currentTarget }: Event) => {
    const { element, answer, language } = this.#host;
    const receipt = readReceipt(answer());
    if (!receipt) return;
    // Not removed after the print: iOS reports its end before it has drawn the sheet.
    this.#frame?.remove();
    this.#frame = printReceipt(
      element.renderRoot as ShadowRoot,
      { receipt, payment: readPayment(answer()), texts: this.#texts, language: language() },
      getComputedStyle(currentTarget as Element).direction,
    );
  };

  hostDisconnected(): void {
    this.#frame?.remove();
  }

  hostConnected(): void {
    const { element } = this.#host;
    const { elementStyles } = element.constructor as typeof LitElement;
    adoptStyles(element.renderRoot as ShadowRoot, [...elementStyles, receiptStyles]);
  }

  hostUpdated(): void {
    const { element, outcome, texts } = this.#host;
    // The sentence stays in the accessibility tree, because a live region announces it.
    const sentence = texts()[outcome() as keyof StatusStrings];
    element.renderRoot
      .querySelector('[part="message"]')!
      .toggleAttribute('data-repeated', sentence.replace(/[.。]$/, '') === this.#title);
  }
}

/** Renders the receipt of a status element. */
export type ReceiptView = Pick<OutcomeReceipt, 'heading' | 'content'>;

/** Creates the receipt of a status element. It follows its updates. */
export const createReceipt = (host: ReceiptHost): ReceiptView => new OutcomeReceipt(host);
