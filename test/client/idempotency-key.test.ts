import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSession } from '../../src/client/index.js';
import { minimalCart } from '../support/fixtures.js';
import { networkFailure, problem, session, type Step } from './endpoint.js';
import { blockedStorage, createStorage, openPage, type Page } from './fixtures.js';

const HOUR_MS = 3_600_000;

/** Presses once for each step, and ignores failures. */
async function press(page: Page, ...steps: Step[]): Promise<void> {
  for (const step of steps) {
    page.endpoint.steps = [step];
    await page.run(createSession(page.purchase).catch(() => undefined));
  }
}

/** The number of different keys that were sent. Asserts that all are UUIDs. */
function distinctKeys({ endpoint: { keys } }: Page): number {
  assert.ok(keys.length > 1 && keys.every(Boolean), 'a request had no key');
  return new Set(keys).size;
}

describe('the same cart keeps its key', () => {
  test('for a second press, and for a second button', async (t) => {
    const page = openPage(t, session(), session());
    await page.run(
      Promise.all([createSession(page.purchase), createSession({ ...page.purchase, cart: minimalCart() })]),
    );
    assert.equal(distinctKeys(page), 1);
  });

  const KEPT: [string, Step][] = [
    ['after a 500', problem(500)],
    ['after a 409', problem(409)],
    ['after a 422', problem(422, 'validation_error')],
    ['after a 401', problem(401)],
    ['after a 429', problem(429)],
    ['after half an answer', new Response('{"checkout_id":"chk')],
    ['after an HTML page', new Response('<p>', { headers: { 'content-type': 'text/html' } })],
  ];
  for (const [what, step] of KEPT)
    test(what, async (t) => {
      const page = openPage(t);
      await press(page, step, session());
      assert.equal(distinctKeys(page), 1);
    });

  test('for automatic retries and the press after them', async (t) => {
    const page = openPage(t, networkFailure(), networkFailure(), networkFailure());
    await page.fails(createSession(page.purchase), 'network');
    await press(page, session());
    assert.equal(page.endpoint.keys.length, 4);
    assert.equal(distinctKeys(page), 1);
  });

  test('after a press while offline', async (t) => {
    const page = openPage(t);
    await press(page, problem(500));
    page.onLine = false;
    await page.fails(createSession(page.purchase), 'offline');
    page.onLine = true;
    await press(page, session());
    assert.equal(distinctKeys(page), 1);
  });

  test('after a reload: it is stored in sessionStorage only', async (t) => {
    const page = openPage(t);
    const storage = createStorage();
    page.storage = storage;
    await press(page, session());
    page.storage = createStorage(storage.entries);
    await press(page, session());
    assert.equal(distinctKeys(page), 1);
    // Another tab: a key in the module's memory would still be the same.
    page.storage = createStorage();
    await press(page, session());
    assert.equal(distinctKeys(page), 2);
  });

  test('for a page whose storage is blocked', async (t) => {
    const page = openPage(t);
    page.storage = blockedStorage;
    await press(page, session(), problem(500), session());
    assert.equal(distinctKeys(page), 1);
  });

  test('for 23 hours, whatever is pressed in the meantime', async (t) => {
    const page = openPage(t);
    await press(page, session());
    await page.pass(12 * HOUR_MS);
    await press(page, session());
    await page.pass(11 * HOUR_MS - 1);
    await press(page, session());
    assert.equal(distinctKeys(page), 1);
  });
});

describe('a cart gets another key', () => {
  test('after 23 hours, an hour before the provider forgets it', async (t) => {
    const page = openPage(t);
    await press(page, session());
    await page.pass(23 * HOUR_MS);
    await press(page, session(), session());
    assert.equal(distinctKeys(page), 2);
    assert.equal(page.endpoint.keys[1], page.endpoint.keys[2]);
  });

  test('for a changed cart; the first cart still has its own key', async (t) => {
    const page = openPage(t, session(), session(), session());
    const { endpoint, cart } = page.purchase;
    const [line] = cart.line_items;
    await page.run(createSession({ endpoint, cart }));
    await page.run(createSession({ endpoint, cart: { line_items: [{ ...line!, quantity: 2 }] } }));
    await page.run(createSession({ endpoint, cart }));
    assert.equal(distinctKeys(page), 2);
    assert.equal(page.endpoint.keys[0], page.endpoint.keys[2]);
  });

  test('for another endpoint', async (t) => {
    const page = openPage(t, session(), session());
    const { endpoint, cart } = page.purchase;
    await page.run(createSession({ endpoint, cart }));
    await page.run(createSession({ endpoint: `${endpoint}/v2`, cart }));
    assert.equal(distinctKeys(page), 2);
  });

  const OVER: [string, Response][] = [
    ['after session_closed', problem(409, 'session_closed')],
    ['after session_expired', problem(409, 'session_expired')],
    ['after an answer whose session expired on the way', session({ expires_in: 0 })],
  ];
  for (const [what, step] of OVER)
    for (const [where, storage] of [
      ['', createStorage()],
      [', with storage blocked', blockedStorage],
    ] as const)
      test(`${what}${where}, and stays`, async (t) => {
        const page = openPage(t);
        page.storage = storage;
        await press(page, session(), step.clone(), session(), session());
        const [before, same, after, again] = page.endpoint.keys;
        assert.equal(same, before);
        assert.notEqual(after, before);
        assert.equal(again, after);
      });

  test('when the session of its key ends, by the time since its response', async (t) => {
    const page = openPage(t);
    await press(page, session({ expires_in: 3600 }));
    await page.pass(HOUR_MS - 1);
    await press(page, problem(500));
    assert.equal(distinctKeys(page), 1);
    await page.pass(1);
    await press(page, session());
    assert.equal(distinctKeys(page), 2);
  });

  test('after 23 hours of a session that lasts longer, or has no end', async (t) => {
    const page = openPage(t);
    for (const expires_in of [1e9, undefined, null, '60', 23 * 3600 + 1]) {
      page.endpoint.requests.length = 0;
      await press(page, session({ expires_in }));
      await page.pass(23 * HOUR_MS - 1);
      await press(page, problem(500));
      assert.equal(distinctKeys(page), 1, `${expires_in}`);
      await page.pass(1);
      await press(page, problem(500));
      assert.equal(distinctKeys(page), 2, `${expires_in}`);
      await page.pass(23 * HOUR_MS);
    }
  });

  test('once, if two buttons find one after the other that the session of their key has ended', async (t) => {
    const page = openPage(t);
    let answerLate!: (response: Response) => void;
    const late = new Promise<Response>((resolve) => (answerLate = resolve));
    page.endpoint.steps = [late, problem(409, 'session_closed'), session(), session()];
    const slow = assert.rejects(createSession(page.purchase), { code: 'session_closed' });
    await page.fails(createSession(page.purchase), 'session_closed');
    await page.run(createSession(page.purchase));
    answerLate(problem(409, 'session_closed'));
    await page.run(slow);
    await page.run(createSession(page.purchase));
    const [first, same, second, still] = page.endpoint.keys;
    assert.equal(same, first);
    assert.notEqual(second, first);
    assert.equal(still, second);
  });

  test('for this cart only: other carts keep their keys', async (t) => {
    const page = openPage(t, session());
    const other = { ...page.purchase, cart: { line_items: [{ product_id: 'multivitamin', quantity: 3 }] } };
    await page.run(createSession(other));
    await press(page, problem(409, 'session_closed'));
    page.endpoint.steps = [session()];
    await page.run(createSession(other));
    assert.equal(page.endpoint.keys[0], page.endpoint.keys[2]);
  });

  test('when storage has a malformed key', async (t) => {
    const page = openPage(t);
    const storage = createStorage();
    page.storage = storage;
    await press(page, session());
    for (const text of ['', ' ', 'x', 'x y', ` ${Date.now()}`]) {
      for (const name of storage.entries.keys()) storage.entries.set(name, text);
      await press(page, session());
      assert.match(page.endpoint.keys.at(-1)!, /^[\da-f-]{36}$/);
    }
    assert.equal(distinctKeys(page), 6);
  });
});
