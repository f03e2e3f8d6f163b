import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { isSignedWebhook, OrderCreatedEvent, validate } from '../../src/contract/index.js';
import { TEST_CARDS, type SandboxOptions } from '../../src/sandbox/index.js';
import { open, requestFor, SECRET, start, START, submit, WEBHOOK_URL } from './fixtures.js';

interface Delivery {
  url: string;
  headers: Headers;
  body: string;
  atMs: number;
}

/** Pays a session whose webhooks get the given statuses in order. `undefined` stands for no response. */
async function pay(statuses: (number | undefined)[], options: Partial<SandboxOptions> = {}) {
  const deliveries: Delivery[] = [];
  let nowMs = START;
  const sandbox = start({
    ...options,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      deliveries.push({
        url: request.url,
        headers: request.headers,
        body: await request.text(),
        atMs: nowMs,
      });
      const status = statuses[deliveries.length - 1];
      if (!status) throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
  });
  const advance = async (ms: number) => {
    nowMs += ms;
    await sandbox.advance(ms);
  };
  const request = requestFor(['monitor'], { metadata: { webhook_url: WEBHOOK_URL } });
  const { checkout_id, checkout_url } = await open(sandbox, request);
  await submit(sandbox, checkout_url, { action: 'pay', hsa_card: TEST_CARDS.hsa.number });
  await advance(0);
  return { deliveries, advance, checkout_id, sandbox };
}

describe('the order.created webhook of the sandbox', () => {
  it('is sent at once, signed, in the form of the contract', async () => {
    const { deliveries, checkout_id, sandbox } = await pay([200]);
    assert.equal(deliveries.length, 1);
    const [{ url, headers, body }] = deliveries as [Delivery];
    assert.equal(url, WEBHOOK_URL);
    const signature = headers.get('x-gale-signature')!;
    assert.equal(
      await isSignedWebhook(new TextEncoder().encode(body), signature, [SECRET], START / 1000),
      true,
    );
    const event = validate(OrderCreatedEvent, JSON.parse(body)).value!;
    assert.match(event.id!, /^evt_/);
    assert.equal(event.data.checkout_id, checkout_id);
    assert.equal(event.data.reference_id, 'order-1001');
    assert.equal(event.data.order_id, sandbox.orders[0]!.id);
    assert.equal(event.data.status, 'paid');
    assert.doesNotMatch(body, /ada@example\.com|Byron/);
  });

  it('can carry the secret as a bearer token instead', async () => {
    const { deliveries } = await pay([200], { webhookAuth: 'bearer' });
    assert.equal(deliveries[0]!.headers.get('authorization'), `Bearer ${SECRET}`);
    assert.equal(deliveries[0]!.headers.get('x-gale-signature'), null);
  });

  it('is sent again after 30 s, 2 min and 10 min, as the same event with a new signature, and then never again', async () => {
    const { deliveries, advance } = await pay([500, undefined, 302, 503]);
    for (const [waitMs, count] of [
      [29_999, 1],
      [1, 2],
      [119_999, 2],
      [1, 3],
      [600_000, 4],
      [86_400_000, 4],
    ] as const) {
      await advance(waitMs);
      assert.equal(deliveries.length, count, `after ${waitMs} ms more`);
    }
    assert.equal(new Set(deliveries.map(({ body }) => body)).size, 1);
    assert.equal(new Set(deliveries.map(({ headers }) => headers.get('x-gale-signature'))).size, 4);
  });

  it('is sent for each attempt that one long step of the clock passes, until a 200', async () => {
    const { deliveries, advance } = await pay([500, 500, 200]);
    await advance(86_400_000);
    assert.equal(deliveries.length, 3);
  });

  it('is aborted if the shop does not answer within 5 s', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      // One promise resolves when the shop gets the request, the other when the sandbox aborts it.
      let onAsked = () => {};
      let onHungUp = () => {};
      const asked = new Promise<void>((resolve) => (onAsked = resolve));
      const hungUp = new Promise<void>((resolve) => (onHungUp = resolve));
      const sandbox = start({
        fetch: (_input, init) => {
          onAsked();
          return new Promise((_, reject) => {
            init!.signal!.addEventListener('abort', () => {
              onHungUp();
              reject(new Error('aborted'));
            });
          });
        },
      });
      const request = requestFor(['monitor'], { metadata: { webhook_url: WEBHOOK_URL } });
      const { checkout_url } = await open(sandbox, request);
      await submit(sandbox, checkout_url, { action: 'pay', hsa_card: TEST_CARDS.hsa.number });
      await asked;
      mock.timers.tick(5000);
      await hungUp;
    } finally {
      mock.timers.reset();
    }
  });

  it('is also sent again by real time', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
      const calls: (() => void)[] = [];
      const asked = () => new Promise<void>((resolve) => calls.push(resolve));
      const first = asked();
      const second = asked();
      const sandbox = start({
        now: Date.now,
        fetch: () => {
          calls.shift()!();
          return Promise.resolve(new Response(null, { status: 500 }));
        },
      });
      const request = requestFor(['monitor'], { metadata: { webhook_url: WEBHOOK_URL } });
      const { checkout_url } = await open(sandbox, request);
      await submit(sandbox, checkout_url, { action: 'pay', hsa_card: TEST_CARDS.hsa.number });
      await first;
      await sandbox.advance(0);
      mock.timers.tick(30_000);
      await second;
    } finally {
      mock.timers.reset();
    }
  });

  it('is not sent without a URL', async () => {
    let calls = 0;
    const sandbox = start({
      fetch: () => {
        calls++;
        return Promise.resolve(new Response());
      },
    });
    const { checkout_url } = await open(sandbox, requestFor(['monitor']));
    await submit(sandbox, checkout_url, { action: 'pay', hsa_card: TEST_CARDS.hsa.number });
    await sandbox.advance(0);
    assert.equal(calls, 0);
    assert.equal(sandbox.orders.length, 1);
  });
});
