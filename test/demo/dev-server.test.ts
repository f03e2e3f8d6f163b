import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createProject, program, type Project } from '../runtimes/project.js';
import { startRuntime, type Runtime } from '../runtimes/runtime.js';
import { chromiumPath } from '../support/browsers.js';
import { sectionOf } from '../support/documents.js';
import { freePort } from '../support/free-port.js';

/*
 * "Developing with a dev server" of the guide: Vite with the guide's configuration, and the guide's server. Free ports replace
 * those of the guide.
 */

const [config, server] = [
  ...sectionOf('docs/sandbox.md', 'Developing with a dev server').matchAll(/^```js\n([^]*?)^```$/gm),
].map(([, code]) => code!) as [string, string];

const CART = JSON.stringify({ line_items: [{ product_id: 'bp-monitor', quantity: 1 }] });
const pageWith = (script: string, tag: string) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" /><title>Shop</title><link rel="icon" href="data:," />
  <script type="module">import '${script}';</script>
  ${tag}
</html>`;

/** Vite with the pages, and the server behind it. */
interface Shop {
  /** The origin of the pages. */
  url: string;
  /** The host of the server behind Vite. */
  behind: string;
  server: Runtime;
  stop(): Promise<void>;
}

/** Follows the guide. A test can change its server and add attributes to the tag. */
async function openShop(change = (code: string) => code, attributes = ''): Promise<Shop> {
  const [pages, port] = [await freePort(), await freePort()];
  const withPorts = (code: string) => code.replaceAll('5173', String(pages)).replaceAll('3000', String(port));
  const { folder, write }: Project = createProject(['vite', 'lit', 'hono', '@hono/node-server']);
  write('vite.config.js', withPorts(config));
  write('server.js', withPorts(change(server)));
  write(
    'index.html',
    pageWith(
      'hsa-checkout-button',
      `<hsa-checkout-button endpoint="/api/hsa-checkout" ${withPorts(attributes)} cart='${CART}'></hsa-checkout-button>`,
    ),
  );
  write(
    'thanks.html',
    pageWith(
      'hsa-checkout-button/status',
      '<hsa-checkout-status endpoint="/api/hsa-checkout"></hsa-checkout-status>',
    ),
  );
  const env = {};
  const url = `http://localhost:${pages}`;
  const behind = `localhost:${port}`;
  const running = await startRuntime(process.execPath, ['server.js'], {
    ...{ cwd: folder, env },
    url: `http://${behind}/api/hsa-checkout`,
  });
  const vite = await startRuntime(program('vite'), ['--host', 'localhost'], { cwd: folder, env, url });
  return {
    ...{ url, behind, server: running },
    stop: async () => void (await Promise.all([vite.stop(), running.stop()])),
  };
}

describe('a shop behind a dev server, as in the guide', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  /** Opens the shop's page and presses. The console's messages go to `messages`. */
  async function press(url: string, messages: string[]): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => messages.push(error.message));
    page.on('console', (message) => message.type() === 'error' && messages.push(message.text()));
    await page.goto(url);
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    return page;
  }

  test('keeps the press, the payment and the return on the dev server, and the order arrives', async () => {
    const { url, server, stop } = await openShop();
    const messages: string[] = [];
    const page = await press(url, messages);
    await page.waitForURL(`${url}/sandbox/pay/**`);
    await page.getByRole('button', { name: 'Pay $49.95' }).click();
    await page.getByText('Payment received.').waitFor();
    assert.ok(page.url().startsWith(`${url}/thanks.html?hsa_checkout=`), page.url());
    while (!server.output().includes('Paid, ship it: ord_'))
      await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(messages, []);
    await page.close();
    await stop();
  });

  /** The guide's server without publicOrigin: the payment pages are at the sandbox's own origin. */
  const withoutPublicOrigin = (code: string) =>
    code.replace(/^ +publicOrigin: .*\n/m, '').replace('new URL(pages).host', 'new URL(server).host');

  test('prints the attribute that allows them if the payment pages are at the server behind it', async () => {
    const { url, behind, stop } = await openShop(withoutPublicOrigin);
    const messages: string[] = [];
    const page = await press(url, messages);
    await page.getByRole('alert').getByText('Something went wrong').waitFor();
    const [complaint, ...others] = messages;
    assert.deepEqual(others, []);
    assert.match(complaint!, /^<hsa-checkout-button> unsafe_url: the host of checkout_url is not allowed: /);
    assert.ok(complaint!.includes(`${behind}"`), complaint);
    await page.close();
    await stop();
  });

  test('works with the line for the tag that the console prints', async () => {
    const { url, behind, stop } = await openShop(withoutPublicOrigin, 'checkout-hosts="localhost:3000"');
    const messages: string[] = [];
    const page = await press(url, messages);
    await page.waitForURL(`http://${behind}/sandbox/pay/**`);
    await page.getByRole('button', { name: 'Pay $49.95' }).click();
    await page.getByText('Payment received.').waitFor();
    assert.deepEqual(messages, []);
    await page.close();
    await stop();
  });
});
