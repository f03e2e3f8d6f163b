import assert from 'node:assert/strict';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import type { ConsoleMessage } from './project.js';

/** The longest wait for a page's content, in milliseconds. A dev server compiles on request. */
const PAGE_MS = 120_000;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });

/** Opens the pages once, because some dev servers reload a page after they have compiled it. */
async function warmUp(browser: Browser, shopUrl: string): Promise<void> {
  const page = await browser.newPage();
  for (const path of ['/', '/thanks'])
    await page.goto(shopUrl + path, { waitUntil: 'networkidle', timeout: PAGE_MS });
  await page.close();
}

/** Records warnings and errors of the page, with their origin. */
function noteMessages(page: Page): string[] {
  const messages: string[] = [];
  page.on('pageerror', (error) => messages.push(String(error.stack)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) messages.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) messages.push(`${response.status()} ${response.url()}`);
  });
  return messages;
}

/** Buys the monitor: from the badge to the order. `hasOrder` says whether the order hook has run. */
export async function purchase(
  browser: Browser,
  shopUrl: string,
  { allowed, hasOrder }: { allowed: readonly ConsoleMessage[]; hasOrder: () => boolean },
): Promise<void> {
  await warmUp(browser, shopUrl);
  const page = await browser.newPage();
  page.setDefaultTimeout(PAGE_MS);
  const messages = noteMessages(page);
  try {
    await page.goto(shopUrl, { waitUntil: 'networkidle' });
    const badge = page.locator('hsa-eligibility-badge');
    await badge.getByText(/^HSA\/FSA eligible/).waitFor();
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.waitForURL('**/pay/**');
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.getByText('Payment received.').waitFor();
    assert.match(page.url(), /\/thanks\/?\?hsa_checkout=/);
    // The page does not show the provider's webhook.
    while (!hasOrder()) await page.evaluate(() => new Promise(requestAnimationFrame));
  } catch (error) {
    const text = await page
      .locator('body')
      .innerText()
      .catch(() => '');
    throw new Error(`${page.url()}\n${text}\n${messages.join('\n')}`, { cause: error });
  } finally {
    await page.close();
  }
  const unexpected = messages.filter((message) => !allowed.some(({ text }) => text === message));
  assert.deepEqual(unexpected, []);
}
