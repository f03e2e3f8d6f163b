import { css, html, LitElement } from 'lit';

/** Lit, evaluated and not used. */
Object.assign(globalThis, { lit: { css, html, LitElement } });
