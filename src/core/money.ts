/** Whether a value is an amount of money as the contract writes it: whole cents, zero or more, exactly representable. */
export function isCents(value: unknown): value is number {
  return Number.isSafeInteger(value) && ((value as number) > 0 || Object.is(value, 0));
}

/**
 * Turns a decimal amount such as `"19.99"` into integer cents (`1999`), by string arithmetic: no float is involved.
 * @throws {RangeError} when the text is not a plain decimal with at most two places, or is too large to be exact.
 */
export function toCents(amount: string): number {
  const [, units, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const cents = Number(units + fraction.padEnd(2, '0'));
  if (!isCents(cents)) throw new RangeError('toCents expects a decimal string such as "19.99"');
  return cents;
}
