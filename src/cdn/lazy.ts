import type { LazyModules } from '../elements/index.js';
import { VERSION } from '../version.js';

/** An image, form or frame of this name stands in its place: only a script is believed. */
const currentScript: unknown = document.currentScript;

/**
 * URL of this script, known only while it runs for the first time. A module has no `currentScript`: its URL begins the stack
 * trace of an error. Markup can change neither. Lazy files are requested by absolute URL, because a cross-origin classic script has no base URL.
 */
const address =
  currentScript instanceof HTMLScriptElement
    ? currentScript.src
    : /[\w-]+:\/\/\S+?(?=:\d+:\d+)/.exec(new Error().stack!)?.[0];

let failures = 0;

/** Replaces `elements/lazy.ts` in the script-tag files, whose lazy modules are files in the same folder. */
export async function loadLazy<Name extends keyof LazyModules>(name: Name): Promise<LazyModules[Name]> {
  // Firefox remembers a failed import for the life of the page, so a retry needs another URL.
  const query = failures ? `?retry=${failures}` : '';
  try {
    return (await import(
      /* @vite-ignore */ new URL(`hsa-checkout-${name}-${VERSION}.js${query}`, address).href
    )) as LazyModules[Name];
  } catch (error) {
    failures++;
    throw error;
  }
}
