import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatusAnswer } from '../../../src/contract/index.js';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import {
  CART,
  ENDPOINT,
  openShop,
  press,
  PRODUCTS,
  resolve,
  sessionOf,
  submitPaymentPage,
  type ShopOptions,
} from '../fixtures.js';

const RECEIPT = {
  shop: 'Fern Street Pharmacy',
  address: '12 Elm Street\nAustin, TX',
  contact: '512-555-0100',
};
const SESSION = { checkout_id: 'cs_1', checkout_url: 'https://sandbox.example/pay/cs_1' };
const NAMES = new RegExp(PRODUCTS.map(({ name }) => name).join('|'));

/** Pays a checkout, and returns the shop and ways to read its status with both tokens. */
async function pay(options: ShopOptions = {}, cart: unknown = CART, action: 'pay' | 'cancel' = 'pay') {
  const shop = openShop({ receipt: RECEIPT, ...options });
  const session = await sessionOf(await shop.handler(press(cart)));
  const returnUrl = await submitPaymentPage(shop, session.checkout_url, action);
  const read = (query: Record<string, string>) =>
    shop.handler(new Request(`${ENDPOINT}/status?${new URLSearchParams(query)}`));
  const own = () => read({ id: session.checkout_id, token: session.status_token });
  const returned = () => read({ token: new URL(returnUrl).searchParams.get('hsa_checkout')! });
  return { shop, session, own, returned, returnUrl };
}

const answerOf = async (response: Response) => (await response.json()) as StatusAnswer;

describe('the receipt of a paid session', () => {
  it('is returned for its own status token, with what each item was', async () => {
    const { own } = await pay();
    const response = await own();
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const { receipt } = await answerOf(response);
    assert.deepEqual(receipt, {
      ...RECEIPT,
      items: [
        { name: 'Blood pressure monitor', quantity: 1, price: 4995, eligibility: 'eligible' },
        { name: 'Multivitamins', quantity: 2, price: 1999, eligibility: 'regular' },
      ],
      shipping: 500,
      tax: 410,
    });
  });

  it('is never returned for the return token alone, which gets the amounts only', async () => {
    const { returned, session } = await pay();
    const response = await returned();
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const text = await response.text();
    assert.doesNotMatch(text, NAMES);
    const answer = JSON.parse(text) as StatusAnswer;
    assert.equal(answer.has_receipt, true);
    assert.equal('receipt' in answer, false);
    assert.equal(answer.amounts?.total, session.amounts?.total);
    assert.equal(answer.currency, 'USD');
    assert.ok(answer.reference_id);
  });

  it('is not returned without the option, before the payment, and for a cancelled session', async () => {
    const off = await pay({ receipt: undefined });
    assert.equal('receipt' in (await answerOf(await off.own())), false);
    assert.equal('has_receipt' in (await answerOf(await off.returned())), false);
    const cancelled = await answerOf(await (await pay({}, CART, 'cancel')).own());
    assert.deepEqual([cancelled.reason, 'receipt' in cancelled], ['cancelled', false]);
    const shop = openShop({ receipt: RECEIPT });
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    const open = await answerOf(
      await shop.handler(new Request(`${ENDPOINT}/status?${new URLSearchParams({ id, token })}`)),
    );
    assert.deepEqual([open.status, 'receipt' in open, 'amounts' in open], ['open', false, false]);
  });

  it('is stored only with the option', async () => {
    for (const [receipt, expected] of [
      [RECEIPT, 1],
      [undefined, 0],
    ] as const) {
      const written: string[] = [];
      const store = createMemoryStore();
      const recording: Store = {
        ...store,
        complete: (key, token, value) => {
          if (NAMES.test(value)) written.push(key);
          return store.complete(key, token, value);
        },
      };
      await pay({ receipt, store: recording });
      assert.equal(written.length, expected);
      assert.ok(written.every((key) => key.startsWith('receipt:')));
    }
  });

  it('is missing when the store lost it, and the status is still returned', async () => {
    const store = createMemoryStore();
    const lossy: Store = {
      ...store,
      read: (key) => (key.startsWith('receipt:') ? Promise.reject(new Error('lost')) : store.read(key)),
    };
    const { own, shop } = await pay({ store: lossy });
    const answer = await answerOf(await own());
    assert.deepEqual([answer.status, 'receipt' in answer], ['paid', false]);
    assert.ok(shop.events.some((event) => event.type === 'store_failed' && event.operation === 'read'));
    const damaging: Store = {
      ...store,
      read: async (key) => (key.startsWith('receipt:') ? '{"items":1}' : store.read(key)),
    };
    const damaged = await pay({ store: damaging, secret: 'another secret of sixteen' });
    assert.equal('receipt' in (await answerOf(await damaged.own())), false);
  });

  it('has its items without an eligibility when that cannot be resolved', async () => {
    const { own, shop } = await pay({
      resolveEligibility: () => Promise.reject(new RangeError('Multivitamins')),
    });
    const { receipt } = await answerOf(await own());
    assert.deepEqual(
      receipt?.items.map(({ eligibility }) => eligibility),
      [undefined, undefined],
    );
    const incomplete = shop.events.filter(({ type }) => type === 'receipt_incomplete');
    assert.deepEqual(
      incomplete.map((event) => 'name' in event && event.name),
      ['RangeError'],
    );
  });

  it('asks for the eligibility of at most 100 products in one call, and leaves out an unknown one', async () => {
    let status = 'open';
    const sizes: number[] = [];
    const line_items = Array.from({ length: 150 }, (_, i) => ({ product_id: `p${i}`, quantity: 1 }));
    const shop = openShop({
      receipt: RECEIPT,
      resolveEligibility: (ids) => {
        sizes.push(ids.length);
        return { p0: 'lmn' };
      },
      network: () => Response.json({ ...SESSION, status }),
    });
    const { checkout_id: id, status_token: token } = await sessionOf(
      await shop.handler(press({ line_items })),
    );
    status = 'paid';
    const { receipt } = await answerOf(
      await shop.handler(new Request(`${ENDPOINT}/status?${new URLSearchParams({ id, token })}`)),
    );
    assert.deepEqual(sizes, [100, 50]);
    assert.equal(receipt?.items[0]?.eligibility, 'lmn');
    assert.deepEqual(Object.keys(receipt.items[1]!), ['name', 'quantity', 'price']);
  });

  it('does not exist for a cart that a response could not hold', async () => {
    let status = 'open';
    const shop = openShop({
      receipt: RECEIPT,
      network: () => Response.json({ ...SESSION, status }),
      resolveCart: (cart) => {
        const resolved = resolve(cart);
        const [line] = resolved.line_items as [(typeof resolved.line_items)[0]];
        return {
          ...resolved,
          line_items: Array.from({ length: 120 }, () => ({ ...line, name: 'x'.repeat(499) })),
        };
      },
    });
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    status = 'paid';
    const answer = await answerOf(
      await shop.handler(new Request(`${ENDPOINT}/status?${new URLSearchParams({ id, token })}`)),
    );
    assert.deepEqual([answer.status, 'receipt' in answer], ['paid', false]);
  });

  it('puts no product name into a URL, an event or the console', async (t) => {
    const printed: unknown[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      t.mock.method(console, method, (...values: unknown[]) => printed.push(values));
    const urls: string[] = [];
    const { own, returned, shop, returnUrl } = await pay({
      network: (request, pass) => {
        urls.push(request.url);
        return pass();
      },
    });
    await own();
    await returned();
    assert.ok(shop.events.length > 2);
    assert.doesNotMatch(decodeURIComponent(JSON.stringify([printed, urls, returnUrl, shop.events])), NAMES);
  });

  it('needs a shop name, and texts of at most 500 characters', () => {
    for (const receipt of [
      null,
      true,
      {},
      { shop: ' ' },
      { shop: 7 },
      { shop: 'x'.repeat(501) },
      { shop: 'Fern', address: 7 },
      { shop: 'Fern', contact: 'x'.repeat(501) },
    ])
      assert.throws(
        () => openShop({ receipt: receipt as never }),
        /TypeError: createCheckoutHandler: receipt\./,
      );
    openShop({ receipt: { shop: 'Fern' } });
  });
});
