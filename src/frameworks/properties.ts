/*
 * The properties that the wrappers set, with their attributes. The wrappers prefer the attribute, because a server can render
 * it; `undefined` means that there is only a property. A test compares these tables with the manifest.
 */

const cartProperties = {
  endpoint: 'endpoint',
  cart: undefined,
  theme: 'theme',
  locale: 'locale',
  assets: 'assets',
  strings: undefined,
  learnMore: 'learn-more',
} as const;

export const buttonProperties = {
  ...cartProperties,
  eligibility: 'eligibility',
  checkoutHosts: 'checkout-hosts',
  details: 'details',
  whenRegular: 'when-regular',
  badge: 'badge',
  target: 'target',
  disabled: 'disabled',
} as const;

export const badgeProperties = {
  ...cartProperties,
  type: 'type',
  productId: 'product-id',
  variant: 'variant',
} as const;

export const statusProperties = {
  endpoint: 'endpoint',
  checkoutId: 'checkout-id',
  token: 'token',
  retryHref: 'retry-href',
  continueHref: 'continue-href',
  theme: 'theme',
  locale: 'locale',
  assets: 'assets',
  strings: undefined,
} as const;

/** Events by their name in a component: `checkoutStart` is `onCheckoutStart` in React and `@checkout-start` in Vue. */
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
