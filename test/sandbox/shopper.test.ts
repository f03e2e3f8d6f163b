import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TEST_CARDS } from '../../src/sandbox/index.js';
import { DAY_MS, open, requestFor, start, state, WEBHOOK_URL } from './fixtures.js';

/** A sandbox and the webhooks that it has sent. */
function listen(status = 200) {
  const received: string[] = [];
  const sandbox = start({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      received.push(((await request.json()) as { data: { checkout_id: string } }).data.checkout_id);
      return new Response(null, { status });
    },
  });
  return { sandbox, received };
}

const withWebhook = (ids?: string[]) => requestFor(ids, { metadata: { webhook_url: WEBHOOK_URL } });

describe('the shopper of a sandbox', () => {
  for (const ids of [['monitor'], ['vitamins'], ['monitor', 'vitamins'], ['massage']])
    it(`pays a cart of ${ids.join(' and ')}, and resolves after the webhook`, async () => {
      const { sandbox, received } = listen();
      const { checkout_id } = await open(sandbox, withWebhook(ids));
      assert.deepEqual(await sandbox.pay(checkout_id), {
        checkoutId: checkout_id,
        status: 'paid',
        redirectUrl: 'https://shop.example/return',
        errors: [],
      });
      assert.deepEqual(received, [checkout_id]);
      assert.equal((await state(sandbox, checkout_id)).status, 'paid');
      assert.deepEqual(
        sandbox.orders.map((order) => order.checkout_id),
        [checkout_id],
      );
    });

  it('does not wait for the retries of a webhook', async () => {
    const { sandbox, received } = listen(500);
    const { checkout_id } = await open(sandbox, withWebhook());
    assert.equal((await sandbox.pay(checkout_id)).status, 'paid');
    assert.equal(received.length, 1);
    await sandbox.advance(30_000);
    assert.equal(received.length, 2);
  });

  const cards: { card: string; ids: string[]; says: RegExp }[] = [
    { card: 'declined', ids: ['monitor', 'vitamins'], says: /^The credit card was declined/ },
    { card: 'hsaDeclined', ids: ['monitor', 'vitamins'], says: /does not hold enough money/ },
    { card: TEST_CARDS.declined.number, ids: ['vitamins'], says: /^The credit card was declined/ },
    { card: '4000-0000-0000-0044', ids: ['monitor'], says: /does not hold enough money/ },
    { card: 'credit', ids: ['monitor'], says: /not an HSA\/FSA card/ },
    { card: 'hsa', ids: ['vitamins'], says: /cannot pay for this part/ },
  ];
  for (const { card, ids, says } of cards)
    it(`cannot pay a cart of ${ids.join(' and ')} with the card ${card}, and can pay it afterwards`, async () => {
      const { sandbox, received } = listen();
      const { checkout_id } = await open(sandbox, withWebhook(ids));
      const { status, redirectUrl, errors } = await sandbox.pay(checkout_id, { card });
      assert.deepEqual([status, redirectUrl, errors.length], ['open', undefined, 1]);
      assert.match(errors[0]!, says);
      assert.equal((await state(sandbox, checkout_id)).status, 'open');
      assert.deepEqual(received, []);
      assert.equal((await sandbox.pay(checkout_id)).status, 'paid');
    });

  for (const card of ['hsa', 'credit', TEST_CARDS.hsa.number])
    it(`pays both parts of a mixed cart when only the card ${card} is named`, async () => {
      const { sandbox } = listen();
      assert.equal((await sandbox.pay((await open(sandbox)).checkout_id, { card })).status, 'paid');
    });

  it('rejects a card that is not a test card, and does not repeat its number', async () => {
    const { sandbox } = listen();
    const { checkout_id } = await open(sandbox);
    for (const card of ['4111111111111111', 'gold', '', 'toString'])
      await assert.rejects(sandbox.pay(checkout_id, { card }), {
        message: 'card: expected hsa, credit, declined, hsaDeclined, or the number of one of them',
      });
    assert.equal((await state(sandbox, checkout_id)).status, 'open');
  });

  for (const ids of [['monitor'], ['vitamins'], ['monitor', 'vitamins']])
    it(`gets a decline for a cart of ${ids.join(' and ')}, which stays open`, async () => {
      const { sandbox, received } = listen();
      const { checkout_id } = await open(sandbox, withWebhook(ids));
      const { status, errors } = await sandbox.decline(checkout_id);
      assert.equal(status, 'open');
      assert.match(errors.join(), /Nothing was charged/);
      assert.deepEqual([received, sandbox.orders.length], [[], 0]);
    });

  it('cannot get a decline if there is nothing to pay', async () => {
    const { sandbox } = listen();
    const request = requestFor(['vitamins'], { discount: 1999 });
    const { checkout_id } = await open(sandbox, request);
    await assert.rejects(sandbox.decline(checkout_id), { message: /^This checkout has nothing to pay/ });
    assert.equal((await sandbox.pay(checkout_id)).status, 'paid');
  });

  it('cancels and returns to the shop', async () => {
    const { sandbox, received } = listen();
    const { checkout_id } = await open(sandbox, withWebhook());
    assert.deepEqual(await sandbox.cancel(checkout_id), {
      checkoutId: checkout_id,
      status: 'expired',
      reason: 'cancelled',
      redirectUrl: 'https://shop.example/cart',
      errors: [],
    });
    const { status, reason } = await state(sandbox, checkout_id);
    assert.deepEqual([status, reason, received], ['expired', 'cancelled', []]);
  });

  it('expires one session, and no other', async () => {
    const { sandbox } = listen();
    const [one, other] = [await open(sandbox), await open(sandbox)];
    const { status, reason, redirectUrl } = await sandbox.expire(one.checkout_id);
    assert.deepEqual([status, reason, redirectUrl], ['expired', undefined, 'https://shop.example/cart']);
    const shown = await state(sandbox, one.checkout_id);
    assert.deepEqual([shown.status, shown.expired_at], ['expired', '2026-03-01T12:00:00.000Z']);
    assert.equal((await state(sandbox, other.checkout_id)).status, 'open');
  });

  it('rejects every step on an unknown or closed session with a message', async () => {
    const { sandbox } = listen();
    const opened = async () => (await open(sandbox)).checkout_id;
    const [paid, cancelled, expired, late] = [await opened(), await opened(), await opened(), await opened()];
    await sandbox.advance(DAY_MS - 1000);
    await sandbox.pay(paid);
    await sandbox.cancel(cancelled);
    await sandbox.expire(expired);
    await sandbox.advance(1000);
    const sentences = {
      cs_none: 'this sandbox has no checkout session "cs_none"',
      [paid]: `This order is already paid (${paid})`,
      [cancelled]: `This checkout was cancelled (${cancelled})`,
      [expired]: `This checkout has expired (${expired})`,
      [late]: `This checkout has expired (${late})`,
    };
    for (const [id, message] of Object.entries(sentences))
      for (const step of ['pay', 'decline', 'cancel', 'expire'] as const)
        await assert.rejects(sandbox[step](id), { message });
    assert.equal(sandbox.orders.length, 1);
  });

  it('pays once when two payments start at the same time', async () => {
    const { sandbox } = listen();
    const { checkout_id } = await open(sandbox);
    const results = await Promise.allSettled([sandbox.pay(checkout_id), sandbox.pay(checkout_id)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(sandbox.orders.length, 1);
  });
});
