import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../../src/server/index.js';
import { deferred, ENDPOINT, KEY, openShop, pageHeaders, press, resolve, sessionOf } from '../fixtures.js';

/** Creates a press, and a function that aborts its request as a browser does when the shopper leaves the page. */
function createAbortablePress() {
  const page = new AbortController();
  return { request: new Request(press(), { signal: page.signal }), abortRequest: () => page.abort() };
}

describe('request that the browser aborts', () => {
  it('calls no hook and no provider, and leaves the key free, when it is aborted before the handler starts', async () => {
    let hookCalls = 0;
    const shop = openShop({ resolveCart: (cart) => (hookCalls++, resolve(cart)) });
    const { request, abortRequest } = createAbortablePress();
    abortRequest();
    // After an abort, some runtimes still deliver the body, and others fail its stream.
    const { status } = await shop.handler(request);
    assert.ok(status === 499 || status === 400, String(status));
    assert.deepEqual([hookCalls, shop.calls.length], [0, 0]);
    await sessionOf(await shop.handler(press()));
  });

  it('aborts resolveCart, opens no session and leaves the key free', async () => {
    const hookCalled = deferred();
    const aborted = deferred();
    let isFirst = true;
    const shop = openShop({
      async resolveCart(cart, { signal }) {
        if (!isFirst) return resolve(cart);
        isFirst = false;
        signal.addEventListener('abort', () => aborted.resolve());
        hookCalled.resolve();
        await aborted.promise;
        return resolve(cart);
      },
    });
    const { request, abortRequest } = createAbortablePress();
    const answer = shop.handler(request);
    await hookCalled.promise;
    abortRequest();
    await aborted.promise;
    assert.equal((await answer).status, 499);
    assert.equal(shop.opened().length, 0);
    // The handler has released its claim, so the next press does not wait for the lease.
    await sessionOf(await shop.handler(press()));
    assert.equal(shop.opened().length, 1);
  });

  it('gets a 499 although resolveCart ignores its signal', async () => {
    const hookCalled = deferred();
    const shop = openShop({
      resolveCart: () => {
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    const { request, abortRequest } = createAbortablePress();
    const answer = shop.handler(request);
    await hookCalled.promise;
    abortRequest();
    assert.equal((await answer).status, 499);
  });

  it('opens no session when it is aborted just before the call to the provider', async () => {
    const { request, abortRequest } = createAbortablePress();
    const store = createMemoryStore();
    const shop = openShop({
      store,
      // The handler calls it after resolveCart.
      successUrl: () => {
        abortRequest();
        return 'https://shop.example/thanks';
      },
    });
    assert.equal((await shop.handler(request)).status, 499);
    assert.equal(shop.opened().length, 0);
    assert.ok(await store.claim(`create:${KEY}:0`, 1));
  });

  it('opens a session when it is aborted during the call to the provider; a retry gets 409, later the session', async () => {
    const providerCalled = deferred();
    const gate = deferred();
    const shop = openShop({
      async network(_, pass) {
        providerCalled.resolve();
        await gate.promise;
        return pass();
      },
    });
    const { request, abortRequest } = createAbortablePress();
    const answer = shop.handler(request);
    await providerCalled.promise;
    abortRequest();
    const early = await shop.handler(press());
    assert.deepEqual([early.status, early.headers.get('retry-after')], [409, '1']);
    gate.resolve();
    const { checkout_id } = await sessionOf(await answer);
    const retry = await shop.handler(press());
    assert.equal(retry.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(retry)).checkout_id, checkout_id);
    assert.equal(shop.opened().length, 1);
  });

  it('runs onSessionCreated when it is aborted after the session was opened', async () => {
    const { request, abortRequest } = createAbortablePress();
    const createdIds: string[] = [];
    const shop = openShop({
      async network(_, pass) {
        const answer = await pass();
        abortRequest();
        return answer;
      },
      onSessionCreated: ({ checkoutId }) => void createdIds.push(checkoutId),
    });
    const { checkout_id } = await sessionOf(await shop.handler(request));
    assert.deepEqual(createdIds, [checkout_id]);
  });

  it('aborts resolveEligibility, and gets a 499', async () => {
    const page = new AbortController();
    const aborted = deferred();
    const shop = openShop({
      resolveEligibility(_, { signal }) {
        signal.addEventListener('abort', () => aborted.resolve());
        queueMicrotask(() => page.abort());
        return new Promise(() => {});
      },
    });
    const { status } = await shop.handler(
      new Request(`${ENDPOINT}/eligibility`, {
        method: 'POST',
        headers: pageHeaders(),
        body: JSON.stringify({ product_ids: ['monitor'] }),
        signal: page.signal,
      }),
    );
    await aborted.promise;
    assert.equal(status, 499);
  });

  it('is not logged on the console', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const { request, abortRequest } = createAbortablePress();
    const shop = openShop({
      onEvent: undefined,
      resolveCart: () => {
        queueMicrotask(abortRequest);
        return new Promise(() => {});
      },
    });
    assert.equal((await shop.handler(request)).status, 499);
    assert.equal(mock.callCount(), 0);
  });
});
