import { findCard, TEST_CARDS, type TestCard } from './cards.js';
import type { Clock } from './clock.js';
import { closedTitle } from './closed-page.js';
import { submitForm, type SubmitOptions } from './payment.js';
import type { Session } from './sessions.js';

/** A test card, by its name in `TEST_CARDS` or by its number, with or without spaces. */
export type TestCardChoice = keyof typeof TEST_CARDS | (string & {});

/** The result of a shopper's step on the payment page. */
export interface ShopperResult {
  readonly checkoutId: string;
  /** The session's status after the step. */
  readonly status: 'open' | 'paid' | 'expired';
  /** `cancelled` after a cancel. */
  readonly reason?: 'cancelled';
  /**
   * The URL that the browser goes to: the success URL after a payment, the failure URL after a cancel or an expiry. Absent
   * after a decline, because the shopper stays on the payment page.
   */
  readonly redirectUrl?: string;
  /** The messages of the payment page after a refused payment. Otherwise empty. */
  readonly errors: readonly string[];
}

/** The shopper's steps on the payment page, as methods. */
export interface Shopper {
  /**
   * Pays a session as the payment page does: with the card that succeeds for each part, or with `card` for the part that
   * its kind pays. Sends the webhook, and resolves when the receiver has answered (after 5 s at most; `advance` runs the
   * retries). For a refused card it resolves with the status `open` and `errors`.
   * @throws {Error} if no session has the id, if the session is paid, expired or cancelled, or if `card` is not a test card.
   */
  pay(checkoutId: string, options?: { card?: TestCardChoice }): Promise<ShopperResult>;
  /**
   * Tries to pay with a card that is declined. The session stays open and can be paid afterwards.
   * @throws {Error} if no session has the id, or if the session is closed or has nothing to pay.
   */
  decline(checkoutId: string): Promise<ShopperResult>;
  /**
   * Cancels a session and returns to the shop.
   * @throws {Error} if no session has the id, or if the session is closed.
   */
  cancel(checkoutId: string): Promise<ShopperResult>;
  /**
   * Expires one session at once. `advance` moves the clock of all sessions.
   * @throws {Error} if no session has the id, or if the session is closed.
   */
  expire(checkoutId: string): Promise<ShopperResult>;
}

/** Creates the shopper's methods of a sandbox. They submit the form of the payment page. */
export function createShopper(options: SubmitOptions & { clock: Clock }): Shopper {
  const { clock, sessions } = options;

  const findOpen = (checkoutId: string): Session => {
    const session = sessions.find(checkoutId);
    if (!session) throw new Error(`this sandbox has no checkout session ${JSON.stringify(checkoutId)}`);
    if (session.status !== 'open') throw new Error(`${closedTitle(session)} (${checkoutId})`);
    return session;
  };

  const submit = async (session: Session, fields: Record<string, string>): Promise<ShopperResult> => {
    const { redirectUrl, errors } = submitForm(session, new URLSearchParams(fields), options);
    // Read before the wait, because the session may change during it.
    const { id: checkoutId, status, reason } = session;
    await clock.advance(0);
    return {
      checkoutId,
      status,
      ...(reason && { reason }),
      ...(redirectUrl && { redirectUrl }),
      errors: errors.map(({ message }) => message),
    };
  };

  const payWith = (session: Session, card?: TestCard) =>
    submit(session, { action: 'pay', ...fieldsFor(session, card) });

  return {
    async pay(checkoutId, { card } = {}) {
      const session = findOpen(checkoutId);
      return payWith(session, card === undefined ? undefined : cardOf(card));
    },
    async decline(checkoutId) {
      const session = findOpen(checkoutId);
      if (session.amounts.total === 0)
        throw new Error(`This checkout has nothing to pay, so no card is declined (${checkoutId})`);
      return payWith(session, session.amounts.hsa_amount ? TEST_CARDS.hsaDeclined : TEST_CARDS.declined);
    },
    async cancel(checkoutId) {
      return submit(findOpen(checkoutId), { action: 'cancel' });
    },
    async expire(checkoutId) {
      const session = findOpen(checkoutId);
      sessions.expire(session);
      const redirectUrl = new URL(session.request.failure_url).href;
      return { checkoutId, status: session.status, redirectUrl, errors: [] };
    },
  };
}

/** The card fields of the form. If the form has no field for the card's kind, the card goes into the field that it has. */
function fieldsFor({ amounts }: Session, card?: TestCard): Record<string, string> {
  const hasHsaField = amounts.hsa_amount > 0;
  const hasCreditField = amounts.regular_amount > 0;
  const isForHsa = card && hasHsaField && (card.kind === 'hsa' || !hasCreditField);
  return {
    hsa_card: (isForHsa ? card : TEST_CARDS.hsa).number,
    card: (card && !isForHsa ? card : TEST_CARDS.credit).number,
  };
}

function cardOf(choice: string): TestCard {
  const card = Object.hasOwn(TEST_CARDS, choice)
    ? TEST_CARDS[choice as keyof typeof TEST_CARDS]
    : findCard(choice);
  if (card) return card;
  // The message does not repeat the text, which may be a real card number.
  throw new Error(`card: expected ${Object.keys(TEST_CARDS).join(', ')}, or the number of one of them`);
}
