import type * as lit from 'lit';
import type { EmptyRootElement as BaseElement } from '../elements/index.js';
import { LIT } from './lit-key.js';

/**
 * Replaces the import of `lit` and of the base class of the elements in the lazy files of the script-tag build: those of the
 * file that loads them.
 */
export const { adoptStyles, css, EmptyRootElement, html, nothing } = (
  globalThis as { [LIT]?: typeof lit & { EmptyRootElement: typeof BaseElement } }
)[LIT]!;
