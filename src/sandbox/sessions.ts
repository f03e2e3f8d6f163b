import {
  CheckoutRequest,
  validate,
  type Amounts,
  type CheckoutType,
  type LineEligibility,
  type Violation,
} from '../contract/index.js';
import type { Clock } from './clock.js';
import { createOrder, type SandboxOrder } from './orders.js';
import type { Products } from './products.js';
import { randomId } from './random-id.js';
import { invalidFields } from './api-error.js';

/** How long a session lives. */
const LIFE_MS = 24 * 60 * 60 * 1000;

type Checked = NonNullable<ReturnType<typeof validate<typeof CheckoutRequest>>['value']>;

/** One checkout session, from its creation on. */
export interface Session {
  readonly id: string;
  readonly request: Checked;
  /** What each line is for HSA/FSA money, in the order of the lines. */
  readonly eligibility: readonly LineEligibility[];
  readonly type: CheckoutType;
  readonly amounts: Required<Amounts>;
  readonly currency: string;
  readonly expiresMs: number;
  status: 'open' | 'paid' | 'expired';
  reason?: 'cancelled';
  closedMs?: number;
  order?: SandboxOrder;
}

/** Every session of a sandbox. */
export class Sessions {
  readonly #clock: Clock;
  readonly #products: Products;
  readonly #byId = new Map<string, Session>();

  constructor(clock: Clock, products: Products) {
    this.#clock = clock;
    this.#products = products;
  }

  /** Opens a session for the body of `POST /checkout`. @throws {Refusal} when a field is wrong. */
  open(body: unknown): Session {
    const { value: request, violations } = validate(CheckoutRequest, body);
    if (!request) throw invalidFields(violations);
    const wrong: Violation[] = [];
    const currency = request.line_items[0]!.currency;
    const eligibility = request.line_items.map((line, i): LineEligibility => {
      if (line.currency !== currency)
        wrong.push({ path: `line_items[${i}].currency`, code: 'mixed', message: 'expected one currency' });
      const known = this.#products.eligibilityOf(line.product_id);
      if (!known)
        wrong.push({
          path: `line_items[${i}].product_id`,
          code: 'unknown',
          message: 'expected a synced product',
        });
      return known ?? 'unknown';
    });
    const { type, amounts } = divide(request, eligibility);
    if (amounts.total < 0)
      wrong.push({ path: 'discount', code: 'too_big', message: 'expected no more than the total' });
    if (wrong.length) throw invalidFields(wrong);
    const id = randomId('cs');
    const expiresMs = this.#clock.now() + LIFE_MS;
    const session: Session = { id, request, eligibility, type, amounts, currency, expiresMs, status: 'open' };
    this.#byId.set(id, session);
    return session;
  }

  /** The session with an id, as it stands at this moment. */
  find(id: string): Session | undefined {
    const session = this.#byId.get(id);
    if (session?.status === 'open' && this.#clock.now() >= session.expiresMs)
      this.expire(session, session.expiresMs);
    return session;
  }

  /** Marks an open session as expired, now or at `ms`. */
  expire(session: Session, ms = this.#clock.now()): void {
    session.status = 'expired';
    session.closedMs = ms;
  }

  /** Marks an open session as paid. */
  pay(session: Session): SandboxOrder {
    session.status = 'paid';
    session.closedMs = this.#clock.now();
    return (session.order = createOrder(session, this.#clock.iso()));
  }

  /** Marks an open session as cancelled by the customer. */
  cancel(session: Session): void {
    this.expire(session);
    session.reason = 'cancelled';
  }
}

/**
 * How a total divides. A cart of eligible lines is paid with HSA/FSA money whole; in a mixed one that pays the eligible
 * lines' own prices, and another card all the rest: other lines, shipping and tax, less any discount.
 */
function divide(request: Checked, eligibility: readonly LineEligibility[]) {
  let subtotal = 0;
  let eligible = 0;
  request.line_items.forEach(({ price, quantity }, i) => {
    subtotal += price * quantity;
    if (eligibility[i] !== 'regular') eligible += price * quantity;
  });
  const { shipping = 0, tax = 0, discount = 0 } = request;
  const total = subtotal + shipping + tax - discount;
  const regularLines = eligibility.filter((kind) => kind === 'regular').length;
  const type: CheckoutType =
    regularLines === 0 ? 'eligible' : regularLines === eligibility.length ? 'regular' : 'split';
  const hsa_amount = type === 'eligible' ? total : type === 'regular' ? 0 : Math.min(eligible, total);
  return { type, amounts: { subtotal, hsa_amount, regular_amount: total - hsa_amount, total } };
}
