import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TEST_CARDS, type Sandbox } from '../../src/sandbox/index.js';
import { call, DAY_MS, open, requestFor, start, state, submit } from './fixtures.js';

const { hsa, credit, declined, hsaDeclined } = TEST_CARDS;
const show = async (sandbox: Sandbox, url: string) => {
  const response = await sandbox.fetch(new Request(url));
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const both = { action: 'pay', hsa_card: hsa.number, card: credit.number };

describe('the payment page of the sandbox', () => {
  it('asks for the cards that a session needs, each with its amount', async () => {
    const sandbox = start();
    const split = await show(sandbox, (await open(sandbox)).checkout_url);
    assert.match(split.text, /HSA\/FSA card <span class="amount">\$49\.95/);
    assert.match(split.text, /Another card for the rest <span class="amount">\$19\.99/);
    const eligible = await show(sandbox, (await open(sandbox, requestFor(['monitor']))).checkout_url);
    assert.doesNotMatch(eligible.text, /name="card"/);
    const regular = await show(sandbox, (await open(sandbox, requestFor(['vitamins']))).checkout_url);
    assert.doesNotMatch(regular.text, /name="hsa_card"/);
  });

  it('has the notice of the sandbox, and no script and no inline style', async () => {
    const sandbox = start();
    const { text, headers } = await show(sandbox, (await open(sandbox)).checkout_url);
    assert.match(text, /no money moves/);
    assert.doesNotMatch(text, /<script|style=|<style/);
    const policy = headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /form-action 'self' https:\/\/shop\.example/);
    assert.doesNotMatch(policy, /unsafe/);
    const css = await sandbox.fetch(new Request('https://sandbox.example/pay/style.css'));
    assert.match(css.headers.get('content-type')!, /^text\/css/);
  });

  it('shows the condition beside a product that needs a letter', async () => {
    const sandbox = start();
    const { text } = await show(sandbox, (await open(sandbox, requestFor(['massage']))).checkout_url);
    assert.match(text, /May be HSA\/FSA eligible with a Letter of Medical Necessity/);
  });

  it('opens no session with a return URL that is invalid or would change its policy', async () => {
    const sandbox = start();
    for (const url of ['https://[', 'https://x;script-src/', 'https://x\uff1bscript-src/', 'https://x,y/'])
      for (const field of ['success_url', 'failure_url'] as const) {
        const response = await call(sandbox, 'POST', '/checkout', requestFor(['monitor'], { [field]: url }));
        assert.equal(response.status, 422, url);
        assert.match(await response.text(), new RegExp(field));
      }
  });

  it('reads no form and no request of more than 1 MB', async () => {
    const sandbox = start();
    const { checkout_url } = await open(sandbox);
    const addresses = [checkout_url, 'https://sandbox.example/v2/checkout'];
    for (const address of addresses) {
      let sent = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (sent++ < 100) controller.enqueue(new Uint8Array(64 * 1024));
          else controller.close();
        },
      });
      const headers = { authorization: 'Bearer glm_test_1' };
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      assert.equal((await sandbox.fetch(new Request(address, init))).status, 413);
      assert.ok(sent < 30, `${sent} chunks`);
    }
    assert.equal(sandbox.orders.length, 0);
  });

  it('shows markup in names and ids as text', async () => {
    const sandbox = start();
    const request = requestFor(['monitor'], { reference_id: '"><img src=x onerror=alert(1)>' });
    request.line_items[0]!.name = '<script>alert(1)</script>';
    const { text } = await show(sandbox, (await open(sandbox, request)).checkout_url);
    assert.doesNotMatch(text, /<script|<img/);
    assert.match(text, /&lt;script&gt;/);
  });

  it('accepts a payment: an order, a paid session, and the redirect to the shop', async () => {
    const sandbox = start();
    const { checkout_id, checkout_url } = await open(sandbox);
    const response = await submit(sandbox, checkout_url, both);
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), 'https://shop.example/return');
    assert.equal(sandbox.orders.length, 1);
    const [order] = sandbox.orders;
    assert.deepEqual([order!.checkout_id, order!.reference_id], [checkout_id, 'order-1001']);
    assert.deepEqual([order!.status, order!.amount, order!.currency], ['paid', 6994, 'USD']);
    const shown = await state(sandbox, checkout_id);
    assert.deepEqual([shown.status, shown.order_id], ['paid', order!.id]);
    assert.equal(typeof shown.paid_at, 'string');
  });

  it('is paid once when two payments arrive at the same time', async () => {
    const sandbox = start();
    const { checkout_url } = await open(sandbox);
    const answers = await Promise.all([both, both, both].map((form) => submit(sandbox, checkout_url, form)));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409, 409]);
    assert.equal(sandbox.orders.length, 1);
    const { text } = await show(sandbox, checkout_url);
    assert.match(text, /already paid/);
    assert.match(text, /href="https:\/\/shop\.example\/return"/);
  });

  const refusals: { what: string; form: Record<string, string>; says: RegExp }[] = [
    {
      what: 'an HSA/FSA card for the rest',
      form: { hsa_card: hsa.number, card: hsa.number },
      says: /cannot pay for this part/,
    },
    {
      what: 'an ordinary card for the eligible amount',
      form: { hsa_card: credit.number, card: credit.number },
      says: /not an HSA\/FSA card/,
    },
    {
      what: 'a card that the bank declines',
      form: { hsa_card: hsa.number, card: declined.number },
      says: /declined/,
    },
    {
      what: 'an HSA/FSA card without enough money',
      form: { hsa_card: hsaDeclined.number, card: credit.number },
      says: /enough money/,
    },
    {
      what: 'an unknown number',
      form: { hsa_card: '4111111111111111', card: credit.number },
      says: /test cards/,
    },
    { what: 'no card', form: {}, says: /test cards/ },
  ];
  for (const { what, form, says } of refusals)
    it(`refuses ${what} with a message, charges nothing, and can be paid afterwards`, async () => {
      const sandbox = start();
      const { checkout_id, checkout_url } = await open(sandbox);
      const response = await submit(sandbox, checkout_url, { action: 'pay', ...form });
      assert.equal(response.status, 422);
      const text = await response.text();
      assert.match(text.slice(text.indexOf('role="alert"')), says);
      assert.equal(sandbox.orders.length, 0);
      assert.equal((await state(sandbox, checkout_id)).status, 'open');
      assert.equal((await submit(sandbox, checkout_url, both)).status, 303);
    });

  it('reads a card number with or without spaces', async () => {
    const sandbox = start();
    const { checkout_url } = await open(sandbox, requestFor(['monitor']));
    const form = { action: 'pay', hsa_card: hsa.number.replaceAll(' ', '-') };
    assert.equal((await submit(sandbox, checkout_url, form)).status, 303);
  });

  it('cancels a session, which then cannot be paid', async () => {
    const sandbox = start();
    const { checkout_id, checkout_url } = await open(sandbox);
    const response = await submit(sandbox, checkout_url, { action: 'cancel' });
    assert.equal(response.headers.get('location'), 'https://shop.example/cart');
    const shown = await state(sandbox, checkout_id);
    assert.deepEqual([shown.status, shown.reason], ['expired', 'cancelled']);
    assert.equal((await submit(sandbox, checkout_url, both)).status, 409);
    assert.match(
      (await show(sandbox, checkout_url)).text,
      /was cancelled[^]*href="https:\/\/shop\.example\/cart"/,
    );
    assert.equal(sandbox.orders.length, 0);
  });

  it('refuses a payment after 24 hours', async () => {
    const sandbox = start();
    const { checkout_url } = await open(sandbox);
    await sandbox.advance(DAY_MS);
    const response = await submit(sandbox, checkout_url, both);
    assert.equal(response.status, 409);
    assert.match(await response.text(), /has expired/);
    assert.equal(sandbox.orders.length, 0);
  });

  it('says that an unknown checkout does not exist', async () => {
    const { status, text } = await show(start(), 'https://sandbox.example/pay/cs_none');
    assert.equal(status, 404);
    assert.match(text, /no such checkout/);
  });
});
