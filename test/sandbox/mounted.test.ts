import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, mock, type TestContext } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import express, { type Express } from 'express';
import { TEST_CARDS, type Sandbox } from '../../src/sandbox/index.js';
import { requestFor, start } from './fixtures.js';

/** Serves an Express app with a sandbox. Returns the app's origin. */
async function serve(
  t: TestContext,
  mount: (app: Express, sandbox: RequestListener) => void,
): Promise<string> {
  const sandbox: Sandbox = start({ fetch: async () => new Response(null, { status: 200 }) });
  const app = express();
  const listener = getRequestListener(sandbox.fetch);
  mount(app, (request, response) => void listener(request, response));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a sandbox in Express', () => {
  for (const [how, mount] of [
    ['below a path', (app, sandbox) => app.use('/sandbox', sandbox)],
    [
      'behind body parsers',
      (app, sandbox) =>
        app.use(express.json(), express.urlencoded({ extended: false })).use('/sandbox', sandbox),
    ],
  ] as [how: string, mount: (app: Express, sandbox: RequestListener) => void][])
    it(`opens a session, shows its payment page with its style and accepts the payment: ${how}`, async (t) => {
      const origin = await serve(t, mount);
      const opened = await fetch(`${origin}/sandbox/v2/checkout`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer glm_test_1',
          'content-type': 'application/json',
          'idempotency-key': 'key-1',
        },
        body: JSON.stringify(requestFor(['monitor'])),
      });
      const { checkout_url } = (await opened.json()) as { checkout_url: string };
      assert.match(checkout_url, new RegExp(`^${origin}/sandbox/pay/cs_`));
      const page = await (await fetch(checkout_url)).text();
      const [, style] = /href="([^"]+\.css)"/.exec(page)!;
      assert.equal((await fetch(new URL(style!, checkout_url))).status, 200);
      const form = { action: 'pay', hsa_card: TEST_CARDS.hsa.number };
      const body = new URLSearchParams(form);
      const paid = await fetch(checkout_url, { method: 'POST', body, redirect: 'manual' });
      assert.equal(paid.status, 303, await paid.text());
    });
});

describe('a webhook of the sandbox that the handler does not accept', () => {
  for (const [answer, says] of [
    [
      404,
      /\/api\/hsa-checkout\/webhook answered 404\. it does not reach the handler: mount the handler at \/api\/hsa-checkout and all paths below/,
    ],
    [500, /answered 500$/],
  ] as const)
    it(`is reported in the server's log: ${answer}`, async (t) => {
      const warn = mock.method(console, 'warn', () => {});
      t.after(() => warn.mock.restore());
      const shop = start({ fetch: async () => new Response(null, { status: answer }) });
      const metadata = { webhook_url: 'https://shop.example/api/hsa-checkout/webhook' };
      const opened = await shop.fetch(
        new Request('https://sandbox.example/v2/checkout', {
          method: 'POST',
          headers: {
            authorization: 'Bearer glm_test_1',
            'content-type': 'application/json',
            'idempotency-key': 'k',
          },
          body: JSON.stringify(requestFor(['monitor'], { metadata })),
        }),
      );
      const { checkout_id } = (await opened.json()) as { checkout_id: string };
      await shop.pay(checkout_id);
      assert.equal(warn.mock.callCount(), 1);
      assert.match(String(warn.mock.calls[0]!.arguments[0]), says);
    });
});
