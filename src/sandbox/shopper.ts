import { findCard, TEST_CARDS, type TestCard } from './cards.js';
import type { Clock } from './clock.js';
import { closedTitle } from './closed-page.js';
import { submitForm, type SubmitOptions } from './payment.js';
import type { Session } from './sessions.js';

/** A test card, by its name in `TEST_CARDS` or by its number, however it is spaced. */
export type TestCardChoice = keyof typeof TEST_CARDS | (string & {});

/** What a shopper's step on the payment page came to. */
export interface ShopperResult {
  readonly checkoutId: string;
  /** The session's status after the step. */
  readonly status: 'open' | 'paid' | 'expired';
  /** `cancelled` after a cancel. */
  readonly reason?: 'cancelled';
  /**
   * Where the shopper's browser goes: the success URL after a payment, the failure URL after a cancel or an expiry. Absent
   * after a decline: the shopper stays on the payment page.
   */
  readonly redirectUrl?: string;
  /** The sentences that the payment page shows after a refused payment; empty otherwise. */
  readonly errors: readonly string[];
}

/** What a shopper does on the payment page, as calls. */
export interface Shopper {
  /**
   * Pays a session as the payment page does: with the card that succeeds for each part, or with `card` for the part that
   * its kind pays. Sends the webhook, and resolves when the receiver has answered it (after 5 s at most; `advance` runs the
   * retries). A refused card resolves with the status `open` and its `errors`, as on the page.
   * @throws {Error} when no session has the id, when the session is paid, expired or cancelled, or when `card` is no test card.
   */
  pay(checkoutId: string, options?: { card?: TestCardChoice }): Promise<ShopperResult>;
  /**
   * Tries to pay with a card that is declined. The session stays open, and can be paid afterwards.
   * @throws {Error} when no session has the id, or when the session is closed or has nothing to pay.
   */
  decline(checkoutId: string): Promise<ShopperResult>;
  /**
   * Cancels a session and returns to the shop.
   * @throws {Error} when no session has the id, or when the session is closed.
   */
  cancel(checkoutId: string): Promise<ShopperResult>;
  /**
   * Expires one session at once. `advance` moves the clock of all of them.
   * @throws {Error} when no session has the id, or when the session is closed.
   */
  expire(checkoutId: string): Promise<ShopperResult>;
}

/** Makes the calls of a sandbox that act for the shopper. They send the form of the payment page. */
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
    // Read before the wait, in which the session may go on.
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

/** The card fields of the form. A card of a kind that the session does not ask for goes to the one field that is shown. */
function fieldsFor({ amounts }: Session, card?: TestCard): Record<string, string> {
  const asksForHsa = amounts.hsa_amount > 0;
  const asksForCredit = amounts.regular_amount > 0;
  const isForHsa = card && asksForHsa && (card.kind === 'hsa' || !asksForCredit);
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
  // The text is not repeated: it may be a real number.
  throw new Error(`card: expected ${Object.keys(TEST_CARDS).join(', ')}, or the number of one of them`);
}
