/** The used part of Shopify's global object. */
export interface Shopify {
  routes?: { root?: string };
  designMode?: boolean;
  actions?: { getCart?: () => Promise<unknown> };
}

declare global {
  interface Window {
    Shopify?: Shopify;
  }
}

/** The root path of the shop in the shopper's language, with a trailing slash. */
export const shopRoot = (): string => window.Shopify?.routes?.root ?? '/';
