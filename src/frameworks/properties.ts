/*
 * What frameworks set of each element: a property's name, and its attribute's. A server can render an attribute, so all that
 * has one goes there; `undefined` is what only a property can hold. A test compares these tables with the manifest.
 */

const cartProperties = {
  endpoint: 'endpoint',
  cart: undefined,
  theme: 'theme',
  locale: 'locale',
  assets: 'assets',
  strings: undefined,
} as const;

export const buttonProperties = {
  ...cartProperties,
  eligibility: 'eligibility',
  checkoutHosts: 'checkout-hosts',
  details: 'details',
  whenRegular: 'when-regular',
  target: 'target',
  disabled: 'disabled',
} as const;

export const badgeProperties = {
  ...cartProperties,
  type: 'type',
  productId: 'product-id',
  learnMore: 'learn-more',
} as const;

export const statusProperties = {
  endpoint: 'endpoint',
  checkoutId: 'checkout-id',
  token: 'token',
  retryHref: 'retry-href',
  theme: 'theme',
  locale: 'locale',
  assets: 'assets',
  strings: undefined,
} as const;

/** Events by the name that a component gives them. `onCheckoutStart` is React's word, `@checkout-start` Vue's. */
export const badgeEvents = { eligibility: 'hsa-eligibility' } as const;

export const buttonEvents = {
  checkoutStart: 'hsa-checkout-start',
  checkoutSession: 'hsa-checkout-session',
  checkoutError: 'hsa-checkout-error',
  checkoutState: 'hsa-checkout-state',
  ...badgeEvents,
} as const;

export const statusEvents = {
  checkoutPaid: 'hsa-checkout-paid',
  checkoutError: 'hsa-checkout-error',
} as const;
