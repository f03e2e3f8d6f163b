import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import { atPaymentPage, deferred, openShop, press, problemIn, resolve, sessionOf } from '../fixtures.js';

/** A store that a test can interrupt. */
function interruptible(store: Store = createMemoryStore()) {
  const state = { isCut: false, completesToFail: 0, late: [] as (() => Promise<unknown>)[] };
  /** Cut off, a client that queues its commands rejects them and sends them all the same once it is connected. */
  const send = <T>(command: () => Promise<T>): Promise<T> => {
    if (!state.isCut) return command();
    state.late.push(command);
    return Promise.reject(new Error('connection lost'));
  };
  return Object.assign(state, {
    reconnect: async () => {
      state.isCut = false;
      for (const command of state.late.splice(0)) await command();
    },
    store: {
      claim: (...args) => send(() => store.claim(...args)),
      release: (...args) => send(() => store.release(...args)),
      read: (...args) => send(() => store.read(...args)),
      complete: (...args) =>
        args[0].startsWith('create:') && state.completesToFail-- > 0
          ? Promise.reject(new Error('connection lost'))
          : send(() => store.complete(...args)),
    } satisfies Store,
  });
}

describe('a store that fails in the middle of a press', () => {
  it('forgets no session because a later press failed without it: what is paid stays paid', async () => {
    const network = interruptible();
    let shipping = 500;
    const shop = openShop({
      store: network.store,
      resolveCart: (cart) => ({ ...resolve(cart), shipping }),
    });
    const first = await sessionOf(await shop.handler(press()));
    network.isCut = true;
    shop.sandbox.faults.add({ on: 'POST /checkout', kind: 'status', status: 429, times: 1 });
    assert.equal((await shop.handler(press())).status, 503);
    await network.reconnect();
    shipping = 900;
    // The first session is known still, so that paying it is noticed.
    const second = await sessionOf(await shop.handler(press()));
    assert.notEqual(second.checkout_id, first.checkout_id);
    await atPaymentPage(shop, first.checkout_url, 'pay');
    const answer = await shop.handler(press());
    assert.equal(answer.status, 409);
    assert.equal((await problemIn(answer)).code, 'session_closed');
  });

  it('tries once more to keep a session, so that one lost command costs nothing', async () => {
    const network = interruptible();
    const shop = openShop({ store: network.store });
    network.completesToFail = 1;
    const first = await sessionOf(await shop.handler(press()));
    const again = await shop.handler(press());
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(again)).checkout_id, first.checkout_id);
  });

  it('gives the key back where a session cannot be kept, so that the next press is not refused for half a minute', async () => {
    const store = createMemoryStore();
    const shop = openShop({
      store: {
        ...store,
        complete: (key, ...rest) =>
          key.startsWith('create:') && !isHealed
            ? Promise.reject(new Error('read-only replica'))
            : store.complete(key, ...rest),
      },
    });
    let isHealed = false;
    const first = await sessionOf(await shop.handler(press()));
    isHealed = true;
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('drops what a press keeps after its claim has lapsed, and sends the shopper to the newer session', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.parse('2026-03-01T12:00:00Z') });
    let shipping = 500;
    const asked = deferred();
    const answer = deferred();
    const shop = openShop({
      timeoutMs: 300_000,
      resolveTimeoutMs: 1000,
      resolveCart: (cart) => ({ ...resolve(cart), shipping }),
      network: async (request, pass) => {
        if (request.method === 'POST' && shop.opened().length === 1) {
          asked.resolve();
          await answer.promise;
        }
        return pass();
      },
    });
    const slow = shop.handler(press());
    await asked.promise;
    // The process was suspended; its own deadline has not fired yet.
    t.mock.timers.setTime(Date.parse('2026-03-01T12:30:00Z'));
    shipping = 900;
    const newer = await sessionOf(await shop.handler(press()));
    answer.resolve();
    const late = await slow;
    assert.equal(late.status, 409);
    assert.equal((await problemIn(late)).code, 'request_in_progress');
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, newer.checkout_id);
    assert.equal(shop.opened().length, 2);
  });

  it('holds a claim for as long as a slow provider may take', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.parse('2026-03-01T12:00:00Z') });
    const asked = deferred();
    const answer = deferred();
    const shop = openShop({
      timeoutMs: 60_000,
      network: async (request, pass) => {
        if (request.method === 'POST') {
          asked.resolve();
          await answer.promise;
        }
        return pass();
      },
    });
    const slow = shop.handler(press());
    await asked.promise;
    t.mock.timers.tick(38_000);
    assert.equal((await problemIn(await shop.handler(press()))).code, 'request_in_progress');
    answer.resolve();
    await sessionOf(await slow);
    assert.equal(shop.opened().length, 1);
  });
});

describe('a key whose price, goods or customer change at every press', () => {
  it('opens five sessions at most, then is refused without asking the provider', async () => {
    let presses = 0;
    const shop = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), shipping: ++presses }),
    });
    const statuses: number[] = [];
    for (let i = 0; i < 100; i++) statuses.push((await shop.handler(press())).status);
    assert.deepEqual(statuses, [...Array<number>(5).fill(200), ...Array<number>(95).fill(429)]);
    assert.equal(shop.opened().length, 5);
    assert.ok(shop.calls.length <= 200, `${shop.calls.length} calls of the provider`);
    const refusal = await shop.handler(press());
    assert.equal(refusal.headers.get('retry-after'), '60');
    const { code, detail } = await problemIn(refusal);
    assert.equal(code, 'rate_limited');
    assert.match(detail!, /5 open sessions/);
  });

  it('still gets its newest session while the answer stays the same', async () => {
    let shipping = 0;
    const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), shipping }) });
    let newest = '';
    for (; shipping < 5; shipping++) newest = (await sessionOf(await shop.handler(press()))).checkout_id;
    assert.equal((await shop.handler(press())).status, 429);
    shipping = 4;
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, newest);
  });

  it('hears that one of them is paid, and opens another where one was cancelled', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    let shipping = 0;
    const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), shipping }) });
    const sessions = [];
    for (; shipping < 5; shipping++) sessions.push(await sessionOf(await shop.handler(press())));
    assert.equal((await shop.handler(press())).status, 429);
    await atPaymentPage(shop, sessions[1]!.checkout_url, 'cancel');
    assert.equal((await shop.handler(press())).status, 429);
    t.mock.timers.tick(60_000);
    await sessionOf(await shop.handler(press()));
    shipping++;
    await atPaymentPage(shop, sessions[2]!.checkout_url, 'pay');
    t.mock.timers.tick(60_000);
    assert.equal((await problemIn(await shop.handler(press()))).code, 'session_closed');
  });

  it('reads few entries of a key that has had many sessions', async () => {
    const store = createMemoryStore();
    let reads = 0;
    const shop = openShop({
      store: { ...store, read: (key) => (key.startsWith('create:') && reads++, store.read(key)) },
    });
    for (let i = 0; i < 60; i++)
      await atPaymentPage(shop, (await sessionOf(await shop.handler(press()))).checkout_url, 'cancel');
    reads = 0;
    await sessionOf(await shop.handler(press()));
    assert.ok(reads <= 14, `${reads} reads`);
  });
});
