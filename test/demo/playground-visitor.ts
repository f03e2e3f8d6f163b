import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { chromium, type Browser, type BrowserContextOptions, type Locator } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';
import { watchShifts } from './look.js';
import { Shopper } from './shopper.js';

ensureBuilt('script-tag');

const SITE = resolve(import.meta.dirname, '../../dist/site');
/** A folder on a host, because the site has to work in any folder. */
const FOLDER = '/somewhere/playground/';

/** The playground that `npm run build` writes, on a server that serves only files. */
export class StaticSite {
  readonly url: string;
  readonly #server: ServerType;
  readonly #browser: Browser;

  constructor(server: ServerType, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    this.url = `http://localhost:${(server.address() as AddressInfo).port}${FOLDER}`;
  }

  static async open(): Promise<StaticSite> {
    const app = new Hono();
    app.use(
      `${FOLDER}*`,
      serveStatic({ root: SITE, rewriteRequestPath: (path) => path.slice(FOLDER.length - 1) }),
    );
    const server = await new Promise<ServerType>((opened) => {
      const started = serve({ fetch: app.fetch, port: 0, hostname: 'localhost' }, () => opened(started));
    });
    return new StaticSite(
      server,
      await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] }),
    );
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    if ('closeAllConnections' in this.#server) this.#server.closeAllConnections();
  }

  /** Opens the playground for a visitor, with the `hash` of another visitor's address. */
  async enter(options: BrowserContextOptions = {}, hash = ''): Promise<Visitor> {
    const context = await this.#browser.newContext({
      baseURL: this.url,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(10_000);
    const visitor = new Visitor(await context.newPage());
    await watchShifts(visitor);
    await visitor.page.goto(`./${hash}`);
    await visitor.button.getByRole('button').waitFor();
    return visitor;
  }
}

/** The version in the snippets. */
export const { version: VERSION } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string };

/** A merchant's steps in the playground. */
export class Visitor extends Shopper {
  /** The element that the playground shows. */
  get button(): Locator {
    return this.page.locator('hsa-checkout-button');
  }

  get press(): Locator {
    return this.button.getByRole('button').first();
  }

  /** Chooses a radio button of a group. */
  async choose(group: string, choice: string): Promise<void> {
    await this.page
      .getByRole('group', { name: group })
      .getByRole('radio', { name: choice, exact: true })
      .check();
  }

  /** A computed style of the element's own button. */
  style(property: string): Promise<string> {
    return this.press.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  }

  /** The entries of the log, the newest first. */
  async log(): Promise<string[]> {
    return this.page.locator('.log li').allInnerTexts();
  }
}
