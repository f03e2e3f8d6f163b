import 'axe-core/axe.min.js';
import type * as Axe from 'axe-core';

/** axe is a script for pages, which defines a global. */
declare const axe: typeof Axe;

/**
 * The rules that depend on colours. All others depend on texts, roles and order, which are the same in every theme, and are
 * slow to check.
 */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

/** The violations that axe finds in an element, or only those of colour rules. */
export async function axeFindings(element: Element, { colorsOnly = false } = {}): Promise<object[]> {
  const { violations } = await axe.run(element, colorsOnly ? { runOnly: OF_COLORS } : {});
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }));
}
