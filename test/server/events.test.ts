import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { CartProblem, createMemoryStore, type HandlerEvent } from '../../src/server/index.js';
import {
  submitPaymentPage,
  delivery,
  ENDPOINT,
  openShop,
  pageHeaders,
  press,
  resolve,
  sessionOf,
  type Shop,
} from './fixtures.js';

const numRuns = Number(process.env['FC_RUNS'] ?? 200);

/** A marker in every text of the shopper, the page, the provider and the merchant's errors. No event may have it. */
const MARK = 'Zebulon';

const ID = /^[\w.:-]{1,128}$/;
const NAME = /^\w{1,64}$/;
const PATH = /^[\w.[\]$]{1,100}$/;
/** The fields that events may have, by type, and the format of each. */
const FIELDS: Record<HandlerEvent['type'], Record<string, RegExp>> = {
  answer: {
    route: NAME,
    status: /^\d{3}$/,
    durationMs: /^\d+$/,
    code: NAME,
    'paths[]': PATH,
    'cause.name': NAME,
    'cause.kind': NAME,
    'cause.status': /^\d{3}$/,
    'cause.reason': NAME,
    'cause.path': PATH,
    'webhook.fault': NAME,
    'webhook.offS': /^\d+$/,
    setup: /^its secret is not webhookSecret,/,
  },
  session: { checkoutId: ID, replayed: /^(true|false)$/, generation: /^\d+$/ },
  webhook: { outcome: NAME, checkoutId: ID },
  mismatch: { checkoutId: ID, 'fields[]': NAME },
  hook_failed: { hook: NAME, checkoutId: ID, name: NAME },
  store_failed: { operation: NAME, name: NAME },
  image_dropped: { 'paths[]': PATH },
  provider_refused: { status: /^\d{3}$/, providerMessage: /^[^@]{1,300}$/, 'productIds[]': /^[^]{1,255}$/ },
  catalogue_truncated: { products: /^\d+$/ },
  receipt_incomplete: { checkoutId: ID, name: NAME },
};

/** Lists every value in an event with its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

function assertNoData({ type, requestId, ...rest }: HandlerEvent): void {
  assert.match(requestId, ID);
  for (const [path, value] of leaves(rest)) {
    const format = FIELDS[type][path];
    assert.ok(format, `${type} has a field ${path}`);
    assert.match(String(value), format, `${type}.${path}`);
  }
  // Product ids are the merchant's own. The tests of the provider's refusals check the text of `providerMessage`.
  const { productIds: _, providerMessage: __, ...checked } = { productIds: [], providerMessage: '', ...rest };
  assert.doesNotMatch(JSON.stringify(checked), new RegExp(MARK, 'i'));
}

/** Texts with the marker, in the formats of names, addresses and products. */
const marked = fc
  .tuple(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('', '@example.com', ' Street 1', '\n', '-pills', '[0]', '.x'),
  )
  .map(([before, after]) => `${before}${MARK}${after}`);
const name = fc.oneof(marked, fc.constant(MARK));
const optionalOrInvalid = <T>(arb: fc.Arbitrary<T>) =>
  fc.option(fc.oneof(arb as fc.Arbitrary<unknown>, fc.integer(), marked), { nil: undefined });
const person = fc.record({
  email: optionalOrInvalid(marked),
  first_name: optionalOrInvalid(name),
  last_name: optionalOrInvalid(name),
  phone: optionalOrInvalid(marked),
});
const place = fc.record({
  address_line_1: optionalOrInvalid(marked),
  city: optionalOrInvalid(name),
  state: optionalOrInvalid(name),
  postal_code: optionalOrInvalid(marked),
  country: optionalOrInvalid(name),
});
const line = fc.record({
  product_id: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('monitor', 'vitamins') },
    { weight: 1, arbitrary: marked },
  ),
  name: optionalOrInvalid(marked),
  price: optionalOrInvalid(fc.nat(9999)),
  quantity: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: marked },
  ),
  image_url: optionalOrInvalid(marked),
});
const cart = fc.record(
  {
    line_items: fc.array(line, { maxLength: 3 }),
    customer: person,
    shipping_info: place,
    billing_info: place,
    metadata: fc.dictionary(name, fc.oneof(marked, fc.constant({}))),
    reference_id: marked,
    [MARK]: marked,
  },
  { requiredKeys: ['line_items'] },
);

/** A valid cart, with the marker in every field that a page can send. */
const validCart = fc.record({
  line_items: fc.constant([{ product_id: 'monitor', quantity: 1, name: `${MARK} pills` }]),
  customer: fc.constant({ email: `${MARK}@example.com`, first_name: MARK, last_name: MARK }),
  reference_id: fc.constant(MARK),
});

class Zebulon extends Error {
  override name = `${MARK} of ${MARK}@example.com`;
}

/** Failures during a press, each with the marker in its text. */
const FAILURES = {
  none: {},
  'resolveCart throws': {
    resolveCart: () => {
      throw new Zebulon(MARK);
    },
  },
  'resolveCart throws a string': {
    resolveCart: () => {
      throw `${MARK}@example.com`;
    },
  },
  'resolveCart throws a CartProblem': {
    resolveCart: () => {
      throw new CartProblem([{ path: `${MARK} Street`, code: MARK, message: MARK }]);
    },
  },
  'resolveCart returns an invalid result': {
    resolveCart: () => ({ ...resolve({ line_items: [] }), metadata: { [MARK]: {} } }) as never,
  },
  'onSessionCreated throws': {
    onSessionCreated: () => {
      throw new Zebulon(MARK);
    },
  },
  'rateLimit rejects': { rateLimit: () => Promise.reject(new Zebulon(MARK)) },
  'the store rejects': { store: { ...createMemoryStore(), read: () => Promise.reject(new Zebulon(MARK)) } },
  'the provider refuses': {
    network: () =>
      Response.json(
        {
          success: false,
          error_code: MARK,
          error_message: MARK,
          details: {
            field_errors: { 'customer.email': [`${MARK}@example.com`], [`${MARK} Street`]: [MARK] },
          },
        },
        { status: 422 },
      ),
  },
  'a picture is invalid': {
    resolveCart: () => {
      const resolved = resolve({ line_items: [{ product_id: 'monitor', quantity: 1 }] });
      return { ...resolved, line_items: resolved.line_items.map((line) => ({ ...line, image_url: MARK })) };
    },
  },
  'the provider breaks its contract': {
    network: () => Response.json({ [MARK]: MARK, checkout_id: `${MARK} 1` }),
  },
};

describe('events', () => {
  it('have only ids, counts, codes and times, for generated carts and every kind of failure', async () => {
    const failures = fc.constantFrom(...(Object.keys(FAILURES) as (keyof typeof FAILURES)[]));
    const seenTypes = new Set<string>();
    const property = fc.asyncProperty(fc.oneof(cart, validCart), failures, async (pageCart, failure) => {
      const shop: Shop = openShop({
        onOrderCreated: () => Promise.reject(new Zebulon(MARK)),
        ...FAILURES[failure],
      });
      const response = await shop.handler(press(pageCart));
      const { checkout_id = 'cs_1', checkout_url } = response.ok ? await sessionOf(response) : {};
      if (checkout_url) await submitPaymentPage(shop, checkout_url, 'pay');
      const data = { checkout_id, reference_id: pageCart.reference_id, customer: pageCart.customer };
      await shop.handler(await delivery({ type: 'order.created', data }));
      await shop.handler(await delivery({ type: 'order.created', data: { checkout_id: MARK + ' 1' } }));
      await shop.handler(await delivery({ type: MARK }, { secret: MARK }));
      assert.ok(shop.events.length >= 4);
      for (const event of shop.events) {
        seenTypes.add(event.type);
        assertNoData(event);
      }
    });
    await fc.assert(property, { numRuns });
    // An endless product list causes `catalogue_truncated`.
    let page = 0;
    const endless = openShop({
      network: () => Response.json({ data: [], next_cursor: `${MARK} ${page++}` }),
    });
    const body = JSON.stringify({ product_ids: [MARK] });
    const headers = pageHeaders();
    await endless.handler(new Request(`${ENDPOINT}/eligibility`, { method: 'POST', headers, body }));
    for (const event of endless.events) {
      seenTypes.add(event.type);
      assertNoData(event);
    }
    const failing = openShop({
      receipt: { shop: MARK },
      resolveEligibility: () => Promise.reject(new Zebulon(MARK)),
    });
    const session = await sessionOf(await failing.handler(press()));
    await submitPaymentPage(failing, session.checkout_url, 'pay');
    const query = new URLSearchParams({ id: session.checkout_id, token: session.status_token });
    await failing.handler(new Request(`${ENDPOINT}/status?${query}`));
    for (const event of failing.events) {
      seenTypes.add(event.type);
      assertNoData(event);
    }
    assert.deepEqual([...seenTypes].sort(), Object.keys(FIELDS).sort());
  });
});
