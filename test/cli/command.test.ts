import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import { runChecks } from '../../src/cli/run-checks.js';
import { VERSION } from '../../src/version.js';
import { openShop, WEBHOOK_SECRET, type ShopOptions } from '../server/fixtures.js';
import { freePort } from '../support/free-port.js';
import { runCommand } from './run-command.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** A real server on loopback with the handler on it. */
async function listen(options: ShopOptions = {}): Promise<{ endpoint: string; close(): Promise<void> }> {
  const { handler } = openShop({ onOrderCreated: () => {}, ...options });
  const port = await freePort();
  const server = serve({ fetch: handler, port, hostname: '127.0.0.1' }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${port}/api/hsa-checkout`,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the command', () => {
  let shop: Awaited<ReturnType<typeof listen>>;
  before(async () => {
    shop = await listen();
  });
  after(() => shop.close());

  it('exits with 0 for an endpoint that is mounted right, over a real connection', async () => {
    const origin = new URL(shop.endpoint).origin;
    const { code, out, err } = await runCommand(['doctor', shop.endpoint, '--origin', origin], {
      HSA_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    assert.equal(err, '');
    assert.equal(code, 0, out);
    assert.equal(out.match(/^✔ /gm)?.length, 17, out);
    assert.match(out, /^Nothing is wrong\.$/m);
    // The output is not a terminal.
    assert.doesNotMatch(out, /\x1b/);
  });

  it('exits with 1 for a mistake, and prints it', async () => {
    const { code, out } = await runCommand(
      ['doctor', shop.endpoint, '--mode=live', '--webhook-secret-env=OTHER'],
      {
        OTHER: 'whsec_of_another_shop',
      },
    );
    assert.equal(code, 1);
    assert.match(out, /^✖ Key mode +test, but --mode is live\n +→ Give createProvider/m);
    assert.match(out, /^✖ Webhook secret +a delivery signed with OTHER is refused/m);
    assert.match(out, /^2 things are wrong\.$/m);
    assert.doesNotMatch(out, /whsec_/);
  });

  it('exits with 1 when nothing listens at the address', async () => {
    const { code, out } = await runCommand(['doctor', `http://127.0.0.1:${await freePort()}/api`]);
    assert.equal(code, 1);
    assert.match(out, /^✖ Reachable +nothing listens at 127\.0\.0\.1:\d+\n +→ Start the server/m);
    assert.match(out, /^1 thing is wrong\.$/m);
  });

  it('exits with 1 when the server does not speak https', async () => {
    const { code, out } = await runCommand(['doctor', shop.endpoint.replace('http:', 'https:')]);
    assert.equal(code, 1);
    assert.match(out, /^✖ Reachable +127\.0\.0\.1:\d+ speaks http, not https$/m);
  });

  it('gives up on a server that does not answer in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const sockets: { destroy(): void }[] = [];
    silent.on('connection', (socket) => sockets.push(socket));
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      const results = await runChecks({ endpoint: `http://127.0.0.1:${port}/api`, timeoutMs: 50 });
      assert.match(results.at(-1)!.message, /did not answer in time/);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });

  it('exits with 0 after it prints its help or its version', async () => {
    const help = await runCommand(['--help']);
    assert.equal(help.code, 0);
    assert.match(
      help.out,
      /^Usage: hsa-checkout-button copy <folder> \[--shopify\]\n +hsa-checkout-button doctor <endpoint>/,
    );
    assert.deepEqual(await runCommand(['--version']), { code: 0, out: `${VERSION}\n`, err: '' });
  });

  it('exits with 2 for wrong usage, and repeats no secret', async () => {
    const { code, out, err } = await runCommand(['doctor', shop.endpoint, '--webhook-secret=whsec_5f0e']);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /secrets are read from the environment only[^]*Usage:/);
    assert.doesNotMatch(err, /whsec_/);
  });

  it('exits with 2 when the named variable is not set', async () => {
    const { code, err } = await runCommand(['doctor', shop.endpoint, '--webhook-secret-env', 'whsec_5f0e']);
    assert.equal(code, 2);
    assert.match(err, /a variable that the environment does not have/);
    assert.doesNotMatch(err, /whsec_/);
  });
});

describe('the package', () => {
  it('names the command’s file, which a shell can run', () => {
    const { bin, files } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
      files: string[];
    };
    assert.deepEqual(bin, { 'hsa-checkout-button': './dist/cli/main.js' });
    assert.ok(files.includes('dist'));
    assert.match(readFileSync(resolve(ROOT, 'src/cli/main.ts'), 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });
});
