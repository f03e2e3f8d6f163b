import type * as lit from 'lit';
import { LIT } from './lit-key.js';

/** Replaces the import of `lit` in the lazy files of the script-tag build: the Lit of the file that loads them. */
export const { adoptStyles, css, html, LitElement, nothing } = (globalThis as { [LIT]?: typeof lit })[LIT]!;
