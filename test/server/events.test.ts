import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { CartProblem, createMemoryStore, type HandlerEvent } from '../../src/server/index.js';
import {
  atPaymentPage,
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

/** In every text that a shopper, a page, a provider or a merchant's error could bring in. */
const MARK = 'Zebulon';

/** The fields that events may have, by type: a closed list, with what each may hold. */
const ID = /^[\w.:-]{1,128}$/;
const WORD = /^\w{1,64}$/;
const PATH = /^[\w.[\]$]{1,100}$/;
const FIELDS: Record<HandlerEvent['type'], Record<string, RegExp>> = {
  answer: {
    route: WORD,
    status: /^\d{3}$/,
    durationMs: /^\d+$/,
    code: WORD,
    'paths[]': PATH,
    'cause.name': WORD,
    'cause.kind': WORD,
    'cause.status': /^\d{3}$/,
    'cause.reason': WORD,
    'cause.path': PATH,
    'webhook.fault': WORD,
    'webhook.offS': /^\d+$/,
    setup: /^its secret is not webhookSecret,/,
  },
  session: { checkoutId: ID, replayed: /^(true|false)$/, generation: /^\d+$/ },
  webhook: { outcome: WORD, checkoutId: ID },
  mismatch: { checkoutId: ID, 'fields[]': WORD },
  hook_failed: { hook: WORD, checkoutId: ID, name: WORD },
  store_failed: { operation: WORD, name: WORD },
  image_dropped: { 'paths[]': PATH },
  provider_refused: { status: /^\d{3}$/, words: /^[^@]{1,300}$/, 'productIds[]': /^[^]{1,255}$/ },
  catalogue_truncated: { products: /^\d+$/ },
};

/** Every value in an event, by its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

function refuseData({ type, requestId, ...rest }: HandlerEvent): void {
  assert.match(requestId, ID);
  for (const [path, value] of leaves(rest)) {
    const form = FIELDS[type][path];
    assert.ok(form, `${type} has a field ${path}`);
    assert.match(String(value), form, `${type}.${path}`);
  }
  // The ids are the merchant's own. The words are the provider's: what they may not repeat has tests of its own.
  const { productIds: _, words: __, ...text } = { productIds: [], words: '', ...rest };
  assert.doesNotMatch(JSON.stringify(text), new RegExp(MARK, 'i'));
}

/** Texts with the mark in them, as names, addresses and goods have all kinds of text. */
const marked = fc
  .tuple(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('', '@example.com', ' Street 1', '\n', '-pills', '[0]', '.x'),
  )
  .map(([before, after]) => `${before}${MARK}${after}`);
const name = fc.oneof(marked, fc.constant(MARK));
const oddly = <T>(arb: fc.Arbitrary<T>) =>
  fc.option(fc.oneof(arb as fc.Arbitrary<unknown>, fc.integer(), marked), { nil: undefined });
const person = fc.record({
  email: oddly(marked),
  first_name: oddly(name),
  last_name: oddly(name),
  phone: oddly(marked),
});
const place = fc.record({
  address_line_1: oddly(marked),
  city: oddly(name),
  state: oddly(name),
  postal_code: oddly(marked),
  country: oddly(name),
});
const line = fc.record({
  product_id: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('monitor', 'vitamins') },
    { weight: 1, arbitrary: marked },
  ),
  name: oddly(marked),
  price: oddly(fc.nat(9999)),
  quantity: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: marked },
  ),
  image_url: oddly(marked),
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

/** A cart that is sold, and tells as much of its shopper as a page can. */
const sold = fc.record({
  line_items: fc.constant([{ product_id: 'monitor', quantity: 1, name: `${MARK} pills` }]),
  customer: fc.constant({ email: `${MARK}@example.com`, first_name: MARK, last_name: MARK }),
  reference_id: fc.constant(MARK),
});

class Zebulon extends Error {
  override name = `${MARK} of ${MARK}@example.com`;
}

/** What can go wrong around a cart, each with the mark in what it says. */
const TROUBLES = {
  nothing: {},
  hook: {
    resolveCart: () => {
      throw new Zebulon(MARK);
    },
  },
  text: {
    resolveCart: () => {
      throw `${MARK}@example.com`;
    },
  },
  cart: {
    resolveCart: () => {
      throw new CartProblem([{ path: `${MARK} Street`, code: MARK, message: MARK }]);
    },
  },
  result: { resolveCart: () => ({ ...resolve({ line_items: [] }), metadata: { [MARK]: {} } }) as never },
  session: {
    onSessionCreated: () => {
      throw new Zebulon(MARK);
    },
  },
  limit: { rateLimit: () => Promise.reject(new Zebulon(MARK)) },
  store: { store: { ...createMemoryStore(), read: () => Promise.reject(new Zebulon(MARK)) } },
  refusal: {
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
  picture: {
    resolveCart: () => {
      const whole = resolve({ line_items: [{ product_id: 'monitor', quantity: 1 }] });
      return { ...whole, line_items: whole.line_items.map((line) => ({ ...line, image_url: MARK })) };
    },
  },
  answer: { network: () => Response.json({ [MARK]: MARK, checkout_id: `${MARK} 1` }) },
};

describe('the events', () => {
  it('hold ids, counts, codes and times only, whatever comes and whatever breaks', async () => {
    const trouble = fc.constantFrom(...(Object.keys(TROUBLES) as (keyof typeof TROUBLES)[]));
    const seen = new Set<string>();
    const property = fc.asyncProperty(fc.oneof(cart, sold), trouble, async (goods, what) => {
      const shop: Shop = openShop({
        onOrderCreated: () => Promise.reject(new Zebulon(MARK)),
        ...TROUBLES[what],
      });
      const response = await shop.handler(press(goods));
      const { checkout_id = 'cs_1', checkout_url } = response.ok ? await sessionOf(response) : {};
      if (checkout_url) await atPaymentPage(shop, checkout_url, 'pay');
      const data = { checkout_id, reference_id: goods.reference_id, customer: goods.customer };
      await shop.handler(await delivery({ type: 'order.created', data }));
      await shop.handler(await delivery({ type: 'order.created', data: { checkout_id: MARK + ' 1' } }));
      await shop.handler(await delivery({ type: MARK }, { secret: MARK }));
      assert.ok(shop.events.length >= 4);
      for (const event of shop.events) {
        seen.add(event.type);
        refuseData(event);
      }
    });
    await fc.assert(property, { numRuns });
    // A product list without an end.
    let page = 0;
    const endless = openShop({
      network: () => Response.json({ data: [], next_cursor: `${MARK} ${page++}` }),
    });
    const body = JSON.stringify({ product_ids: [MARK] });
    const headers = pageHeaders();
    await endless.handler(new Request(`${ENDPOINT}/eligibility`, { method: 'POST', headers, body }));
    for (const event of endless.events) {
      seen.add(event.type);
      refuseData(event);
    }
    assert.deepEqual([...seen].sort(), Object.keys(FIELDS).sort());
  });
});
