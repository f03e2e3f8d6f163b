import type { JsonObject } from '../../client/index.js';
import type { Receipt, ReceiptItem } from '../../contract/index.js';
import { isCents } from '../../core/index.js';

/** What the server says about a session that has ended. Amounts are in cents. */
export interface Payment {
  totalCents?: number;
  /** The parts that both cards paid. Undefined unless they add up to the total. */
  hsaCents?: number;
  otherCents?: number;
  /** The merchant's id of the order. */
  reference?: string;
  /** When the session was paid, or has ended without a payment. */
  date?: Date;
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() ? value : undefined);
const centsOf = (value: unknown) => (isCents(value) ? value : undefined);

/** Parses a time. One without a zone is left out, because it would be read as local time. */
function dateOf(value: unknown): Date | undefined {
  const text = /T.*(Z|[+-]\d\d:\d\d)$/.exec(textOf(value) ?? '')?.input;
  return text && Date.parse(text) ? new Date(text) : undefined;
}

/** Reads reference, date and amounts from a response. Malformed fields are left out. */
export function readPayment(answer: JsonObject = {}): Payment {
  const { amounts, currency = 'USD', reference_id, paid_at, expired_at } = answer;
  const { total, hsa_amount, regular_amount } = Object(amounts) as Record<string, unknown>;
  // Amounts are written as US dollars.
  const totalCents = currency === 'USD' ? centsOf(total) : undefined;
  const [hsaCents = 0, otherCents = 0] = [centsOf(hsa_amount), centsOf(regular_amount)];
  const addUp = totalCents !== undefined && hsaCents + otherCents === totalCents;
  return {
    totalCents,
    ...(addUp && { hsaCents, otherCents }),
    reference: textOf(reference_id),
    date: dateOf(paid_at) ?? dateOf(expired_at),
  };
}

/** Reads the receipt from a response. Undefined if there is none, or if a line is malformed: a part of it would be wrong. */
export function readReceipt({ receipt, currency = 'USD' }: JsonObject = {}): Receipt | undefined {
  const { shop, address, contact, items, shipping, tax, discount } = Object(receipt) as JsonObject;
  const name = textOf(shop);
  if (!name || currency !== 'USD' || !Array.isArray(items) || !items.length) return undefined;
  const isItem = (item: unknown): item is ReceiptItem => {
    const { name, quantity, price } = Object(item) as Partial<ReceiptItem>;
    return !!textOf(name) && isCents(quantity) && quantity > 0 && isCents(price);
  };
  if (!items.every(isItem)) return undefined;
  return {
    shop: name,
    address: textOf(address),
    contact: textOf(contact),
    items,
    shipping: centsOf(shipping),
    tax: centsOf(tax),
    discount: centsOf(discount),
  };
}
