let coming: Promise<unknown> | undefined;

/**
 * Brings the elements in, once for the page, from where Shopify has put their file. Where it does not load, the next who
 * asks tries again.
 */
export function bringElement(src: string): Promise<unknown> {
  return (coming ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = resolve;
    script.onerror = () => {
      coming = undefined;
      script.remove();
      reject(new Error(`${src} did not load`));
    };
    document.head.append(script);
  }));
}
