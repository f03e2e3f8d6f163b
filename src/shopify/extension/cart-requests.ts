/** Paths of Shopify's Ajax API that change the lines or the discounts of the cart. */
const CHANGE = /\/(cart\/(add|change|clear|update)(\.js(on)?)?|discount\/[^/]+)$/;
/** The path of the Storefront API. */
const GRAPHQL = /\/graphql\.json$/;

/** Marks the extension's own requests in their options; browsers ignore unknown options. */
const OWN = 'isOfHsaCheckout';

/** Marks a request as the extension's own, so that `observeCartRequests` does not report it. */
export const unobserved = (options: RequestInit): RequestInit => Object.assign({ [OWN]: true }, options);

/** Whether a request changes the cart. A GraphQL request counts as a change when its body cannot be read here. */
function changesCart(url: unknown, body: unknown): boolean {
  try {
    const { pathname } = new URL(url instanceof Request ? url.url : String(url), location.href);
    const isMutation = typeof body !== 'string' || /mutation[^]*cart/i.test(body);
    return CHANGE.test(pathname) || (GRAPHQL.test(pathname) && isMutation);
  } catch {
    // Not a valid URL.
    return false;
  }
}

/**
 * Observes the page's requests that change the cart. Browsers fire no event for a pending request, so `fetch` and
 * `XMLHttpRequest` are wrapped. The wrappers change neither arguments nor results.
 * @param onChange gets a promise that settles when the request has succeeded or failed.
 */
export function observeCartRequests(onChange: (response: Promise<unknown>) => void): void {
  const { fetch } = window;
  const { prototype } = XMLHttpRequest;
  const { open } = prototype;
  /** Whether the request changes the cart. A request can be opened more than once; the last call of `open` decides. */
  const opened = new WeakMap<XMLHttpRequest, boolean>();
  try {
    window.fetch = function (this: unknown, ...args) {
      const response = Reflect.apply(fetch, this, args);
      if (!(OWN in Object(args[1])) && changesCart(args[0], args[1]?.body))
        onChange(Promise.resolve(response));
      return response;
    };
    prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
      if (!opened.has(this)) {
        const end = () => new Promise((resolve) => this.addEventListener('loadend', resolve, { once: true }));
        this.addEventListener('loadstart', () => opened.get(this) && onChange(end()));
      }
      opened.set(this, changesCart(args[1], null));
      Reflect.apply(open, this, args);
    };
  } catch {
    // A page may freeze these objects. The cart is still read at each press.
  }
}
