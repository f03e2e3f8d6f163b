/** Paths of Shopify's Ajax API that change the cart or what it costs. */
const CHANGE = /\/(cart\/(add|change|clear|update)(\.js(on)?)?|discount\/[^/]+)$/;
/** The path of the Storefront API. */
const GRAPHQL = /\/graphql\.json$/;

/** Marks a request of the extension's own, in its options: browsers ignore what they do not know there. */
const OWN = 'isOfHsaCheckout';

/** Options of a request that is not to be observed. */
export const unobserved = (options: RequestInit): RequestInit => Object.assign({ [OWN]: true }, options);

/** Whether a request changes the cart. A GraphQL request whose body cannot be read here counts. */
function changesCart(url: unknown, body: unknown): boolean {
  try {
    const { pathname } = new URL(url instanceof Request ? url.url : String(url), location.href);
    const isMutation = typeof body !== 'string' || /mutation[^]*cart/i.test(body);
    return CHANGE.test(pathname) || (GRAPHQL.test(pathname) && isMutation);
  } catch {
    // The browser refuses this URL.
    return false;
  }
}

/**
 * Observes the page's requests that change the cart. There is no event for a request that is under way, so `fetch` and
 * `XMLHttpRequest` are wrapped. A wrapper passes on everything as it is.
 * @param onChange gets a promise that settles when the request was answered or has failed.
 */
export function observeCartRequests(onChange: (answer: Promise<unknown>) => void): void {
  const { fetch } = window;
  const { prototype } = XMLHttpRequest;
  const { open } = prototype;
  /** Whether the request that was opened last changes the cart. */
  const opened = new WeakMap<XMLHttpRequest, boolean>();
  try {
    window.fetch = function (this: unknown, ...args) {
      const answer = Reflect.apply(fetch, this, args);
      if (!(OWN in Object(args[1])) && changesCart(args[0], args[1]?.body)) onChange(Promise.resolve(answer));
      return answer;
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
    // A page may freeze them. The cart is still read at each press.
  }
}
