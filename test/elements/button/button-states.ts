import type { CheckoutButton } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { type Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { cartOf, mount, untilState, splitCart } from '../support/page.js';

type Mount = (endpoint: Endpoint, properties?: Partial<CheckoutButton>) => Promise<CheckoutButton>;

const pageUrl = location.href;

const withCart =
  (cart: CheckoutButton['cart']): Mount =>
  (_, properties) =>
    mount({ cart, ...properties });

const creating: Mount = async (endpoint, properties) => {
  endpoint.holdResponses();
  const button = await mount(properties);
  void button.checkout();
  await button.updateComplete;
  return button;
};

/** Advances a fake clock to the button's timer of this length, in milliseconds. */
async function afterTimer(ms: number, start: () => Promise<CheckoutButton>): Promise<CheckoutButton> {
  const clock = new Clock();
  try {
    const button = await start();
    await clock.untilTimer(ms);
    clock.advance(ms);
    await button.updateComplete;
    return button;
  } finally {
    clock.restore();
  }
}

/** The payment page is a fragment of the test's page, so that the browser navigates without unloading it. */
const redirecting: Mount = async (endpoint, properties) => {
  endpoint.respondWith(() => json(sessionAnswer({ checkout_url: `${pageUrl}#pay` })));
  const button = await mount(properties);
  void button.checkout();
  await untilState(button, 'redirecting');
  return button;
};

const pressed = async (button: CheckoutButton): Promise<CheckoutButton> => {
  await button.checkout();
  await button.updateComplete;
  return button;
};

/** All states of a button, with a function that brings a button into each. */
export const STATES: Record<string, Mount> = {
  eligible: withCart(cartOf({ hsa_fsa_eligible: true })),
  'in need of a letter': withCart(cartOf({ requires_lmn: true })),
  split: withCart(splitCart()),
  regular: withCart(cartOf({ hsa_fsa_eligible: false })),
  unknown: (_, properties) => mount({ cart: cartOf({}), eligibility: 'unknown', ...properties }),
  'creating a session': creating,
  slow: (endpoint, properties) => afterTimer(5_000, () => creating(endpoint, properties)),
  redirecting,
  'in error': async (endpoint, properties) => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({}, 500));
    return pressed(await mount(properties));
  },
  unavailable: async (_, properties) => {
    expectConsole(/empty_cart/);
    return pressed(await mount({ cart: { line_items: [] }, ...properties }));
  },
  confirm: async (endpoint, properties) => {
    endpoint.respondWith(() => json(sessionAnswer({ amounts: { subtotal: 6495, total: 6495 } })));
    return pressed(await mount({ cart: cartOf({ hsa_fsa_eligible: true }), ...properties }));
  },
  disabled: (_, properties) => mount({ disabled: true, ...properties }),
  'blocked, with a link': (endpoint, properties) => {
    expectConsole(/navigation_blocked/);
    return afterTimer(10_000, () => redirecting(endpoint, properties));
  },
};

afterEach(() => {
  // WebKit allows no more than 100 of these calls in 10 seconds.
  if (location.href !== pageUrl) history.replaceState(null, '', pageUrl);
});
