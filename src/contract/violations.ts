import type * as z from 'zod';
import type { Violation } from '../core/index.js';

/** What a check found: the value in its checked form, or everything that is wrong with it. */
export type Checked<T> = { value: T; violations: [] } | { value?: undefined; violations: Violation[] };

/** Writes a path as the seed does: `line_items[2].price`; the whole document is `$`. */
export function dotPath(path: readonly PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || '$'
  );
}

/** Checks a value against a schema and reports every violation at once, one for each path. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data, violations: [] };
  const byPath = new Map<string, Violation>();
  for (const issue of result.error.issues) {
    const path = dotPath(issue.path);
    // Null is a missing value, as in the fields that may be missing.
    const missing = issue.code === 'invalid_type' && (issue.input ?? undefined) === undefined;
    const code = missing ? 'required' : issue.code === 'custom' ? 'invalid_format' : issue.code;
    if (!byPath.has(path)) byPath.set(path, { path, code, message: issue.message });
  }
  return { violations: [...byPath.values()] };
}
