import { css } from 'lit';
import type { Receipt, ReceiptItem } from '../../contract/index.js';
import type { ReceiptStrings } from '../locales/en.js';
import { formatMoney } from '../shared/strings.js';
import { formatDate } from './format-date.js';
import type { Payment } from './read-receipt.js';

/** What a printed receipt shows. */
export interface PrintedReceipt {
  receipt: Receipt;
  payment: Payment;
  texts: ReceiptStrings;
  /** Language tag of the texts and amounts. */
  language: string;
}

/**
 * Black on white on any paper size. A row is never split between two pages. The frame's document is in quirks mode, where a table
 * does not inherit its font.
 */
const sheetStyles = css`
  @page {
    margin: 16mm;
  }
  :root {
    color-scheme: light;
  }
  body {
    margin: 0;
    background: #fff;
    color: #000;
    font:
      10pt/1.4 system-ui,
      sans-serif;
    overflow-wrap: anywhere;
  }
  h1 {
    margin: 0 0 12pt;
    font-size: 18pt;
    line-height: 1.2;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 12pt 36pt;
    justify-content: space-between;
  }
  address {
    font-style: normal;
    white-space: pre-line;
  }
  dl {
    display: grid;
    grid-template-columns: max-content auto;
    gap: 0 12pt;
    align-content: start;
    margin: 0;
  }
  dd {
    margin: 0;
  }
  b,
  th,
  .total td {
    font-weight: 600;
  }
  table {
    width: 100%;
    margin: 18pt 0;
    border-collapse: collapse;
    font: inherit;
  }
  thead th:first-child {
    width: 32%;
  }
  tr {
    break-inside: avoid;
  }
  th,
  td {
    padding: 4pt 0 4pt 9pt;
    border-bottom: 0.5pt solid #999;
    text-align: start;
    vertical-align: top;
  }
  :dir(rtl) :is(th, td) {
    padding: 4pt 9pt 4pt 0;
  }
  :is(th, td):first-child {
    padding-inline: 0;
  }
  th {
    border-bottom: 1pt solid;
    vertical-align: bottom;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .sum td {
    border: 0;
  }
  .total td {
    border-top: 1pt solid;
    font-size: 12pt;
  }
  p {
    margin: 0 0 4pt;
  }
`;

/** Adds an element with a text to a node of any document. */
function add(parent: Node, name: string, text = '', className = ''): HTMLElement {
  const element = parent.ownerDocument!.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return parent.appendChild(element);
}

/** The text for the eligibility of an item. */
const eligibilityText = ({ eligibility }: ReceiptItem, texts: ReceiptStrings) =>
  (eligibility &&
    { eligible: texts.itemEligible, lmn: texts.itemLmn, regular: texts.itemRegular }[eligibility]) ??
  texts.itemUnknown;

/** Writes a receipt into an empty document, as text only: names of products and shops may contain markup. */
function fill(page: Document, { receipt, payment, texts, language }: PrintedReceipt): void {
  const { shop, address = '', contact = '', items, shipping, tax, discount } = receipt;
  const { totalCents, hsaCents, otherCents, reference, date } = payment;
  const money = (cents: number) => formatMoney(cents, language);

  page.documentElement.lang = language.replaceAll('_', '-');
  page.title = `${texts.receipt} ${reference ?? ''}`;
  const { body } = page;
  add(body, 'h1', texts.receipt);
  const header = add(body, 'header');
  const seller = add(header, 'address');
  add(seller, 'b', shop);
  seller.append(...[address, contact].filter(Boolean).map((text) => `\n${text}`));
  const facts = add(header, 'dl');
  for (const [label, value] of [
    [texts.date, date && formatDate(date, language)],
    [texts.reference, reference],
  ])
    if (value) {
      add(facts, 'dt', label);
      add(facts, 'dd', value);
    }

  const table = add(body, 'table');
  const head = add(add(table, 'thead'), 'tr');
  for (const [label, className] of [
    [texts.item],
    [texts.itemEligibility],
    [texts.quantity, 'number'],
    [texts.unitPrice, 'number'],
    [texts.amount, 'number'],
  ])
    add(head, 'th', label, className).setAttribute('scope', 'col');
  const lines = add(table, 'tbody');
  for (const item of items) {
    const line = add(lines, 'tr');
    add(line, 'td', item.name);
    add(line, 'td', eligibilityText(item, texts));
    add(line, 'td', String(item.quantity), 'number');
    add(line, 'td', money(item.price), 'number');
    add(line, 'td', money(item.price * item.quantity), 'number');
  }
  const sums = add(table, 'tbody');
  for (const [label, cents, className = 'sum', sign = ''] of [
    [texts.shipping, shipping],
    [texts.tax, tax],
    [texts.discount, discount, 'sum', '\u2212'],
    [texts.total, totalCents, 'total'],
    [texts.hsaCard, hsaCents],
    [texts.otherCard, otherCents],
  ] as [label: string, cents?: number, className?: string, sign?: string][])
    if (cents) {
      const sum = add(sums, 'tr', '', className);
      const name = add(sum, 'td', label, 'number') as HTMLTableCellElement;
      name.colSpan = 4;
      add(sum, 'td', sign + money(cents), 'number');
    }

  if (items.some(({ eligibility }) => eligibility === 'lmn')) add(body, 'p', texts.keepLetter);
  add(body, 'p', texts.planDecides);
}

/** Prints a receipt from a frame of its own, which is added to `root`. The page around it is not printed. */
export function printReceipt(root: ShadowRoot, printed: PrintedReceipt, dir: string): HTMLIFrameElement {
  const frame = root.ownerDocument.createElement('iframe');
  frame.title = printed.texts.receipt;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  // Rendered, because Firefox prints no frame without a box. Set through the CSSOM, which no Content-Security-Policy blocks.
  Object.assign(frame.style, {
    position: 'fixed',
    inset: '0 auto auto 0',
    width: '1px',
    height: '1px',
    border: '0',
    opacity: '0',
    pointerEvents: 'none',
  });
  const print = () => {
    const view = frame.contentWindow as (Window & typeof globalThis) | null;
    if (!view) return;
    view.document.dir = dir;
    fill(view.document, printed);
    try {
      // A sheet must be constructed in the document that adopts it. A <style> element would need the policy's permission.
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(sheetStyles.cssText);
      view.document.adoptedStyleSheets = [sheet];
    } catch {
      // Older browsers print the receipt in their own style.
    }
    view.print();
  };
  // Some browsers replace the frame's first document until this event.
  frame.addEventListener('load', print, { once: true });
  root.append(frame);
  return frame;
}
