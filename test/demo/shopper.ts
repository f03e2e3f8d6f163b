import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/server.js';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The demo shop and a browser. */
export class Shop {
  readonly demo: Demo;
  readonly #browser: Browser;

  constructor(demo: Demo, browser: Browser) {
    this.demo = demo;
    this.#browser = browser;
  }

  static async open(options?: { isGuest: boolean }): Promise<Shop> {
    const demo = await startDemo({ port: 0, ...options });
    return new Shop(demo, await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] }));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.demo.close();
  }

  /** A new shopper, with an empty cart. */
  async enter(options: BrowserContextOptions = {}): Promise<Shopper> {
    const context = await this.#browser.newContext({ baseURL: this.demo.url, ...options });
    context.setDefaultTimeout(30_000);
    return new Shopper(await context.newPage());
  }
}

/** A shopper's steps, by visible names. */
export class Shopper {
  readonly page: Page;
  /** The browser's reports: script errors, console messages, policy violations and failed requests. */
  readonly complaints: string[] = [];
  /** Requests to other origins than the shop's. */
  readonly strangers: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (new URL(request.url()).hostname !== 'localhost') this.strangers.push(request.url());
    });
  }

  async add(product: string, quantity = 1): Promise<void> {
    await this.page.goto('/');
    for (let i = 0; i < quantity; i++) {
      const before = Number(await this.page.locator('[data-cart="count"]').innerText());
      await this.page.getByRole('button', { name: `Add to cart: ${product}` }).click();
      await this.page
        .locator('[data-cart="count"]')
        .getByText(String(before + 1), { exact: true })
        .waitFor();
    }
  }

  /** Goes from the cart to the payment page, with the button of this name. */
  async checkOut(label = 'Pay with HSA/FSA'): Promise<void> {
    await this.page.goto('/cart');
    await this.page.getByRole('button', { name: label }).click();
    await this.page.waitForURL('**/sandbox/pay/**');
  }

  async pay(): Promise<void> {
    await this.page.getByRole('button', { name: /^Pay \$/ }).click();
    await this.page.waitForURL('**/return?**');
    await this.page.getByText('Payment received.').waitFor();
  }

  /** The text of each order on the orders page, the newest first. */
  async orders(): Promise<string[]> {
    await this.page.goto('/orders');
    const texts = await this.page.locator('main li.order').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' '));
  }

  /** The problems that axe finds on the page. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(AXE);
    return this.page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  }
}
