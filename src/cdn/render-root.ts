/** Stands in for `elements/render-root.ts` in the script-tag files: their class attaches an empty root by itself. */
export { LitElement as EmptyRootElement } from './lit-element.js';
