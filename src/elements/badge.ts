import { html, nothing } from 'lit';
import type { Eligibility } from '../core/index.js';
import { LETTER, mark, SHARE, TICK } from './mark.js';

const MARKS = { eligible: TICK, lmn: LETTER, split: SHARE };

/** The badge: a mark, what may be said, its first amount standing out, and more of it. Nothing where nothing may be said. */
export function badge(eligibility: Eligibility, words: string, more: unknown = nothing) {
  // The hard space between an amount and its currency holds them together here, too.
  const [before, amount, after] = words.split(/([^ ]*\d[^ ]*)(.*)/);
  return words
    ? html`<div part="badge" id="badge">
        ${mark(MARKS[eligibility as keyof typeof MARKS])}<span
          >${before}<b>${amount}</b>${after} ${more}</span
        >
      </div>`
    : nothing;
}
