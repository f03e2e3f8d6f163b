import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import { submitPaymentPage, deferred, openShop, press, problemIn, resolve, sessionOf } from '../fixtures.js';

/** Creates a store whose connection a test can cut. */
function createInterruptibleStore(store: Store = createMemoryStore()) {
  const state = { isCut: false, completesToFail: 0, queued: [] as (() => Promise<unknown>)[] };
  /** While it is disconnected, a client with an offline queue rejects a command, and still sends it after it reconnects. */
  const send = <T>(command: () => Promise<T>): Promise<T> => {
    if (!state.isCut) return command();
    state.queued.push(command);
    return Promise.reject(new Error('connection lost'));
  };
  return Object.assign(state, {
    reconnect: async () => {
      state.isCut = false;
      for (const command of state.queued.splice(0)) await command();
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

describe('store that fails during a press', () => {
  it('keeps the session of an earlier press, so that its payment closes the key', async () => {
    const connection = createInterruptibleStore();
    let shipping = 500;
    const shop = openShop({
      store: connection.store,
      resolveCart: (cart) => ({ ...resolve(cart), shipping }),
    });
    const first = await sessionOf(await shop.handler(press()));
    connection.isCut = true;
    shop.sandbox.faults.add({ on: 'POST /checkout', kind: 'status', status: 429, times: 1 });
    assert.equal((await shop.handler(press())).status, 503);
    await connection.reconnect();
    shipping = 900;
    // The store still has the first session, so the handler checks whether it is paid.
    const second = await sessionOf(await shop.handler(press()));
    assert.notEqual(second.checkout_id, first.checkout_id);
    await submitPaymentPage(shop, first.checkout_url, 'pay');
    const answer = await shop.handler(press());
    assert.equal(answer.status, 409);
    assert.equal((await problemIn(answer)).code, 'session_closed');
  });

  it('gets a second complete command after one that failed', async () => {
    const connection = createInterruptibleStore();
    const shop = openShop({ store: connection.store });
    connection.completesToFail = 1;
    const first = await sessionOf(await shop.handler(press()));
    const again = await shop.handler(press());
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(again)).checkout_id, first.checkout_id);
  });

  it('gets a release of the key after two failed complete commands, so that the next press gets the session', async () => {
    const store = createMemoryStore();
    const shop = openShop({
      store: {
        ...store,
        complete: (key, ...rest) =>
          key.startsWith('create:') && !isWritable
            ? Promise.reject(new Error('read-only replica'))
            : store.complete(key, ...rest),
      },
    });
    let isWritable = false;
    const first = await sessionOf(await shop.handler(press()));
    isWritable = true;
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('keeps the newer session when an earlier press completes after its lease ended', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.parse('2026-03-01T12:00:00Z') });
    let shipping = 500;
    const providerCalled = deferred();
    const gate = deferred();
    const shop = openShop({
      timeoutMs: 300_000,
      resolveTimeoutMs: 1000,
      resolveCart: (cart) => ({ ...resolve(cart), shipping }),
      network: async (request, pass) => {
        if (request.method === 'POST' && shop.opened().length === 1) {
          providerCalled.resolve();
          await gate.promise;
        }
        return pass();
      },
    });
    const suspended = shop.handler(press());
    await providerCalled.promise;
    // The process is suspended for 30 minutes: the lease ends before the deadline's timer fires.
    t.mock.timers.setTime(Date.parse('2026-03-01T12:30:00Z'));
    shipping = 900;
    const newer = await sessionOf(await shop.handler(press()));
    gate.resolve();
    const late = await suspended;
    assert.equal(late.status, 409);
    assert.equal((await problemIn(late)).code, 'request_in_progress');
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, newer.checkout_id);
    assert.equal(shop.opened().length, 2);
  });

  it('holds a claim for as long as the provider’s timeout', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.parse('2026-03-01T12:00:00Z') });
    const providerCalled = deferred();
    const gate = deferred();
    const shop = openShop({
      timeoutMs: 60_000,
      network: async (request, pass) => {
        if (request.method === 'POST') {
          providerCalled.resolve();
          await gate.promise;
        }
        return pass();
      },
    });
    const slow = shop.handler(press());
    await providerCalled.promise;
    t.mock.timers.tick(38_000);
    assert.equal((await problemIn(await shop.handler(press()))).code, 'request_in_progress');
    gate.resolve();
    await sessionOf(await slow);
    assert.equal(shop.opened().length, 1);
  });
});

describe('idempotency key whose price changes at every press', () => {
  it('opens five sessions at most, and is then refused with at most 200 calls to the provider for 100 presses', async () => {
    let presses = 0;
    const shop = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), shipping: ++presses }),
    });
    const statuses: number[] = [];
    for (let i = 0; i < 100; i++) statuses.push((await shop.handler(press())).status);
    assert.deepEqual(statuses, [...Array<number>(5).fill(200), ...Array<number>(95).fill(429)]);
    assert.equal(shop.opened().length, 5);
    assert.ok(shop.calls.length <= 200, `${shop.calls.length} calls to the provider`);
    const refusal = await shop.handler(press());
    assert.equal(refusal.headers.get('retry-after'), '60');
    const { code, detail } = await problemIn(refusal);
    assert.equal(code, 'rate_limited');
    assert.match(detail!, /5 open sessions/);
  });

  it('gets its newest session again when the price is the same as at that press', async () => {
    let shipping = 0;
    const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), shipping }) });
    let newest = '';
    for (; shipping < 5; shipping++) newest = (await sessionOf(await shop.handler(press()))).checkout_id;
    assert.equal((await shop.handler(press())).status, 429);
    shipping = 4;
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, newest);
  });

  it('opens a session after one of five is cancelled, and gets session_closed after one is paid', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    let shipping = 0;
    const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), shipping }) });
    const sessions = [];
    for (; shipping < 5; shipping++) sessions.push(await sessionOf(await shop.handler(press())));
    assert.equal((await shop.handler(press())).status, 429);
    await submitPaymentPage(shop, sessions[1]!.checkout_url, 'cancel');
    assert.equal((await shop.handler(press())).status, 429);
    t.mock.timers.tick(60_000);
    await sessionOf(await shop.handler(press()));
    shipping++;
    await submitPaymentPage(shop, sessions[2]!.checkout_url, 'pay');
    t.mock.timers.tick(60_000);
    assert.equal((await problemIn(await shop.handler(press()))).code, 'session_closed');
  });

  it('finds the newest of 60 sessions with 14 reads of the store at most', async () => {
    const store = createMemoryStore();
    let reads = 0;
    const shop = openShop({
      store: { ...store, read: (key) => (key.startsWith('create:') && reads++, store.read(key)) },
    });
    for (let i = 0; i < 60; i++)
      await submitPaymentPage(shop, (await sessionOf(await shop.handler(press()))).checkout_url, 'cancel');
    reads = 0;
    await sessionOf(await shop.handler(press()));
    assert.ok(reads <= 14, `${reads} reads`);
  });
});
