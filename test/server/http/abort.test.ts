import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../../src/server/index.js';
import { deferred, ENDPOINT, KEY, openShop, pageHeaders, press, resolve, sessionOf } from '../fixtures.js';

/** A press, and the way to leave the page under it. */
function pressAndLeave() {
  const page = new AbortController();
  return { request: new Request(press(), { signal: page.signal }), leave: () => page.abort() };
}

describe('a shopper who leaves', () => {
  it('before any work began causes no work, and the key stays free', async () => {
    let resolved = 0;
    const shop = openShop({ resolveCart: (cart) => (resolved++, resolve(cart)) });
    const { request, leave } = pressAndLeave();
    leave();
    // A runtime may hand the body on although its sender is gone, or break it off.
    const { status } = await shop.handler(request);
    assert.ok(status === 499 || status === 400, String(status));
    assert.deepEqual([resolved, shop.calls.length], [0, 0]);
    await sessionOf(await shop.handler(press()));
  });

  it('while the cart is priced aborts the hook, and the provider is not asked', async () => {
    const begun = deferred();
    const aborted = deferred();
    let isFirst = true;
    const shop = openShop({
      async resolveCart(cart, { signal }) {
        if (!isFirst) return resolve(cart);
        isFirst = false;
        signal.addEventListener('abort', () => aborted.resolve());
        begun.resolve();
        await aborted.promise;
        return resolve(cart);
      },
    });
    const { request, leave } = pressAndLeave();
    const answer = shop.handler(request);
    await begun.promise;
    leave();
    await aborted.promise;
    assert.equal((await answer).status, 499);
    assert.equal(shop.opened().length, 0);
    // The claim went with the shopper: nobody waits for a lease.
    await sessionOf(await shop.handler(press()));
    assert.equal(shop.opened().length, 1);
  });

  it('does not keep the handler waiting for a hook that ignores its signal', async () => {
    const begun = deferred();
    const shop = openShop({
      resolveCart: () => {
        begun.resolve();
        return new Promise(() => {});
      },
    });
    const { request, leave } = pressAndLeave();
    const answer = shop.handler(request);
    await begun.promise;
    leave();
    assert.equal((await answer).status, 499);
  });

  it('just before the provider is asked opens no session', async () => {
    const { request, leave } = pressAndLeave();
    const store = createMemoryStore();
    const shop = openShop({
      store,
      // Called once the cart has its prices.
      successUrl: () => {
        leave();
        return 'https://shop.example/thanks';
      },
    });
    assert.equal((await shop.handler(request)).status, 499);
    assert.equal(shop.opened().length, 0);
    assert.ok(await store.claim(`create:${KEY}:0`, 1));
  });

  it('while the provider is asked finds the session later; a retry before that is told to wait', async () => {
    const begun = deferred();
    const gate = deferred();
    const shop = openShop({
      async network(_, pass) {
        begun.resolve();
        await gate.promise;
        return pass();
      },
    });
    const { request, leave } = pressAndLeave();
    const answer = shop.handler(request);
    await begun.promise;
    leave();
    const hurried = await shop.handler(press());
    assert.deepEqual([hurried.status, hurried.headers.get('retry-after')], [409, '1']);
    gate.resolve();
    const { checkout_id } = await sessionOf(await answer);
    const retry = await shop.handler(press());
    assert.equal(retry.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(retry)).checkout_id, checkout_id);
    assert.equal(shop.opened().length, 1);
  });

  it('after the session was opened does not keep onSessionCreated from being called', async () => {
    const { request, leave } = pressAndLeave();
    const heard: string[] = [];
    const shop = openShop({
      async network(_, pass) {
        const answer = await pass();
        leave();
        return answer;
      },
      onSessionCreated: ({ checkoutId }) => void heard.push(checkoutId),
    });
    const { checkout_id } = await sessionOf(await shop.handler(request));
    assert.deepEqual(heard, [checkout_id]);
  });

  it('a page of badges aborts its hook, and that is not reported as a failure', async () => {
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

  it('is no failure that anybody is called out of bed for', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const { request, leave } = pressAndLeave();
    const shop = openShop({
      onEvent: undefined,
      resolveCart: () => {
        queueMicrotask(leave);
        return new Promise(() => {});
      },
    });
    assert.equal((await shop.handler(request)).status, 499);
    assert.equal(mock.callCount(), 0);
  });
});
