import { adoptStyles, css, html, nothing } from 'lit';
import { EmptyRootElement } from '../elements/index.js';
import { LIT } from './lit-key.js';

// If the page loads a script twice, or two scripts of this version, the lazy files of both use the Lit of the first. It does not
// matter whose, because templates are plain objects.
(globalThis as { [LIT]?: unknown })[LIT] ??= { adoptStyles, css, EmptyRootElement, html, nothing };
