import { css } from 'lit';

/**
 * What all elements share. Colours follow the page's own `color-scheme`, not the system's: a shop that is light only stays
 * light. Browsers without `light-dark()` drop the colours, and show the look of `outline`.
 */
export const shared = css`
  :host {
    --_edge: light-dark(#0b5c4a, #8ce5cb);
    --_fill: var(--_edge);
    --_text: light-dark(#fff, #06281f);
    display: block;
    font: var(--hsa-font, 600 1rem/1.35 system-ui, sans-serif);
    overflow-wrap: anywhere;
  }
  :host > div {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='outline']) {
    --_edge: currentColor;
    --_fill: none;
    --_text: inherit;
  }
  [part='badge'],
  [part='message'] {
    display: flex;
    gap: 0.5em;
    margin-top: 0.5em;
    font-size: 0.875em;
    font-weight: 400;
  }
  svg {
    flex: none;
    width: 1.4em;
    height: 1.4em;
  }
  [part='badge'] svg {
    color: var(--hsa-accent, var(--_edge));
  }
  a {
    display: block;
    padding: 0.75em 0;
    color: inherit;
  }
`;

/** The button itself. Its edge is a real border, so that it stays in forced colours. */
export const button = css`
  button {
    all: unset;
    box-sizing: border-box;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    width: 100%;
    min-height: var(--hsa-height, 48px);
    padding: 0.75em;
    border: 1px solid;
    border-color: var(--hsa-border-color, var(--_edge));
    border-radius: var(--hsa-radius, 8px);
    background: var(--hsa-background, var(--_fill));
    color: var(--hsa-color, var(--_text));
    text-align: center;
    cursor: pointer;
  }
  button:hover {
    opacity: 0.9;
  }
  :focus-visible {
    outline: 3px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 2px;
  }
  button:disabled,
  [aria-disabled]:not([aria-busy]) {
    border-color: currentColor;
    background: none;
    color: inherit;
    cursor: default;
    opacity: 0.7;
  }
  @media (forced-colors: active) {
    button:disabled,
    [aria-disabled]:not([aria-busy]) {
      color: GrayText;
      opacity: 1;
    }
  }
  [part='message'] {
    padding-inline-start: 0.5em;
    border-inline-start: 3px solid var(--hsa-error-color, light-dark(#b3261e, #ffb4ab));
  }
  @media (prefers-reduced-motion: no-preference) {
    [aria-busy] svg {
      animation: busy 1s infinite alternate;
    }
  }
  @keyframes busy {
    to {
      opacity: 0.3;
    }
  }
`;
