import type { LateFiles } from '../elements/index.js';
import { VERSION } from '../version.js';

/**
 * Where this file came from, known only while it runs first. A module has no `currentScript`: its address begins the trace
 * of an error. Late files are asked for in full, because a script from elsewhere may have no base of its own.
 */
const address =
  (document.currentScript as HTMLScriptElement | null)?.src ??
  /[\w-]+:\/\/\S+?(?=:\d+:\d+)/.exec(new Error().stack!)?.[0];

let failures = 0;

/** Stands in for `elements/late.ts` in the script-tag files: their late files lie beside them. */
export async function loadLate<Name extends keyof LateFiles>(name: Name): Promise<LateFiles[Name]> {
  // A failed address has failed for the page's life in Firefox: the next try needs another.
  const query = failures ? `?retry=${failures}` : '';
  try {
    return (await import(
      /* @vite-ignore */ new URL(`hsa-checkout-${name}-${VERSION}.js${query}`, address).href
    )) as LateFiles[Name];
  } catch (error) {
    failures++;
    throw error;
  }
}
