import { html } from 'lit';
import { icon } from './icon.js';
import { formatMoney, type EligibilityLine } from './strings.js';

/** Renders the parts of a cart, each with its icon and its amount, and their total. */
export const renderLines = (lines: EligibilityLine[], language: string): unknown =>
  html`<ul>
    ${lines.map(
      ([text, cents, part]) =>
        html`<li part="line">
          ${part && icon(part)}<span>${text}</span> <b>${formatMoney(cents, language)}</b>
        </li>`,
    )}
  </ul>`;
