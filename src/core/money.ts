/** Whether a value is an amount of money in the contract's form: integer cents from 0 to 2^53 - 1, and not negative zero. */
export function isCents(value: unknown): value is number {
  return Number.isSafeInteger(value) && ((value as number) > 0 || Object.is(value, 0));
}

/**
 * Converts a decimal amount such as `"19.99"` to integer cents (`1999`), without floating-point arithmetic.
 * @throws {RangeError} if the text is not a plain decimal with at most two places, or is too large to be exact.
 */
export function toCents(amount: string): number {
  const [, units, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const cents = Number(units + fraction.padEnd(2, '0'));
  if (!isCents(cents)) throw new RangeError('toCents expects a decimal string such as "19.99"');
  return cents;
}
