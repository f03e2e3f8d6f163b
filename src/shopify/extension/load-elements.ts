import type * as Storefront from './storefront.js';

/** An image, form or frame of this name stands in its place: only a script is believed. */
const currentScript: unknown = document.currentScript;
/** The URL of the loader, beside which the other files are; empty where that is not known. */
const loader = currentScript instanceof HTMLScriptElement ? currentScript.src : '';

/** The URL of a file beside the loader. A failure may be cached with its URL, so a further attempt has another one. */
function urlOf(file: string, src: string, failures: number): string {
  const url = new URL(file, loader);
  url.search = new URL(src, loader).search;
  if (failures) url.searchParams.set('retry', String(failures));
  return url.href;
}

/** Makes a function that loads a file once for the page. After a failure, the next call loads it again. */
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
 * @param src where the block says that the file is. Only its query, Shopify's version, is taken: markup of others, such as a
 * customer's review, may name any address.
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
      // Not `document.head`, which a frame of that name replaces.
      document.querySelector('head')!.append(script);
    }),
);

let loaded: typeof Storefront | undefined;

/** What the elements need on a page of a shop, where it is loaded. */
export const storefront = (): typeof Storefront | undefined => loaded;

/** Loads what the elements need on a page of a shop, from the same folder. */
export const loadStorefront = once<typeof Storefront>(async (src, failures) => {
  loaded = (await import(/* @vite-ignore */ urlOf('hsa-storefront.js', src, failures))) as typeof Storefront;
  return loaded;
});
