import type * as z from 'zod';
import type { Violation } from '../core/index.js';

/** The result of a validation: the valid value, or every violation. */
export type Checked<T> = { value: T; violations: [] } | { value?: undefined; violations: Violation[] };

/** Writes a path in the form of the provider's API: `line_items[2].price`; the whole document is `$`. */
export function dotPath(path: readonly PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || '$'
  );
}

/** Checks a value against a schema. Reports every violation at once, one for each path. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data, violations: [] };
  const byPath = new Map<string, Violation>();
  for (const issue of result.error.issues) {
    const path = dotPath(issue.path);
    // Null is a missing value, as in optional fields.
    const missing = issue.code === 'invalid_type' && (issue.input ?? undefined) === undefined;
    const code = missing ? 'required' : issue.code === 'custom' ? 'invalid_format' : issue.code;
    if (!byPath.has(path)) byPath.set(path, { path, code, message: issue.message });
  }
  return { violations: [...byPath.values()] };
}
