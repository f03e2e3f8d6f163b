import { html, type Markup } from './markup.js';
import { moneyIn } from './page-layout.js';
import type { Session } from './sessions.js';

const TAGS = {
  eligible: 'HSA/FSA eligible',
  lmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity',
  regular: undefined,
  unknown: undefined,
};

/** The order's lines and amounts, beside the form. */
export function orderSummary({ request, eligibility, amounts, currency }: Session): Markup {
  const money = moneyIn(currency);
  const row = (label: string, cents = 0) =>
    cents !== 0 &&
    html`<div>
      <dt>${label}</dt>
      <dd>${money(cents)}</dd>
    </div>`;
  return html`<section class="summary" aria-labelledby="summary">
    <h2 id="summary">Your order</h2>
    <ul>
      ${request.line_items.map((line, i) => {
        const tag = TAGS[eligibility[i]!];
        return html`<li>
          <span class="what">${line.name} <span class="times">× ${line.quantity}</span></span>
          <span>${money(line.price * line.quantity)}</span>
          ${tag && html`<span class="tag">${tag}</span>`}
        </li>`;
      })}
    </ul>
    <dl>
      ${row('Subtotal', amounts.subtotal)} ${row('Shipping', request.shipping)} ${row('Tax', request.tax)}
      ${row('Discount', -(request.discount ?? 0))}
      <div class="total">
        <dt>Total</dt>
        <dd>${money(amounts.total)}</dd>
      </div>
    </dl>
  </section>`;
}
