import { html, nothing } from 'lit';
import { icon } from './icon.js';

/** The badge: a mark, what may be said, its first amount standing out, and more of it. Nothing where nothing may be said. */
export function badge(eligibility: string, words: string, more?: unknown) {
  // The hard space between an amount and its currency holds them together here, too.
  const [before, amount, after] = words.split(/([^ ]*\d[^ ]*)([^]*)/);
  // prettier-ignore
  return words
    ? html`<div part="badge" id="badge">
        ${icon(eligibility)}
        <span>${before}<b>${amount}</b>${after} ${more}</span>
      </div>`
    : nothing;
}
