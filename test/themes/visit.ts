import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync, transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, ElementHandle, Page } from 'playwright-core';
import type { ControlName } from './in-page/elements.js';
import type { OurButton } from './in-page/layout.js';
import { darkSettings, drawerSettings, NOTE_SETTINGS } from './merchant-settings.js';
import { Shop, type ShopOptions } from './shop.js';

/** Where a shopper sees the cart. */
export type Surface = 'page' | 'drawer';

/** How a visit differs from the usual one: 1,280 px wide, with the app embed on. */
export interface VisitOptions extends ShopOptions {
  width?: number;
  isDark?: boolean;
  /** Lines of the cart. */
  lines?: { id: number; quantity: number }[];
  discountCents?: number;
  /** Another script of the page, which runs before all others. */
  script?: string;
}

/** Thrown where a theme lacks what a situation is about. */
export class DoesNotApply extends Error {}

/** The longest that a page may take to be still, or to go where it should, in milliseconds. */
const PATIENCE_MS = 8000;
/** The longest that a press may take to lead to the payment page, in milliseconds: busy machines are slow. */
const PAYING_MS = 15_000;
/** A page is still when nothing has moved or been requested for so long, in milliseconds. Themes wait 300 ms themselves. */
const STILL_MS = 450;

const STANDARD_EVENTS = transformSync(
  readFileSync(resolve(import.meta.dirname, 'standard-events.ts'), 'utf8'),
  { loader: 'ts' },
).code;

const IN_PAGE = buildSync({
  entryPoints: [resolve(import.meta.dirname, 'in-page/index.ts')],
  bundle: true,
  write: false,
  format: 'iife',
}).outputFiles[0]!.text;

/** One shopper on one page of a shop with a theme. */
export class Visit {
  readonly page: Page;
  readonly shop: Shop;
  readonly surface: Surface;
  readonly #context: BrowserContext;
  #requests = 0;

  /** @internal Use `open`. */
  constructor(page: Page, shop: Shop, surface: Surface) {
    this.page = page;
    this.shop = shop;
    this.surface = surface;
    this.#context = page.context();
  }

  /**
   * Opens the cart page, or another page with the drawer, and waits until it is still.
   * @throws {DoesNotApply} where the theme has no drawer.
   */
  static async open(
    browser: Browser,
    themeRoot: string,
    surface: Surface,
    { width = 1280, isDark, lines, discountCents = 0, script, ...options }: VisitOptions = {},
  ): Promise<Visit> {
    const settings = {
      ...NOTE_SETTINGS,
      ...(surface === 'drawer' && drawerSettings(themeRoot)),
      ...(isDark && darkSettings(themeRoot)),
      ...options.settings,
    };
    const shop = await Shop.open(themeRoot, { hasEmbed: true, ...options, settings });
    if (lines) shop.cart.lines = lines;
    shop.cart.discountCents = discountCents;
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    const visit = new Visit(await context.newPage(), shop, surface);
    try {
      await visit.#start(script);
      return visit;
    } catch (error) {
      await visit.close();
      throw error;
    }
  }

  async #start(script?: string): Promise<void> {
    const { page, shop } = this;
    page.on('request', () => this.#requests++);
    page.on('requestfinished', () => this.#requests--);
    page.on('requestfailed', () => this.#requests--);
    // Nothing is asked of the network but the one module of Shopify's that themes import.
    await page.route(
      ({ origin, protocol }) => origin !== shop.origin && protocol !== 'data:',
      (route) =>
        route.request().url().endsWith('/standard-events.js')
          ? route.fulfill({
              contentType: 'text/javascript',
              headers: { 'access-control-allow-origin': '*' },
              body: STANDARD_EVENTS,
            })
          : route.abort(),
    );
    await page.addInitScript(IN_PAGE);
    if (script) await page.addInitScript(script);
    await page.goto(shop.origin + (this.surface === 'page' ? '/cart' : '/pages/about'));
    if (this.surface === 'drawer') await this.#openDrawer();
    else await this.settle();
    await this.loadOurs();
  }

  async #openDrawer(): Promise<void> {
    await this.#showDrawer();
    const isElsewhere = new URL(this.page.url()).pathname === '/cart';
    if (isElsewhere || !(await this.#isCartSeen())) throw new DoesNotApply();
  }

  async #showDrawer(): Promise<void> {
    await this.page.evaluate(() => window.themePage.openDrawer());
    await this.settle();
  }

  #isCartSeen(): Promise<boolean> {
    return this.page.evaluate(() => window.themePage.controls('checkout').length > 0);
  }

  /** Opens the drawer again, where the theme has closed it. */
  async seeCart(): Promise<void> {
    if (this.surface === 'drawer' && !(await this.#isCartSeen())) await this.#showDrawer();
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.shop.close();
  }

  /** Waits until nothing moves and nothing is requested. Requests that the shop holds back count as nothing. */
  async settle(held = 0): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    let last = '';
    let since = Date.now();
    while (Date.now() < end && Date.now() - since < STILL_MS) {
      await sleep(50);
      const now = await this.page
        .evaluate(() => window.themePage.layoutSignature())
        .catch(() => 'between two pages');
      if (now === last && this.#requests <= held) continue;
      last = now;
      since = Date.now();
    }
  }

  /** Scrolls to our button and back, so that its script is loaded. */
  async loadOurs(): Promise<void> {
    if ((await this.ours()).every(({ isLoaded }) => isLoaded)) return;
    await this.page.evaluate(() => window.themePage.showOurs());
    await this.settle();
    await this.page.evaluate(() => window.themePage.scrollBack());
  }

  /** Our visible buttons. */
  ours(): Promise<OurButton[]> {
    return this.page.evaluate(() => window.themePage.ourButtons());
  }

  /**
   * A control of the theme that can be seen: the first of its kind.
   * @throws {DoesNotApply} where there is none.
   */
  async control(name: ControlName): Promise<ElementHandle<HTMLElement>> {
    const handle = await this.page.evaluateHandle((kind) => window.themePage.controls(kind)[0], name);
    const element = handle.asElement();
    if (!element) throw new DoesNotApply();
    return element;
  }

  /** Presses a control of the theme. */
  async press(name: ControlName): Promise<void> {
    await (await this.control(name)).click();
  }

  /**
   * Sets the quantity of the first line to one more, by the controls of the theme.
   * @throws {DoesNotApply} where it has neither a plus nor an input with a button that sends it.
   */
  async addOne(): Promise<void> {
    const [line] = this.shop.cart.lines;
    const hasPlus = await this.page.evaluate(() => window.themePage.controls('plus').length > 0);
    if (hasPlus) return this.press('plus');
    await this.typeQuantity(line!.quantity + 1);
    await this.press('update');
    await this.page.waitForLoadState('load');
  }

  /** Types a quantity for the first line, and stays in the input. */
  async typeQuantity(quantity: number): Promise<void> {
    await (await this.control('quantity')).click({ clickCount: 3 });
    await this.page.keyboard.type(String(quantity));
  }

  /**
   * Presses our button in its middle, wherever it is, and whatever becomes of the press. Horizon takes the pointer away from its
   * whole cart while a change is under way, from its own checkout button, too: a shopper can still press by keyboard then.
   */
  async pressOurs(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    let at = await this.page.evaluate(() => window.themePage.showOurs());
    // A theme that renders its cart may take the button out for a moment.
    while (!at && Date.now() < end) {
      await sleep(20);
      at = await this.page.evaluate(() => window.themePage.showOurs());
    }
    if (!at) throw new Error('there is no button of ours to press');
    if (await this.page.evaluate(() => window.themePage.takesPointer())) {
      await this.page.mouse.click(at.x, at.y);
      return;
    }
    await this.page.evaluate(() => window.themePage.ourElements()[0]!.focus());
    await this.page.keyboard.press('Enter');
  }

  /** The colour behind our badge, as it is painted. */
  async groundOfBadge(): Promise<string> {
    const host = await this.page.evaluateHandle(() => window.themePage.ourElements()[0]);
    const badge = await host.asElement()!.$('[part~="badge"]');
    const picture = `data:image/png;base64,${(await badge!.screenshot()).toString('base64')}`;
    return this.page.evaluate((source) => window.themePage.groundOf(source), picture);
  }

  /** Waits until the cart of the shop holds this; answers whether it does. */
  async cartIs(pieces: Record<string, number>): Promise<boolean> {
    const wanted = JSON.stringify(pieces);
    return this.until(() => JSON.stringify(this.shop.cart.pieces) === wanted);
  }

  /** Waits until something is true; answers whether it is. */
  async until(isTrue: () => boolean): Promise<boolean> {
    const end = Date.now() + PATIENCE_MS;
    while (!isTrue() && Date.now() < end) await sleep(20);
    return isTrue();
  }

  /** Waits for the payment page; answers whether the shopper got there. */
  async isPaying(): Promise<boolean> {
    try {
      await this.page.waitForURL(/\/provider\//, { timeout: PAYING_MS });
      return true;
    } catch {
      return false;
    }
  }
}
