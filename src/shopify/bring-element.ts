let coming: Promise<unknown> | undefined;
let failures = 0;

/**
 * Brings the elements in, once for the page, from where Shopify has put their file. Where it does not load, the next who
 * asks tries again.
 */
export function bringElement(src: string): Promise<unknown> {
  return (coming ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const url = new URL(src, location.href);
    // A failure may be remembered with its address.
    if (failures) url.searchParams.set('retry', String(failures));
    script.src = url.href;
    script.onload = resolve;
    script.onerror = () => {
      failures++;
      coming = undefined;
      script.remove();
      reject(new Error(`${src} did not load`));
    };
    document.head.append(script);
  }));
}
