import { css } from 'lit';

/**
 * Styles of the receipt on the page. The links have the look of the checkout button, with its custom properties. `--_ink` is
 * black or white, as for the button: it is invalid when the background is not a colour, and the text then has the colour of
 * the theme. That needs an element inside the link, which inherits it.
 */
export const receiptStyles = css`
  :host > div {
    display: block;
    --_ink: oklch(from var(--hsa-background) calc((0.57 - l) * 99) 0 0);
  }
  [part='heading'] {
    display: flex;
    gap: 0.5em;
    margin: 0;
    font-weight: 700;
    font-size: 1.375em;
    line-height: 1.25;
  }
  [part='heading'] svg {
    width: 1.25em;
    height: 1.25em;
  }
  [part='heading'] span {
    min-width: 0;
  }
  [part='message'] {
    margin-top: 0.5em;
    font-weight: 400;
  }
  [data-repeated] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  dl {
    max-width: 28em;
    margin: 1em 0 0;
    padding: 0;
    font-weight: 400;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1.5em;
    padding: 0.5em 0;
    border-top: 1px solid color-mix(in srgb, currentColor 30%, #0000);
  }
  dl > div:last-child {
    border-bottom: 1px solid color-mix(in srgb, currentColor 30%, #0000);
  }
  dl > [data-total] {
    font-weight: 700;
  }
  dd {
    min-width: 0;
    margin: 0;
    margin-inline-start: auto;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
    max-width: 28em;
    margin-top: 1.25em;
  }
  .actions:empty {
    display: none;
  }
  .actions > * {
    box-sizing: border-box;
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    justify-content: center;
    min-width: min(100%, 11em);
    min-height: max(44px, var(--hsa-height, 48px));
    padding: 3px 1.25em;
    border: 1px solid;
    border-radius: var(--hsa-radius, 8px);
    text-align: center;
    text-decoration: none;
  }
  .actions > a {
    border-color: var(--hsa-border-color, var(--_edge));
    background: var(--hsa-background, var(--_fill, var(--_edge)));
    color: var(--hsa-color, var(--_text));
  }
  .actions > a span {
    min-width: 0;
    color: var(--hsa-color, var(--_ink, inherit));
  }
  .actions > :hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
`;
