/** Stands in for `lit` in the script-tag files: what our elements use of it, and nothing else. */
export { css, LitElement } from './lit-element.js';
export { html, nothing } from './template.js';
/** These files are for pages. */
export const isServer = false;
