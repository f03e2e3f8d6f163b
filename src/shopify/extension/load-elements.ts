import type * as Storefront from './storefront.js';

/** An image, form or frame named `currentScript` replaces this property, so only a script element counts. */
const currentScript: unknown = document.currentScript;
/** URL of the loader; the other files are in the same folder. Empty when it is unknown. */
const loader = currentScript instanceof HTMLScriptElement ? currentScript.src : '';

/** The URL of a file beside the loader. Browsers may cache a failure by URL, so a retry uses another URL. */
function urlOf(file: string, src: string, failures: number): string {
  const url = new URL(file, loader);
  url.search = new URL(src, loader).search;
  if (failures) url.searchParams.set('retry', String(failures));
  return url.href;
}

/** Returns a function that loads a file once for the page. After a failure, the next call loads it again. */
function once<T>(load: (src: string, failures: number) => Promise<T>): (src: string) => Promise<T> {
  let loading: Promise<T> | undefined;
  let failures = 0;
  return (src) =>
    (loading ??= load(src, failures).catch((error: unknown) => {
      failures++;
      loading = undefined;
      throw error;
    }));
}

/**
 * Loads the elements from the folder of the loader.
 * @param src URL of the file in the block's markup. Only its query (Shopify's version of the file) is used, because markup of
 * others, such as a customer's review, could name any URL.
 */
export const loadElements = once<unknown>(
  (src, failures) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = urlOf('hsa-checkout.js', src, failures);
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new Error(`${script.src} did not load`));
      };
      // Not `document.head`: a frame named `head` replaces that property.
      document.querySelector('head')!.append(script);
    }),
);

let loaded: typeof Storefront | undefined;

/** The module `storefront.ts`, once it is loaded. */
export const storefront = (): typeof Storefront | undefined => loaded;

/** Loads `hsa-storefront.js` from the folder of the loader. */
export const loadStorefront = once<typeof Storefront>(async (src, failures) => {
  loaded = (await import(/* @vite-ignore */ urlOf('hsa-storefront.js', src, failures))) as typeof Storefront;
  return loaded;
});
