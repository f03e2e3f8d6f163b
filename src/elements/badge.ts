import { html, nothing } from 'lit';

/** The mark of the family, a card with a cross: on the button and in the badge. */
export const mark = html`<svg
  part="mark"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  aria-hidden="true"
>
  <rect x="2" y="4" width="20" height="16" rx="3" />
  <path d="M12 8v8M8 12h8" />
</svg>`;

/** The badge: the mark, what may be said, and more of it. Nothing where nothing may be said. */
export function badge(words: string, more: unknown = nothing) {
  return words ? html`<div part="badge" id="badge">${mark} ${words} ${more}</div>` : nothing;
}
