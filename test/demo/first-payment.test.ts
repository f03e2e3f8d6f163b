import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test, type TestContext } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createProject } from '../runtimes/project.js';
import { startRuntime, type Runtime } from '../runtimes/runtime.js';
import { chromiumPath } from '../support/browsers.js';
import { blocksOf, sectionOf } from '../support/documents.js';
import { freePort } from '../support/free-port.js';

/*
 * The README's first payment, in an empty folder. Its packages are linked instead of installed, because a test uses no registry.
 * A free port is given in the environment, from which the README's file reads it.
 */

const STEPS = sectionOf('README.md', 'The first payment, in five minutes');
const OWN = 'hsa-checkout-button';
/** The values that a guest types into the dialog, by label. */
const GUEST = {
  Email: 'ada@example.com',
  'First name': 'Ada',
  'Last name': 'Byron',
  'Street address': '1 Main St',
  City: 'Austin',
  'ZIP code': '78701',
};

/** The code below the name of its file. */
function fileOf(name: string): string {
  const [, rest] = STEPS.split(`\`${name}\``);
  const [, code] = /^```(?:js|html)\n([^]*?)^```$/m.exec(rest!)!;
  return code!;
}

/** The shell commands in their order. */
const commands = [...STEPS.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, code]) =>
  code!.trim().split('\n'),
);

/** Starts the README's shop in an empty folder. A test can give another server file. */
async function openShop(
  t: TestContext,
  server = fileOf('server.mjs'),
): Promise<{ shop: Runtime; url: string }> {
  const [make, install, copy, start, ...others] = commands as [string, string, string, string];
  assert.deepEqual(others, []);
  assert.equal(make, 'mkdir shop && cd shop && npm init -y');
  const [, packages] = /^npm install (.*)$/.exec(install)!;
  const { folder, write } = createProject(packages!.split(' ').filter((name) => name !== OWN));
  // Without a "type", as older versions of `npm init -y` write it.
  write('package.json', '{ "name": "shop", "version": "1.0.0" }\n');
  const copied = spawnSync(copy, { cwd: folder, encoding: 'utf8', shell: true });
  assert.equal(copied.status, 0, copied.stderr);

  write('server.mjs', server);
  assert.ok(fileOf('public/index.html').includes(blocksOf('README.md', 'html')[0]!.code));
  write('public/index.html', fileOf('public/index.html'));
  write('public/thanks.html', fileOf('public/thanks.html'));

  const [program, ...args] = start.split(' ');
  assert.equal(program, 'node');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { PORT: String(port) };
  const shop = await startRuntime(process.execPath, args, { cwd: folder, env, url });
  // Also after a failure, because a running shop keeps the test's process alive.
  t.after(() => shop.stop());
  return { url, shop };
}

describe('the first payment of the README', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  /** Opens the page. The console's errors and failed requests go to `errors`. */
  async function enter(url: string, errors: string[]): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(url);
    await page.getByText('All items are HSA/FSA eligible').waitFor();
    return page;
  }
  const press = (page: Page) => page.getByRole('button', { name: /Press "(.+?)"/.exec(STEPS)![1]! }).click();

  test('needs one press and one payment with its card, and prints the order', async (t) => {
    const { shop, url } = await openShop(t);
    const errors: string[] = [];
    const page = await enter(url, errors);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.compatMode), 'CSS1Compat');
    await press(page);

    const [, card] = /test card ([\d ]{19})/.exec(STEPS)!;
    const chosen = page.getByRole('radio', { name: card! }).first();
    await chosen.waitFor();
    assert.ok(await chosen.isChecked());
    await page.getByRole('button', { name: /press "(Pay \$.+?)"/.exec(STEPS)![1]! }).click();

    await page.getByText(/return page says "(.+?)"/.exec(STEPS)![1]!).waitFor();
    assert.match(page.url(), /\/thanks\.html\?hsa_checkout=/);
    const [, printed] = /server prints `(.+?)…`/.exec(STEPS)!;
    // The webhook arrives after the payment, and the page does not show it.
    while (!shop.output().includes(printed!)) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(errors, []);
    await page.close();
  });

  test('serves both addresses of localhost', async (t) => {
    const { url } = await openShop(t);
    for (const address of ['127.0.0.1', '[::1]']) {
      const response = await fetch(url.replace('localhost', address));
      assert.match(await response.text(), /<hsa-checkout-button/);
    }
  });

  test('opens a dialog for a guest after the change in its comment, and is paid the same way', async (t) => {
    const signedInShopper = / customer: \{[^}]*\},\n +shipping_info: \{[^}]*\}/;
    const server = fileOf('server.mjs');
    const [, ...fields] = /`(cart\.customer)` and `(cart\.shipping_info)`/.exec(server)!;
    assert.match(server, signedInShopper);
    const { url } = await openShop(
      t,
      server.replace(signedInShopper, ` customer: ${fields[0]}, shipping_info: ${fields[1]}`),
    );
    const errors: string[] = [];
    const page = await enter(url, errors);
    await press(page);
    const dialog = page.getByRole('dialog');
    for (const [label, value] of Object.entries(GUEST)) await dialog.getByLabel(label).fill(value);
    await dialog.getByLabel('State').selectOption('TX');
    await dialog.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.getByText('Payment received.').waitFor();
    // The response that names the missing fields.
    assert.equal(errors.length, 1);
    assert.match(errors[0]!, /\b422\b/);
    await page.close();
  });
});
