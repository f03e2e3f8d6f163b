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

/** How long a session stays open, in milliseconds. */
const LIFE_MS = 24 * 60 * 60 * 1000;

type ValidRequest = NonNullable<ReturnType<typeof validate<typeof CheckoutRequest>>['value']>;

/** A checkout session. */
export interface Session {
  readonly id: string;
  readonly request: ValidRequest;
  /** The eligibility of each line, in the order of the lines. */
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

/** The sessions of a sandbox. */
export class Sessions {
  readonly #clock: Clock;
  readonly #products: Products;
  readonly #byId = new Map<string, Session>();

  constructor(clock: Clock, products: Products) {
    this.#clock = clock;
    this.#products = products;
  }

  /** Opens a session for the body of `POST /checkout`. @throws {ApiError} if a field is invalid. */
  open(body: unknown): Session {
    const { value: request, violations } = validate(CheckoutRequest, body);
    if (!request) throw invalidFields(violations);
    const problems: Violation[] = [];
    const currency = request.line_items[0]!.currency;
    const eligibility = request.line_items.map((line, i): LineEligibility => {
      if (line.currency !== currency)
        problems.push({ path: `line_items[${i}].currency`, code: 'mixed', message: 'expected one currency' });
      const lineEligibility = this.#products.eligibilityOf(line.product_id);
      if (!lineEligibility)
        problems.push({
          path: `line_items[${i}].product_id`,
          code: 'unknown',
          message: 'expected a synced product',
        });
      return lineEligibility ?? 'unknown';
    });
    const { type, amounts } = splitTotal(request, eligibility);
    if (amounts.total < 0)
      problems.push({ path: 'discount', code: 'too_big', message: 'expected no more than the total' });
    if (problems.length) throw invalidFields(problems);
    const id = randomId('cs');
    const expiresMs = this.#clock.now() + LIFE_MS;
    const session: Session = { id, request, eligibility, type, amounts, currency, expiresMs, status: 'open' };
    this.#byId.set(id, session);
    return session;
  }

  /** Finds a session by its id, and expires it first if its time is over. */
  find(id: string): Session | undefined {
    const session = this.#byId.get(id);
    if (session?.status === 'open' && this.#clock.now() >= session.expiresMs)
      this.expire(session, session.expiresMs);
    return session;
  }

  /** Marks an open session as expired, at `ms` or now. */
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
 * Splits the total between HSA/FSA money and another card. Every line that is not `regular` counts as eligible. HSA/FSA money pays
 * a cart of only eligible lines in full. In a mixed cart it pays the prices of the eligible lines, and the other card pays the
 * rest: other lines, shipping and tax, less a discount.
 */
function splitTotal(request: ValidRequest, eligibility: readonly LineEligibility[]) {
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
