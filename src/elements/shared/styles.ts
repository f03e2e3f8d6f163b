import { css } from 'lit';

/**
 * Styles of all elements. Colours follow the page's `color-scheme`, not the system's, so that a light-only shop stays light.
 * Browsers without `light-dark()` ignore those colours and show the `outline` theme. Font sizes have a minimum in pixels,
 * because a page's root font size may be 10 pixels. `overflow-wrap` is not `anywhere`, which would break every word in a narrow
 * container. The focus ring has two tones, so that one of them stands out from any ground.
 */
export const shared = css`
  :host {
    --_edge: light-dark(#054, #8ec);
    --_text: light-dark(#fff, #021);
    display: block;
    font: var(--hsa-font, 600 max(1rem, 16px) / 1.35 system-ui, sans-serif);
    letter-spacing: normal;
    overflow-wrap: break-word;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
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
  slot[name='explanation'] {
    flex-wrap: wrap;
    margin-top: 0.5em;
    font-size: max(0.875em, 13px);
    font-weight: 400;
  }
  [part='badge'],
  #badge,
  li {
    display: flex;
    gap: 0 0.5em;
    min-width: 0;
  }
  #badge:has(ul) {
    flex: 1 1 100%;
  }
  #badge span,
  ul {
    flex: 1 7em;
    min-width: 0;
    margin: 0;
    padding: 0;
  }
  li {
    flex-wrap: wrap;
    padding: 0.2em 0;
  }
  li:last-child {
    border-top: 1px solid color-mix(in srgb, currentColor 40%, #0000);
  }
  svg {
    flex: none;
    width: 1.4em;
    height: 1.4em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
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
  [part='learn-more'] {
    min-width: 44px;
    min-height: 44px;
    margin-block: calc(0.67em - 22px);
    text-decoration: underline;
  }
  :focus-visible {
    position: relative;
    z-index: 1;
    outline: 2px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_text);
  }
`;

/**
 * Styles of the button. Its edge is a border, because forced colours remove backgrounds and shadows. Hover, press, busy and
 * disabled add a layer in the text's colour over any background of the page. The layer is a box of its own, because WebKit does
 * not paint an inset shadow of this size. The badge and the messages do not make the button wider: `contain: inline-size`.
 * `--_ink` is black or white: a colour whose lightness is 0 or 1. It is invalid when the background is not a colour, and the
 * label then has the colour of the theme.
 */
export const button = css`
  :host > div {
    position: relative;
    display: flex;
    flex-direction: column;
    --_ink: oklch(from var(--hsa-background) calc((0.57 - l) * 99) 0 0);
  }
  [part='button'] {
    position: relative;
    z-index: 0;
    box-sizing: border-box;
    display: grid;
    grid-template-columns: 100%;
    width: 100%;
    min-height: var(--hsa-height, 48px);
    padding: 3px 0.75em;
    border: 1px solid;
    border-color: var(--hsa-border-color, var(--_edge));
    border-radius: var(--hsa-radius, 8px);
    background: var(--hsa-background, var(--_fill, var(--_edge)));
    color: var(--hsa-color, var(--_text));
  }
  .face {
    grid-area: 1 / 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    color: var(--hsa-color, var(--_ink, inherit));
    visibility: hidden;
  }
  .face[data-on] {
    visibility: visible;
  }
  [part='label'] {
    min-width: 0;
  }
  .face > :only-child {
    padding-inline-start: 1.9em;
  }
  [data-regular] {
    --_edge: light-dark(#222, #eee);
  }
  [part='button']::before {
    content: '';
    position: absolute;
    z-index: -1;
    inset: 0;
    border-radius: inherit;
    background: currentColor;
    opacity: 0;
  }
  [part='button']:is(:hover, :disabled, [aria-disabled])::before {
    opacity: 0.1;
  }
  [part='button']:active::before {
    opacity: 0.2;
  }
  [part='button']:disabled,
  [aria-disabled]:not([aria-busy]) {
    border-color: currentColor;
    background: none;
    color: color-mix(in srgb, currentColor 70%, #0000);
    cursor: default;
    .face {
      color: inherit;
    }
    @media (forced-colors: active) {
      color: GrayText;
    }
  }
  [part='badge'] {
    contain: inline-size;
  }
  :host([badge='above']) [part='badge'] {
    order: -1;
    margin: 0 0 0.5em;
  }
  [role='status'] > span {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  @media (prefers-reduced-motion: no-preference) {
    :host(:state(creating)) [part='button'] svg {
      animation: spin 1s linear infinite;
    }
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
`;
