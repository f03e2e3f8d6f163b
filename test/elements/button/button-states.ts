import type { CheckoutButton } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { type Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { cartOf, mount, reaches, splitCart } from '../support/page.js';

type Mount = (endpoint: Endpoint, properties?: Partial<CheckoutButton>) => Promise<CheckoutButton>;

const pageUrl = location.href;

const withCart =
  (cart: CheckoutButton['cart']): Mount =>
  (_, properties) =>
    mount({ cart, ...properties });

const creating: Mount = async (endpoint, properties) => {
  endpoint.holds();
  const button = await mount(properties);
  void button.checkout();
  await button.updateComplete;
  return button;
};

/** Lets the button's own timer come due, and no other. */
async function passing(ms: number, start: () => Promise<CheckoutButton>): Promise<CheckoutButton> {
  const clock = new Clock();
  try {
    const button = await start();
    await clock.until(ms);
    clock.advance(ms);
    await button.updateComplete;
    return button;
  } finally {
    clock.restore();
  }
}

/** The payment page is a fragment of the page of the test: it is gone to, and nothing is left. */
const redirecting: Mount = async (endpoint, properties) => {
  endpoint.answers(() => json(sessionAnswer({ checkout_url: `${pageUrl}#pay` })));
  const button = await mount(properties);
  void button.checkout();
  await reaches(button, 'redirecting');
  return button;
};

const pressed = async (button: CheckoutButton): Promise<CheckoutButton> => {
  await button.checkout();
  await button.updateComplete;
  return button;
};

/** Everything that a button can look like, and how it comes to it. */
export const STATES: Record<string, Mount> = {
  eligible: withCart(cartOf({ hsa_fsa_eligible: true })),
  'in need of a letter': withCart(cartOf({ requires_lmn: true })),
  split: withCart(splitCart()),
  regular: withCart(cartOf({ hsa_fsa_eligible: false })),
  unknown: (_, properties) => mount({ cart: cartOf({}), eligibility: 'unknown', ...properties }),
  'creating a session': creating,
  slow: (endpoint, properties) => passing(5_000, () => creating(endpoint, properties)),
  redirecting,
  'in error': async (endpoint, properties) => {
    expectConsole(/server_error/);
    endpoint.answers(() => json({}, 500));
    return pressed(await mount(properties));
  },
  unavailable: async (_, properties) => {
    expectConsole(/empty_cart/);
    return pressed(await mount({ cart: { line_items: [] }, ...properties }));
  },
  disabled: (_, properties) => mount({ disabled: true, ...properties }),
  'blocked, with a link': (endpoint, properties) => {
    expectConsole(/navigation_blocked/);
    return passing(10_000, () => redirecting(endpoint, properties));
  },
};

afterEach(() => {
  // WebKit takes no more than 100 of these in 10 seconds.
  if (location.href !== pageUrl) history.replaceState(null, '', pageUrl);
});
