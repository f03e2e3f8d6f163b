import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CartProblem, type ResolvedCheckout } from '../../../src/server/index.js';
import { CART, deferred, KEY, openShop, press, problemIn, resolve, sessionOf } from '../fixtures.js';

/** Sends one press to a shop with this `resolveCart`, and reads the problem in the response. */
async function problemFor(resolveCart: () => unknown) {
  const shop = openShop({ resolveCart: resolveCart as () => ResolvedCheckout });
  const response = await shop.handler(press());
  return { shop, response, problem: await problemIn(response) };
}

describe('create route', () => {
  it('returns a session with its amounts, its remaining time in seconds and a status token', async () => {
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

  it('computes the amounts when the provider returns none', async () => {
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

  it('reads a provider response that is wrapped in a data field', async () => {
    const shop = openShop({
      network: async (_, pass) => Response.json({ success: true, data: await (await pass()).json() }),
    });
    assert.equal((await sessionOf(await shop.handler(press()))).status, 'open');
  });

  it('calls onSessionCreated, and returns the session although the hook throws', async () => {
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

  it('returns the session after four seconds when onSessionCreated hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const hookCalled = deferred();
    const shop = openShop({
      onSessionCreated: () => {
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    const answer = shop.handler(press());
    await hookCalled.promise;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 200);
  });

  it('charges the catalogue price when the page states another one', async () => {
    const shop = openShop();
    const line_items = [{ product_id: 'monitor', quantity: 1, price: 1, name: 'Cheap', currency: 'USD' }];
    await sessionOf(await shop.handler(press({ line_items })));
    assert.deepEqual(shop.opened()[0]!.body.line_items, [
      { product_id: 'monitor', quantity: 1, price: 4995, name: 'Blood pressure monitor', currency: 'USD' },
    ]);
  });

  it('responds with 409 when resolveCart reports a changed price', async () => {
    const { problem } = await problemFor(() => {
      throw new CartProblem([{ path: 'line_items[0].price', code: 'price_changed', message: 'now 4995' }]);
    });
    assert.equal(problem.status, 409);
    assert.equal(problem.code, 'price_changed');
  });

  it('returns the path of a product that resolveCart does not know', async () => {
    const errors = [{ path: 'line_items[1].product_id', code: 'unknown_product', message: 'not sold here' }];
    const { problem, shop } = await problemFor(() => {
      throw new CartProblem(errors);
    });
    assert.equal(problem.status, 422);
    assert.equal(problem.code, 'unknown_product');
    assert.deepEqual(problem.errors, errors);
    assert.equal(shop.calls.length, 0);
  });

  it('refuses 6,000 lines, and a quantity of 10,000, before it calls resolveCart', async () => {
    let hookCalls = 0;
    const shop = openShop({ resolveCart: (cart) => (hookCalls++, resolve(cart)) });
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
    assert.equal(hookCalls, 0);
  });

  it('returns the violation when resolveCart refuses a quantity above the stock', async () => {
    const { problem } = await problemFor(() => {
      throw new CartProblem([{ path: 'line_items[0].quantity', code: 'out_of_stock', message: '3 left' }]);
    });
    assert.equal(problem.code, 'validation_error');
    assert.equal(problem.errors![0]!.code, 'out_of_stock');
  });

  it('ignores shipping, tax and discount from the page', async () => {
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

  for (const [currencyCase, currencies] of [
    ['euros', ['EUR', 'EUR']],
    ['two currencies', ['USD', 'EUR']],
  ] as const)
    it(`refuses prices of resolveCart in ${currencyCase} when the page states no currency`, async () => {
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

  it('removes unknown fields of the page from the cart and from the request to the provider', async () => {
    const resolvedCarts: unknown[] = [];
    const shop = openShop({ resolveCart: (cart) => (resolvedCarts.push(cart), resolve(cart)) });
    const cart = JSON.parse(
      `{"line_items":[{"product_id":"monitor","quantity":1,"cost":1,"__proto__":{"price":1}}],
        "customer":{"id":"c_1","email":"eve@example.com"},"metadata":{"webhook_url":"https://evil.example","a":1},
        "test_mode":true,"__proto__":{"discount":9}}`,
    );
    await sessionOf(await shop.handler(press(cart)));
    assert.deepEqual(resolvedCarts, [
      { customer: { email: 'eve@example.com' }, line_items: [{ product_id: 'monitor', quantity: 1 }] },
    ]);
    const { metadata, customer, test_mode } = shop.opened()[0]!.body;
    assert.deepEqual(metadata, { webhook_url: 'https://shop.example/api/hsa-checkout/webhook' });
    assert.deepEqual([customer.id, test_mode], [undefined, undefined]);
  });

  it('removes unknown fields from the result of resolveCart', async () => {
    const shop = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), metadata: { campaign: 'autumn' }, internal_margin: 9 }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    assert.equal(body.metadata.campaign, 'autumn');
    assert.equal('internal_margin' in body, false);
  });

  it('sends the return URLs of the options, not those of the page', async () => {
    const shop = openShop();
    await sessionOf(
      await shop.handler(press({ ...CART, success_url: 'https://evil.example', failure_url: 'x' })),
    );
    const { success_url, failure_url } = shop.opened()[0]!.body;
    assert.match(success_url, /^https:\/\/shop\.example\/thanks\?hsa_checkout=[\w-]{43}$/);
    assert.match(failure_url, /^https:\/\/shop\.example\/cart\?from=checkout&hsa_checkout=[\w-]{43}#pay$/);
  });

  it('calls successUrl with the request and the cart when it is a function', async () => {
    const shop = openShop({
      successUrl: ({ request, cart }) =>
        `https://shop.example/${new URL(request.url).searchParams.get('lang')}/${cart!.line_items.length}`,
    });
    const request = new Request(`${press().url}?lang=es`, press());
    await sessionOf(await shop.handler(request));
    assert.match(shop.opened()[0]!.body.success_url, /^https:\/\/shop\.example\/es\/2\?hsa_checkout=/);
  });

  it('sends the reference of resolveCart, or a generated one when resolveCart returns none', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.match(shop.opened()[0]!.body.reference_id, /^[\w-]{24}$/);
    const other = openShop({ resolveCart: (cart) => ({ ...resolve(cart), reference_id: 'order-7' }) });
    await sessionOf(await other.handler(press()));
    assert.equal(other.opened()[0]!.body.reference_id, 'order-7');
  });

  const malformedAmounts: Record<string, unknown> = {
    'are empty': {},
    'are strings': { subtotal: '8993', total: '98.93' },
    'have unknown names': { subtotal_cents: 1, total_cents: 1 },
    'are a float and a negative number': { subtotal: 89.93, total: -1 },
    'are an array': [1, 2],
  };
  for (const [fault, amounts] of Object.entries(malformedAmounts))
    it(`returns its own amounts when the provider’s amounts ${fault}`, async () => {
      const shop = openShop({
        network: async (_, pass) => Response.json({ ...((await (await pass()).json()) as object), amounts }),
      });
      const session = await sessionOf(await shop.handler(press()));
      assert.deepEqual(session.amounts, { subtotal: 8993, total: 8993 + 910 });
    });

  it('replaces only those of its amounts that the provider returns as cents', async () => {
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

  it('refuses a discount above the total, and accepts one that is equal to it', async () => {
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
    it(`opens a session without the picture when its URL is "${image_url}", and reports it`, async () => {
      const resolved = resolve(CART);
      const validUrl = 'https://cdn.example/a.png';
      const shop = openShop({
        resolveCart: () => ({
          ...resolved,
          line_items: resolved.line_items.map((line, i) => ({
            ...line,
            image_url: i ? image_url : validUrl,
          })),
        }),
      });
      await sessionOf(await shop.handler(press()));
      const sent = shop.opened()[0]!.body.line_items;
      assert.equal(sent[0].image_url, validUrl);
      assert.equal('image_url' in sent[1], false);
      const dropped = shop.events.find(({ type }) => type === 'image_dropped');
      assert.deepEqual(dropped?.type === 'image_dropped' && dropped.paths, ['line_items[1].image_url']);
    });

  it('emits no image_dropped event for a cart without pictures', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.equal(
      shop.events.some(({ type }) => type === 'image_dropped'),
      false,
    );
  });

  it('returns the path of each missing detail of the shopper', async () => {
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

  it('treats null in the result of resolveCart as a missing field', async () => {
    const resolved = resolve(CART);
    const shop = openShop({
      resolveCart: () => ({
        ...resolved,
        reference_id: null,
        customer: { ...resolved.customer, phone: null },
        shipping_info: { ...resolved.shipping_info, address_line_2: null },
        billing_info: null,
        shipping: null,
        discount: null,
        line_items: resolved.line_items.map((line) => ({ ...line, image_url: null })),
      }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    assert.doesNotMatch(JSON.stringify(body), /null/);
    assert.equal('phone' in body.customer, false);
  });

  it('treats null in the page’s cart as a missing field', async () => {
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
  for (const [path, changes] of Object.entries(wrongTypes))
    it(`reports a wrong type at ${path} of resolveCart’s result to onEvent only`, async () => {
      const { problem, shop } = await problemFor(() => ({ ...resolve(CART), ...changes() }));
      assert.equal(problem.code, 'hook_failed');
      assert.equal(problem.errors, undefined);
      const answer = shop.events.find(({ type }) => type === 'answer');
      assert.deepEqual(answer?.type === 'answer' && answer.paths, [path]);
    });

  for (const metadata of [['order 5'], 5, false])
    it(`refuses ${JSON.stringify(metadata)} as metadata of resolveCart`, async () => {
      const { problem, shop } = await problemFor(() => ({ ...resolve(CART), metadata }));
      assert.equal(problem.code, 'hook_failed');
      const answer = shop.events.find(({ type }) => type === 'answer');
      assert.deepEqual(answer?.type === 'answer' && answer.paths, ['metadata']);
    });

  it('reads lines, amounts and addresses that are inherited getters', async () => {
    const resolved = resolve(CART);
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
          ...resolved,
          discount: 100,
          billing_info: withGetters({ ...resolved.shipping_info, city: 'Dallas' }),
          customer: withGetters(resolved.customer!),
          // The first line has a picture that is dropped, the second line has none.
          line_items: resolved.line_items.map((line, i) =>
            withGetters(i ? line : { ...line, image_url: '/a.png' }),
          ),
        }),
    });
    await sessionOf(await shop.handler(press()));
    const { body } = shop.opened()[0]!;
    const { shipping, tax, discount, billing_info, line_items, customer } = body;
    assert.deepEqual([shipping, tax, discount, billing_info.city], [500, 410, 100, 'Dallas']);
    assert.deepEqual(line_items, resolved.line_items);
    assert.deepEqual(customer, resolved.customer);
  });

  it('returns every violation of a cart at once, without calling the provider', async () => {
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

  const faultyHooks: Record<string, () => unknown> = {
    'throws an error': () => {
      throw new Error('select * from secrets');
    },
    'throws a string': () => {
      throw 'boom';
    },
    'returns undefined': () => undefined,
    'returns null': () => null,
    'returns a float as an amount': () => ({ ...resolve(CART), shipping: 4.5 }),
    'returns no lines': () => ({ ...resolve(CART), line_items: [] }),
    'returns an invalid webhook URL': () => ({
      ...resolve(CART),
      metadata: { webhook_url: 'nowhere' },
      tax: 1.5,
    }),
  };
  for (const [fault, hook] of Object.entries(faultyHooks))
    it(`responds with 500 and without details when resolveCart ${fault}`, async () => {
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

  it('aborts resolveCart and responds with hook_failed when it hangs for four seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let signal: AbortSignal | undefined;
    const hookCalled = deferred();
    const shop = openShop({
      resolveCart: (_, context) => {
        signal = context.signal;
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    const answer = shop.handler(press());
    await hookCalled.promise;
    assert.equal(signal?.aborted, false);
    t.mock.timers.tick(4000);
    assert.equal((await problemIn(await answer)).code, 'hook_failed');
    assert.equal(signal?.aborted, true);
  });

  it('passes the key, the request and a copy of the cart to resolveCart', async () => {
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

  it('passes ids, counts and codes to onEvent, and no data of the shopper or the products', async () => {
    const shop = openShop();
    await shop.handler(press({ ...CART, customer: { email: 'eve@example.com' } }));
    await shop.handler(press({ line_items: [{ product_id: 'secret-pills', quantity: 0 }] }));
    const log = JSON.stringify(shop.events);
    assert.match(log, /"type":"session"/);
    assert.match(log, /"code":"validation_error"/);
    assert.doesNotMatch(log, /eve@|ada@|Elm|monitor|pressure|pills/i);
  });

  it('responds with 429 above the rate limit, before any call to the provider', async () => {
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

  it('returns 0 seconds for an expired session', async () => {
    const shop = openShop({
      network: async (_, pass) => {
        const session = (await (await pass()).json()) as object;
        return Response.json({ ...session, expires_at: '2020-01-01T00:00:00Z' });
      },
    });
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 0);
  });
});
