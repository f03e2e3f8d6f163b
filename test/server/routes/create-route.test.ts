import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CartProblem, type ResolvedCheckout } from '../../../src/server/index.js';
import { CART, KEY, openShop, press, problemIn, resolve, sessionOf } from '../fixtures.js';

/** Answers one press of a shop whose `resolveCart` returns, or throws, something odd. */
async function problemFor(resolveCart: () => unknown) {
  const shop = openShop({ resolveCart: resolveCart as () => ResolvedCheckout });
  const response = await shop.handler(press());
  return { shop, response, problem: await problemIn(response) };
}

describe('create', () => {
  it('answers with a session, its amounts, its life in seconds and a token', async () => {
    const shop = openShop();
    const response = await shop.handler(press());
    const session = await sessionOf(response);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.match(session.checkout_url, /^https:\/\/sandbox\.example\/pay\//);
    assert.equal(session.status, 'open');
    assert.equal(session.type, 'split');
    assert.equal(session.test, true);
    assert.match(session.status_token, /^[\w-]{43}$/);
    assert.ok(session.expires_in! > 86_000 && session.expires_in! <= 86_400);
    assert.equal(session.amounts?.total, 4995 + 2 * 1999 + 500 + 410);
  });

  it('computes the amounts where the provider gives none', async () => {
    const shop = openShop({
      network: async (_, pass) => {
        const { amounts: _amounts, ...rest } = (await (await pass()).json()) as Record<string, unknown>;
        return Response.json(rest);
      },
      resolveCart: (cart) => ({ ...resolve(cart), discount: 1000 }),
    });
    const { amounts } = await sessionOf(await shop.handler(press()));
    assert.deepEqual(amounts, { subtotal: 8993, total: 8993 + 910 - 1000 });
  });

  it('reads an answer that the provider wrapped', async () => {
    const shop = openShop({
      network: async (_, pass) => Response.json({ success: true, data: await (await pass()).json() }),
    });
    assert.equal((await sessionOf(await shop.handler(press()))).status, 'open');
  });

  it('tells the merchant of the session, and the shopper nothing of what fails there', async () => {
    const created: unknown[] = [];
    const shop = openShop({
      onSessionCreated(session) {
        created.push(session);
        throw new RangeError('database is down');
      },
    });
    const session = await sessionOf(await shop.handler(press()));
    const [call] = shop.opened();
    assert.deepEqual(created, [
      {
        checkoutId: session.checkout_id,
        referenceId: call!.body.reference_id,
        expiresAt: session.expires_at,
        test: true,
      },
    ]);
    const failed = shop.events.find(({ type }) => type === 'hook_failed');
    assert.deepEqual(failed && 'name' in failed && failed.name, 'RangeError');
  });

  it('does not make the shopper wait for ever for a hook that only hears', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let heard = () => {};
    const hearing = new Promise<void>((done) => (heard = done));
    const shop = openShop({
      onSessionCreated: () => {
        heard();
        return new Promise(() => {});
      },
    });
    const answer = shop.handler(press());
    await hearing;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 200);
  });

  it('charges the catalogue, whatever price the page states', async () => {
    const shop = openShop();
    const line_items = [{ product_id: 'monitor', quantity: 1, price: 1, name: 'Cheap', currency: 'USD' }];
    await sessionOf(await shop.handler(press({ line_items })));
    assert.deepEqual(shop.opened()[0]!.body.line_items, [
      { product_id: 'monitor', quantity: 1, price: 4995, name: 'Blood pressure monitor', currency: 'USD' },
    ]);
  });

  it('answers 409 where the merchant refuses a price that changed', async () => {
    const { problem } = await problemFor(() => {
      throw new CartProblem([{ path: 'line_items[0].price', code: 'price_changed', message: 'now 4995' }]);
    });
    assert.equal(problem.status, 409);
    assert.equal(problem.code, 'price_changed');
  });

  it('names the product that is not known', async () => {
    const errors = [{ path: 'line_items[1].product_id', code: 'unknown_product', message: 'not sold here' }];
    const { problem, shop } = await problemFor(() => {
      throw new CartProblem(errors);
    });
    assert.equal(problem.status, 422);
    assert.equal(problem.code, 'unknown_product');
    assert.deepEqual(problem.errors, errors);
    assert.equal(shop.calls.length, 0);
  });

  it('refuses 10,000 lines, and a quantity of 10,000, before any lookup', async () => {
    let asked = 0;
    const shop = openShop({ resolveCart: (cart) => (asked++, resolve(cart)) });
    const line = { product_id: 'a', quantity: 1 };
    const carts = [
      { line_items: Array(6000).fill(line) },
      { line_items: [{ product_id: 'a', quantity: 10_000 }] },
    ];
    for (const cart of carts) {
      const problem = await problemIn(await shop.handler(press(cart)));
      assert.equal(problem.status, 422);
      assert.match(problem.errors![0]!.path, /^line_items/);
    }
    assert.equal(asked, 0);
  });

  it('leaves a quantity above the stock to the merchant to refuse', async () => {
    const { problem } = await problemFor(() => {
      throw new CartProblem([{ path: 'line_items[0].quantity', code: 'out_of_stock', message: '3 left' }]);
    });
    assert.equal(problem.code, 'validation_error');
    assert.equal(problem.errors![0]!.code, 'out_of_stock');
  });

  it('takes no shipping, tax or discount from the page', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press({ ...CART, shipping: 0, tax: 0, discount: 8000 })));
    const { shipping, tax, discount } = shop.opened()[0]!.body;
    assert.deepEqual({ shipping, tax, discount }, { shipping: 500, tax: 410, discount: undefined });
  });

  it('refuses a cart in another currency than US dollars', async () => {
    const shop = openShop();
    const cart = { line_items: [{ product_id: 'monitor', quantity: 1, price: 4995, currency: 'JPY' }] };
    const problem = await problemIn(await shop.handler(press(cart)));
    assert.equal(problem.code, 'unsupported_currency');
    assert.deepEqual(
      problem.errors!.map(({ path }) => path),
      ['line_items[0].currency'],
    );
    assert.equal(shop.calls.length, 0);
  });

  for (const [what, currencies] of [
    ['another currency than dollars', ['EUR', 'EUR']],
    ['two currencies', ['USD', 'EUR']],
  ] as const)
    it(`refuses a shop’s own prices in ${what}, when the page names no currency`, async () => {
      const shop = openShop({
        resolveCart: (cart) => {
          const { line_items, ...rest } = resolve(cart);
          return {
            ...rest,
            line_items: line_items.map((line, i) => ({ ...line, currency: currencies[i]! })),
          };
        },
      });
      const problem = await problemIn(await shop.handler(press()));
      assert.equal(problem.code, 'unsupported_currency');
      assert.deepEqual(
        problem.errors!.map(({ path }) => path),
        currencies.flatMap((currency, i) => (currency === 'USD' ? [] : [`line_items[${i}].currency`])),
      );
      assert.equal(shop.calls.length, 0);
    });

  it('forwards nothing that the page adds', async () => {
    const seen: unknown[] = [];
    const shop = openShop({ resolveCart: (cart) => (seen.push(cart), resolve(cart)) });
    const cart = JSON.parse(
      `{"line_items":[{"product_id":"monitor","quantity":1,"cost":1,"__proto__":{"price":1}}],
        "customer":{"id":"c_1","email":"eve@example.com"},"metadata":{"webhook_url":"https://evil.example","a":1},
        "test_mode":true,"__proto__":{"discount":9}}`,
    );
    await sessionOf(await shop.handler(press(cart)));
    assert.deepEqual(seen, [
      { customer: { email: 'eve@example.com' }, line_items: [{ product_id: 'monitor', quantity: 1 }] },
    ]);
    const { metadata, customer, test_mode } = shop.opened()[0]!.body;
    assert.deepEqual(metadata, { webhook_url: 'https://shop.example/api/hsa-checkout/webhook' });
    assert.deepEqual([customer.id, test_mode], [undefined, undefined]);
  });

  it('forwards the schema’s fields only, of the merchant’s result too', async () => {
    const shop = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), metadata: { campaign: 'autumn' }, internal_margin: 9 }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    assert.equal(body.metadata.campaign, 'autumn');
    assert.equal('internal_margin' in body, false);
  });

  it('sends the shopper back to the merchant’s own URLs only', async () => {
    const shop = openShop();
    await sessionOf(
      await shop.handler(press({ ...CART, success_url: 'https://evil.example', failure_url: 'x' })),
    );
    const { success_url, failure_url } = shop.opened()[0]!.body;
    assert.match(success_url, /^https:\/\/shop\.example\/thanks\?hsa_checkout=[\w-]{43}$/);
    assert.match(failure_url, /^https:\/\/shop\.example\/cart\?from=checkout&hsa_checkout=[\w-]{43}#pay$/);
  });

  it('makes the return URLs from the request where they are functions', async () => {
    const shop = openShop({
      successUrl: ({ request, cart }) =>
        `https://shop.example/${new URL(request.url).searchParams.get('lang')}/${cart!.line_items.length}`,
    });
    const request = new Request(`${press().url}?lang=es`, press());
    await sessionOf(await shop.handler(request));
    assert.match(shop.opened()[0]!.body.success_url, /^https:\/\/shop\.example\/es\/2\?hsa_checkout=/);
  });

  it('sends its own reference where the merchant has none, and the merchant’s otherwise', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.match(shop.opened()[0]!.body.reference_id, /^[\w-]{24}$/);
    const other = openShop({ resolveCart: (cart) => ({ ...resolve(cart), reference_id: 'order-7' }) });
    await sessionOf(await other.handler(press()));
    assert.equal(other.opened()[0]!.body.reference_id, 'order-7');
  });

  const amounts: Record<string, unknown> = {
    'no amount': {},
    texts: { subtotal: '8993', total: '98.93' },
    'other names': { subtotal_cents: 1, total_cents: 1 },
    floats: { subtotal: 89.93, total: -1 },
    'a list': [1, 2],
  };
  for (const [what, given] of Object.entries(amounts))
    it(`tells the page the price, although the provider’s amounts are ${what}`, async () => {
      const shop = openShop({
        network: async (_, pass) =>
          Response.json({ ...((await (await pass()).json()) as object), amounts: given }),
      });
      const session = await sessionOf(await shop.handler(press()));
      assert.deepEqual(session.amounts, { subtotal: 8993, total: 8993 + 910 });
    });

  it('adds the provider’s amounts to its own, one by one', async () => {
    const shop = openShop({
      network: async (_, pass) =>
        Response.json({
          ...((await (await pass()).json()) as object),
          amounts: { hsa_amount: 4995, total: 10_000, subtotal: null },
        }),
    });
    const session = await sessionOf(await shop.handler(press()));
    assert.deepEqual(session.amounts, { subtotal: 8993, hsa_amount: 4995, total: 10_000 });
  });

  it('does not send a discount above the total', async () => {
    const total = 8993 + 910;
    const { problem, shop } = await problemFor(() => ({ ...resolve(CART), discount: total + 1 }));
    assert.equal(problem.code, 'hook_failed');
    assert.equal(shop.calls.length, 0);
    const answer = shop.events.find(({ type }) => type === 'answer');
    assert.deepEqual(answer?.type === 'answer' && answer.paths, ['discount']);
    const free = openShop({ resolveCart: () => ({ ...resolve(CART), discount: total }) });
    assert.equal((await sessionOf(await free.handler(press()))).amounts?.total, 0);
  });

  for (const image_url of [
    '',
    '/img/a.png',
    '//cdn.example/a.png',
    'a.png',
    'data:image/png;base64,AA',
    'https://[',
  ])
    it(`sells a product whose picture is "${image_url}", without the picture`, async () => {
      const whole = resolve(CART);
      const good = 'https://cdn.example/a.png';
      const shop = openShop({
        resolveCart: () => ({
          ...whole,
          line_items: whole.line_items.map((line, i) => ({ ...line, image_url: i ? image_url : good })),
        }),
      });
      await sessionOf(await shop.handler(press()));
      const sent = shop.opened()[0]!.body.line_items;
      assert.equal(sent[0].image_url, good);
      assert.equal('image_url' in sent[1], false);
      const dropped = shop.events.find(({ type }) => type === 'image_dropped');
      assert.deepEqual(dropped?.type === 'image_dropped' && dropped.paths, ['line_items[1].image_url']);
    });

  it('tells of no dropped picture where there is none', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.equal(
      shop.events.some(({ type }) => type === 'image_dropped'),
      false,
    );
  });

  it('asks the page for each of the details that are missing', async () => {
    const { problem, shop } = await problemFor(() => ({
      ...resolve(CART),
      customer: undefined,
      shipping_info: { ...resolve(CART).shipping_info, postal_code: '' },
    }));
    assert.equal(problem.status, 422);
    assert.equal(problem.code, 'details_required');
    assert.deepEqual(
      problem.errors!.map(({ path }) => path),
      ['customer.email', 'customer.first_name', 'customer.last_name', 'shipping_info.postal_code'],
    );
    assert.equal(shop.calls.length, 0);
  });

  it('takes a null from resolveCart as a missing field', async () => {
    const whole = resolve(CART);
    const shop = openShop({
      resolveCart: () => ({
        ...whole,
        reference_id: null,
        customer: { ...whole.customer, phone: null },
        shipping_info: { ...whole.shipping_info, address_line_2: null },
        billing_info: null,
        shipping: null,
        discount: null,
        line_items: whole.line_items.map((line) => ({ ...line, image_url: null })),
      }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    assert.doesNotMatch(JSON.stringify(body), /null/);
    assert.equal('phone' in body.customer, false);
  });

  it('takes a null from the page as a missing field', async () => {
    const shop = openShop();
    const cart = {
      customer: { phone: null },
      billing_info: null,
      tax: null,
      line_items: [{ ...CART.line_items[0], image_url: null, price: null }],
    };
    await sessionOf(await shop.handler(press(cart)));
  });

  const wrongTypes: Record<string, () => object> = {
    'customer.phone': () => ({ customer: { ...resolve(CART).customer, phone: 5 } }),
    'customer.email': () => ({ customer: { ...resolve(CART).customer, email: ['ada@example.com'] } }),
    'shipping_info.postal_code': () => ({
      customer: null,
      shipping_info: { ...resolve(CART).shipping_info, postal_code: 78701 },
    }),
    shipping_info: () => ({ shipping_info: 'Austin' }),
    billing_info: () => ({ billing_info: [] }),
    customer: () => ({ customer: true }),
    metadata: () => ({ metadata: 'order 5' }),
  };
  for (const [path, wrong] of Object.entries(wrongTypes))
    it(`does not ask the shopper about a wrong type at ${path}, but names the path to the merchant`, async () => {
      const { problem, shop } = await problemFor(() => ({ ...resolve(CART), ...wrong() }));
      assert.equal(problem.code, 'hook_failed');
      assert.equal(problem.errors, undefined);
      const answer = shop.events.find(({ type }) => type === 'answer');
      assert.deepEqual(answer?.type === 'answer' && answer.paths, [path]);
    });

  for (const metadata of [['order 5'], 5, false])
    it(`takes no ${JSON.stringify(metadata)} for metadata`, async () => {
      const { problem, shop } = await problemFor(() => ({ ...resolve(CART), metadata }));
      assert.equal(problem.code, 'hook_failed');
      const answer = shop.events.find(({ type }) => type === 'answer');
      assert.deepEqual(answer?.type === 'answer' && answer.paths, ['metadata']);
    });

  it('reads what instances of a class give by getters: the lines, the amounts and the addresses', async () => {
    const given = resolve(CART);
    const withGetters = <T extends object>(values: T): T => {
      const getters = Object.keys(values).map((name) => [
        name,
        { enumerable: true, get: () => values[name as keyof T] },
      ]);
      return Object.create(Object.defineProperties({}, Object.fromEntries(getters))) as T;
    };
    const shop = openShop({
      resolveCart: () =>
        withGetters({
          ...given,
          discount: 100,
          billing_info: withGetters({ ...given.shipping_info, city: 'Dallas' }),
          customer: withGetters(given.customer!),
          // One with a picture that is dropped, and one without any.
          line_items: given.line_items.map((line, i) =>
            withGetters(i ? line : { ...line, image_url: '/a.png' }),
          ),
        }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    const { shipping, tax, discount, billing_info, line_items, customer } = body;
    assert.deepEqual([shipping, tax, discount, billing_info.city], [500, 410, 100, 'Dallas']);
    assert.deepEqual(line_items, given.line_items);
    assert.deepEqual(customer, given.customer);
  });

  it('reports every violation of a cart at once, and asks nobody', async () => {
    const shop = openShop();
    const cart = { line_items: [{ product_id: '', quantity: 1.5, price: 19.99 }], shipping: -1 };
    const problem = await problemIn(await shop.handler(press(cart)));
    assert.equal(problem.code, 'validation_error');
    assert.deepEqual(problem.errors!.map(({ path }) => path).sort(), [
      'line_items[0].price',
      'line_items[0].product_id',
      'line_items[0].quantity',
      'shipping',
    ]);
    assert.equal(shop.calls.length, 0);
  });

  const garbage: Record<string, () => unknown> = {
    'an error': () => {
      throw new Error('select * from secrets');
    },
    'a string': () => {
      throw 'boom';
    },
    nothing: () => undefined,
    null: () => null,
    'a float price': () => ({ ...resolve(CART), shipping: 4.5 }),
    'no lines': () => ({ ...resolve(CART), line_items: [] }),
    'a bad webhook': () => ({ ...resolve(CART), metadata: { webhook_url: 'nowhere' }, tax: 1.5 }),
  };
  for (const [name, hook] of Object.entries(garbage))
    it(`answers a plain 500 when a hook returns ${name}`, async () => {
      const { response, problem, shop } = await problemFor(hook);
      assert.deepEqual(problem, {
        type: 'about:blank',
        title: 'Hook failed',
        status: 500,
        code: 'hook_failed',
        request_id: response.headers.get('x-request-id'),
      });
      assert.equal(shop.calls.length, 0);
    });

  it('ends a hook that hangs after four seconds, and reports it', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let signal: AbortSignal | undefined;
    let called = () => {};
    const calling = new Promise<void>((done) => (called = done));
    const shop = openShop({
      resolveCart: (_, context) => {
        signal = context.signal;
        called();
        return new Promise(() => {});
      },
    });
    const answer = shop.handler(press());
    await calling;
    assert.equal(signal?.aborted, false);
    t.mock.timers.tick(4000);
    assert.equal((await problemIn(await answer)).code, 'hook_failed');
    assert.equal(signal?.aborted, true);
  });

  it('gives the hook the key, the request and a cart that is its own to change', async () => {
    const shop = openShop({
      resolveCart(cart, { idempotencyKey, request }) {
        assert.equal(idempotencyKey, KEY);
        assert.equal(request.headers.get('sec-fetch-site'), 'same-origin');
        cart.line_items[0]!.quantity = 3;
        return resolve(cart);
      },
    });
    await sessionOf(await shop.handler(press()));
    assert.equal((await shop.handler(press())).headers.get('idempotency-replayed'), 'true');
  });

  it('tells onEvent ids, counts and codes, and nothing of the shopper or the goods', async () => {
    const shop = openShop();
    await shop.handler(press({ ...CART, customer: { email: 'eve@example.com' } }));
    await shop.handler(press({ line_items: [{ product_id: 'secret-pills', quantity: 0 }] }));
    const log = JSON.stringify(shop.events);
    assert.match(log, /"type":"session"/);
    assert.match(log, /"code":"validation_error"/);
    assert.doesNotMatch(log, /eve@|ada@|Elm|monitor|pressure|pills/i);
  });

  it('refuses a caller above the merchant’s limit, before any work', async () => {
    let limit: boolean | { retryAfterMs: number } = { retryAfterMs: 1500 };
    const shop = openShop({ rateLimit: () => limit });
    const response = await shop.handler(press());
    assert.equal((await problemIn(response)).code, 'rate_limited');
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('retry-after'), '2');
    limit = true;
    assert.equal((await shop.handler(press())).headers.get('retry-after'), '60');
    assert.equal(shop.calls.length, 0);
    limit = false;
    await sessionOf(await shop.handler(press()));
  });

  it('gives an expired session 0 seconds, never a negative number', async () => {
    const shop = openShop({
      network: async (_, pass) => {
        const session = (await (await pass()).json()) as object;
        return Response.json({ ...session, expires_at: '2020-01-01T00:00:00Z' });
      },
    });
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 0);
  });
});
