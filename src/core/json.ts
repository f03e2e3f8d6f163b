/**
 * Writes plain data as JSON. The library Prototype 1.6 adds a `toJSON` to arrays, which makes them texts. The replacer reads
 * each property again, and so ignores the result of `toJSON`.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name) {
    return this[name];
  });
}
