import { TEST_CARDS, type TestCard } from './cards.js';
import { html, type Markup } from './markup.js';
import { orderSummary } from './order-summary.js';
import { layout, moneyIn } from './page-layout.js';
import type { Session } from './sessions.js';

/** Why one of the two card choices was refused. */
export interface PaymentError {
  field: 'hsa_card' | 'card';
  message: string;
}

/** The payment page of an open session. It works without a script. */
export function payPage(session: Session, payPath: string, errors: readonly PaymentError[] = []): Markup {
  const { amounts, currency, request } = session;
  const money = moneyIn(currency);
  const choice = (field: PaymentError['field'], cents: number) =>
    cents > 0 &&
    cardChoice(
      field,
      money(cents),
      session,
      errors.find((error) => error.field === field),
    );
  return layout(
    payPath,
    errors.length ? 'Payment not taken' : `Pay ${money(amounts.total)}`,
    html`<header>
        <p class="shop">${new URL(request.success_url).host}</p>
        <h1>Pay ${money(amounts.total)}</h1>
        <p class="note">Order ${request.reference_id}</p>
      </header>
      <div class="columns">
        <form method="post" action="${payPath}/${session.id}">
          ${
            errors.length > 0 &&
            html`<div class="alert" role="alert">
              <p><strong>The payment was not taken.</strong></p>
              ${errors.map(({ message }) => html`<p>${message}</p>`)}
            </div>`
          }
          ${choice('hsa_card', amounts.hsa_amount)} ${choice('card', amounts.regular_amount)}
          <button class="pay" name="action" value="pay">Pay ${money(amounts.total)}</button>
          <button class="cancel" name="action" value="cancel" formnovalidate>
            Cancel and return to the shop
          </button>
        </form>
        ${orderSummary(session)}
      </div>`,
  );
}

function cardChoice(
  field: PaymentError['field'],
  amount: string,
  session: Session,
  error: PaymentError | undefined,
): Markup {
  const wanted = field === 'hsa_card' ? 'hsa' : 'credit';
  const title =
    wanted === 'hsa' ? 'HSA/FSA card' : session.type === 'split' ? 'Another card for the rest' : 'Card';
  // At first the card whose payment succeeds is selected. After an error none is, so that the shopper has to choose one.
  const option = (card: TestCard) => {
    const state = error
      ? html`aria-describedby="${field}-error"`
      : card === TEST_CARDS[wanted] && html`checked`;
    return html`<label class="card">
      <input type="radio" name="${field}" value="${card.number}" required ${state} />
      <span class="name">${card.label}</span>
      <span class="number">${card.number}</span>
    </label>`;
  };
  return html`<fieldset>
    <legend>${title} <span class="amount">${amount}</span></legend>
    ${wanted === 'hsa' && letterNote(session)}
    ${error && html`<p class="wrong" id="${field}-error">${error.message}</p>`}
    ${Object.values(TEST_CARDS).map(option)}
  </fieldset>`;
}

/** The note on items that the provider charges only with a Letter of Medical Necessity. */
function letterNote({ request, eligibility, currency }: Session): Markup | false {
  const lines = request.line_items.filter((_, i) => eligibility[i] === 'lmn');
  const cents = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return (
    lines.length > 0 &&
    html`<p class="note">
      Includes ${moneyIn(currency)(cents)} for what needs a Letter of Medical Necessity:
      ${lines.map(({ name }) => name).join(', ')}. The provider asks health questions here, and a licensed
      practitioner decides. The sandbox takes the letter as approved.
    </p>`
  );
}
