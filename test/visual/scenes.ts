import type { CheckoutCart } from '../../src/contract/index.js';

const monitor = { product_id: 'bp-monitor', price: 4995, quantity: 1, hsa_fsa_eligible: true };
const vitamins = { product_id: 'multivitamin', price: 1999, quantity: 2, hsa_fsa_eligible: false };
const massager = { product_id: 'massage-gun', price: 12900, quantity: 1, requires_lmn: true };

/** One element on the page, with the steps to its state. */
export interface Scene {
  /** Name in captions and in failure messages. */
  name: string;
  tag?: 'hsa-eligibility-badge' | 'hsa-checkout-status';
  attributes?: Record<string, string>;
  lines?: CheckoutCart['line_items'];
  /** The last segment of its endpoint, which selects the response in {@link answerTo}. */
  endpoint?: string;
  /** Whether it is pressed, and the state to wait for. */
  press?: boolean;
  state?: string;
  /** The length of the timer to run after that, in milliseconds. */
  passMs?: number;
  /** A part to wait for at the end. */
  part?: string;
  /** Pseudo-classes to force, by the names of the DevTools protocol. */
  pseudo?: string[];
}

const badge = (type: string, more = false): Scene => ({
  name: `badge, ${type}`,
  tag: 'hsa-eligibility-badge',
  attributes: { type, ...(more ? { 'learn-more': '' } : {}) },
  part: 'badge',
});
const status = (name: string): Scene => ({
  name: `status, ${name}`,
  tag: 'hsa-checkout-status',
  attributes: { token: 'token', 'retry-href': '/cart' },
  endpoint: name,
  part: name === 'open' ? 'message' : 'heading',
});

/** Every state of every element. Scenes that need a timer come first, because later timers are held. */
export const SCENES: readonly Scene[] = [
  { name: 'slow', lines: [monitor], endpoint: 'never', press: true, state: 'creating', passMs: 5_000 },
  {
    name: 'blocked',
    lines: [monitor],
    endpoint: 'open',
    press: true,
    state: 'redirecting',
    passMs: 10_000,
    part: 'link',
  },
  { name: 'eligible', lines: [monitor], part: 'badge' },
  { name: 'letter', lines: [massager], part: 'badge' },
  { name: 'split', lines: [monitor, vitamins], part: 'badge' },
  { name: 'split, letter', lines: [monitor, massager, vitamins], part: 'badge' },
  { name: 'regular', lines: [vitamins] },
  { name: 'hover', lines: [monitor], part: 'badge', pseudo: ['hover'] },
  { name: 'pressed', lines: [monitor], part: 'badge', pseudo: ['hover', 'active'] },
  { name: 'focus', lines: [monitor], part: 'badge', pseudo: ['focus', 'focus-visible'] },
  { name: 'creating', lines: [monitor], endpoint: 'creating', press: true, state: 'creating' },
  { name: 'redirecting', lines: [monitor], endpoint: 'redirecting', press: true, state: 'redirecting' },
  {
    name: 'error',
    lines: [monitor, vitamins],
    endpoint: 'error',
    press: true,
    state: 'error',
    part: 'message',
  },
  {
    name: 'price increase',
    lines: [monitor, vitamins],
    endpoint: 'price',
    press: true,
    state: 'confirm',
    part: 'price',
  },
  {
    name: 'paid already',
    lines: [monitor],
    endpoint: 'closed',
    press: true,
    state: 'error',
    part: 'message',
  },
  { name: 'badge above', lines: [monitor], attributes: { badge: 'above', 'learn-more': '' }, part: 'badge' },
  { name: 'pale background', lines: [monitor], attributes: { class: 'pale', badge: 'none' }, part: 'button' },
  { name: 'unavailable', lines: [], press: true, state: 'unavailable', part: 'message' },
  { name: 'disabled', lines: [monitor], attributes: { disabled: '' }, part: 'badge' },
  badge('eligible'),
  badge('lmn', true),
  badge('split'),
  {
    name: 'badge, pill',
    tag: 'hsa-eligibility-badge',
    attributes: { type: 'eligible', variant: 'pill', 'learn-more': '' },
    part: 'badge',
  },
  {
    name: 'badge, card',
    tag: 'hsa-eligibility-badge',
    attributes: { type: 'lmn', variant: 'card', 'learn-more': '' },
    part: 'badge',
  },
  status('open'),
  status('paid'),
  status('failed'),
];

/** The response of the endpoint in a scene; undefined when it does not respond. */
export function answerTo(url: URL): { status: number; json: unknown } | undefined {
  const [, scene, route] = /\/api\/([\w-]+)(\/\w+)?$/.exec(url.pathname) ?? [];
  if (route === '/status') return { status: 200, json: { checkout_id: 'cs_1', status: scene } };
  if (scene === 'error') return { status: 500, json: {} };
  if (scene === 'closed') return { status: 409, json: { code: 'session_closed' } };
  if (scene !== 'open' && scene !== 'redirecting' && scene !== 'price') return undefined;
  return {
    status: 200,
    json: {
      checkout_id: 'cs_1',
      // A fragment of the same page, so that the browser navigates without unloading it.
      checkout_url: `${url.origin}/#pay`,
      status: 'open',
      expires_in: 86_400,
      ...(scene === 'price' && {
        type: 'split',
        amounts: { subtotal: 10493, hsa_amount: 6495, regular_amount: 3998, total: 10493 },
      }),
      status_token: 'token',
      test: false,
    },
  };
}
