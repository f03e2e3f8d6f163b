import { html, nothing } from 'lit';

/** The mark of the family, a card with a cross: on the button and in the badge. */
export const mark = html`<svg
  part="mark"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <path d="M2 4h20v16H2zm10 4v8m-4-4h8" />
</svg>`;

/** The badge: the mark and what may be said. Nothing where nothing may be said. */
export function badge(words: string) {
  return words ? html`<div part="badge" id="badge">${mark} ${words}</div>` : nothing;
}
