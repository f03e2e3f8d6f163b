import 'axe-core/axe.min.js';
import type * as Axe from 'axe-core';

/** A script for pages: it leaves itself there. */
declare const axe: typeof Axe;

/** The rules that colours can break. All others are about words, roles and order: the same in every look, and slow to check. */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with an element, or with its colours alone. */
export async function axeFindings(element: Element, { colorsOnly = false } = {}): Promise<object[]> {
  const { violations } = await axe.run(element, colorsOnly ? { runOnly: OF_COLORS } : {});
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }));
}
