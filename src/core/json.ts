/**
 * Writes plain data as JSON. Some libraries give arrays and objects a `toJSON` of their own (Prototype 1.6), which turns an
 * array into a text. A replacer that reads the property again leaves its result out.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name) {
    return this[name];
  });
}
