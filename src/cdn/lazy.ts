import type { AssetsHolder, LazyModules } from '../elements/index.js';
import { VERSION } from '../version.js';

/** An image, form or frame named `currentScript` replaces this property, so only a script element counts. */
const currentScript: unknown = document.currentScript;

/**
 * URL of this script, known only while it runs for the first time. A module has no `currentScript`, so its URL is read from the
 * stack trace of an error, which begins with it. Markup of the page can forge neither. Lazy files are requested by absolute
 * URL, because a cross-origin classic script has no base URL.
 */
const address =
  currentScript instanceof HTMLScriptElement
    ? currentScript.src
    : /[\w-]+:\/\/\S+?(?=:\d+:\d+)/.exec(new Error().stack!)?.[0];

/**
 * URL of this script; empty or undefined when it is inlined in the page. An inlined module has the page's URL in its stack
 * trace; an inlined classic script has an empty `src`.
 */
const scriptUrl = address === location.href.split('#')[0] ? '' : address;

let failures = 0;
let hasWarned = false;

/** @throws {Error} when the folder of the lazy files is unknown or on another origin. */
function folderOf({ assets, baseURI }: AssetsHolder): URL {
  if (!assets && !scriptUrl) throw new Error('Set `assets` to the folder of the lazy files');
  const folder = new URL(assets ? assets.replace(/\/*$/, '/') : scriptUrl!, baseURI);
  // Injected markup can set the attribute, and a file from that folder is executed. So only the origins of the page and of the
  // script are accepted.
  if (![origin, scriptUrl && new URL(scriptUrl).origin].includes(folder.origin))
    throw new Error('`assets` is not on the origin of the page or of the script');
  return folder;
}

/** Whether the folder of the lazy files is known. If not, the first call logs the reason. */
export function canLoadLazy(element: AssetsHolder): boolean {
  try {
    return !!folderOf(element);
  } catch (error) {
    if (!hasWarned) console.warn(`hsa-checkout-button: ${String(error)}`);
    hasWarned = true;
    return false;
  }
}

/** Replaces `elements/shared/lazy.ts` in the script-tag files, whose lazy modules are files in the same folder. */
export async function loadLazy<Name extends keyof LazyModules>(
  name: Name,
  element: AssetsHolder,
): Promise<LazyModules[Name]> {
  // Firefox remembers a failed import for the life of the page, so a retry needs another URL.
  const query = failures ? `?retry=${failures}` : '';
  try {
    return (await import(
      /* @vite-ignore */ new URL(`hsa-checkout-${name}-${VERSION}.js${query}`, folderOf(element)).href
    )) as LazyModules[Name];
  } catch (error) {
    failures++;
    throw error;
  }
}
