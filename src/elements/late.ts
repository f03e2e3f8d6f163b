import type * as lit from 'lit';

/** What most pages never need, by the name in its file's address. A bundler makes a file of its own of each. */
const FILES = {
  es: () => import('./es.js'),
  'learn-more': () => import('./learn-more.js'),
};

/** The Lit that a late file works with: that of the element which loads it. */
export type Lit = Pick<typeof lit, 'css' | 'html' | 'LitElement'>;

/** What each of the late files holds. They get what they need, Lit included, as arguments: no second Lit comes in. */
export type LateFiles = { [Name in keyof typeof FILES]: Awaited<ReturnType<(typeof FILES)[Name]>> };

/**
 * Loads a late file. It may fail, and whoever asks goes on without it. The script-tag files have `cdn/late.ts` in place of
 * this module.
 */
export function loadLate<Name extends keyof LateFiles>(name: Name): Promise<LateFiles[Name]> {
  return FILES[name]() as Promise<LateFiles[Name]>;
}
