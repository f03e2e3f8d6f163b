/** An image, form or frame of this name stands in its place: only a script is believed. */
const currentScript: unknown = document.currentScript;
/** The address of the loader, beside which the elements' file lies; nothing where that is not known. */
const loader = currentScript instanceof HTMLScriptElement ? currentScript.src : '';

let coming: Promise<unknown> | undefined;
let failures = 0;

/**
 * Brings the elements in, once for the page, from the folder of the loader. Where their file does not load, the next who asks
 * tries again.
 * @param src where the block says that the file is. Only its query, Shopify's version, is taken: markup of others, such as a
 * customer's review, may name any address.
 */
export function bringElement(src: string): Promise<unknown> {
  return (coming ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const url = new URL('hsa-checkout.js', loader);
    url.search = new URL(src, loader).search;
    // A failure may be remembered with its address.
    if (failures) url.searchParams.set('retry', String(failures));
    script.src = url.href;
    script.onload = resolve;
    script.onerror = () => {
      failures++;
      coming = undefined;
      script.remove();
      reject(new Error(`${url.href} did not load`));
    };
    // Not `document.head`, which a frame of that name replaces.
    document.querySelector('head')!.append(script);
  }));
}
