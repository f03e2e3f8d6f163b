import { css } from 'lit';

/**
 * Styles of all elements. Colours follow the page's `color-scheme`, not the system's, so that a light-only shop stays light.
 * Browsers without `light-dark()` ignore those colours and show the `outline` theme. Font sizes have a minimum in pixels,
 * because a page's root font size may be 10 pixels. `overflow-wrap` is not `anywhere`, which would break every word in a narrow
 * container.
 */
export const shared = css`
  :host {
    --_edge: light-dark(#054, #8ec);
    --_text: light-dark(#fff, #021);
    display: block;
    font: var(--hsa-font, 600 max(1rem, 16px) / 1.35 system-ui, sans-serif);
    overflow-wrap: break-word;
    text-wrap: pretty;
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
    font-size: max(0.875em, 13px);
    font-weight: 400;
  }
  span {
    min-width: 0;
    max-width: 65ch;
  }
  svg {
    flex: none;
    width: 1.4em;
    height: 1.4em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  [part='badge'] svg {
    color: var(--hsa-accent, var(--_edge));
  }
  a {
    display: block;
    padding: 0.75em 0;
    color: inherit;
  }
  button {
    all: unset;
    text-align: center;
    cursor: pointer;
  }
  :focus-visible {
    outline: 3px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 2px;
  }
`;

/**
 * Styles of the button. Its edge is a border, because forced colours remove backgrounds and shadows. Hover, busy and disabled
 * add an inset shadow in the text's colour, which works over any background of the page. The live region is hidden visually,
 * not with `display: none`, because screen readers skip that. The host has `position: relative` for the live region: otherwise,
 * inside a scrolling box, the live region would make the page longer.
 */
export const button = css`
  :host {
    position: relative;
  }
  button {
    box-sizing: border-box;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    width: 100%;
    min-height: var(--hsa-height, 48px);
    padding: 0.5em 0.75em;
    border: 1px solid;
    border-color: var(--hsa-border-color, var(--_edge));
    border-radius: var(--hsa-radius, 8px);
    background: var(--hsa-background, var(--_fill, var(--_edge)));
    color: var(--hsa-color, var(--_text));
  }
  button:not([aria-describedby]) {
    --_edge: light-dark(#222, #eee);
  }
  button:hover,
  button:disabled,
  [aria-disabled] {
    box-shadow: inset 0 0 0 9em color-mix(in srgb, currentColor 10%, #0000);
  }
  button:active {
    box-shadow: inset 0 0 0 9em #0003;
  }
  button:disabled,
  [aria-disabled]:not([aria-busy]) {
    border-color: currentColor;
    background: none;
    color: inherit;
    color: color-mix(in srgb, currentColor 70%, #0000);
    cursor: default;
    @media (forced-colors: active) {
      color: GrayText;
    }
  }
  [part='message'] {
    display: block;
    --_bad: var(--hsa-error-color, light-dark(#b21, #fba));
    padding: 0.5em 0.75em;
    border-inline-start: 3px solid var(--_bad);
    border-radius: 4px;
    background: color-mix(in srgb, var(--_bad) 10%, #0000);
  }
  [role='status'] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: box-shadow 0.15s;
    }
    :host(:state(creating)) button svg {
      animation: spin 1s linear infinite;
    }
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
`;
