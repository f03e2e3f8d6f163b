import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync, transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, ElementHandle, Page } from 'playwright-core';
import type { ControlName } from './in-page/elements.js';
import type { OurButton } from './in-page/layout.js';
import { darkSettings, drawerSettings, NOTE_SETTINGS } from './merchant-settings.js';
import { Shop, type ShopOptions } from './shop.js';

/** The surface that shows the cart. */
export type Surface = 'page' | 'drawer';

/** Options of a visit. Default: 1,280 px wide, with the app embed on. */
export interface VisitOptions extends ShopOptions {
  width?: number;
  isDark?: boolean;
  /** Lines of the cart. */
  lines?: { id: number; quantity: number }[];
  discountCents?: number;
  /** Another script of the page, which runs before all others. */
  script?: string;
}

/** Thrown when a theme lacks the feature that a situation needs. */
export class DoesNotApply extends Error {}

/** Longest wait for a condition, in milliseconds. */
const TIMEOUT_MS = 8000;
/** Longest wait for the payment page after a press, in milliseconds: busy machines are slow. */
const PAYMENT_TIMEOUT_MS = 15_000;
/** Time without a movement or a request after which a page has settled, in milliseconds. Themes debounce by 300 ms. */
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
   * Opens the cart page, or another page with the drawer, and waits until it has settled.
   * @throws {DoesNotApply} when the theme has no drawer.
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
    // All requests to other origins are aborted, except Shopify's module of standard events, which themes import.
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

  /** Opens the drawer again if the theme has closed it. */
  async seeCart(): Promise<void> {
    if (this.surface === 'drawer' && !(await this.#isCartSeen())) await this.#showDrawer();
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.shop.close();
  }

  /** Waits until no control moves and no request is pending, except the given number of requests that the shop holds. */
  async settle(held = 0): Promise<void> {
    const end = Date.now() + TIMEOUT_MS;
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

  /** Scrolls to our button and back, so that its script loads. */
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
   * The first visible control of a kind in the theme.
   * @throws {DoesNotApply} when there is none.
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
   * Increases the quantity of the first line by one, with the controls of the theme.
   * @throws {DoesNotApply} when it has neither a plus button nor an input with a submit button.
   */
  async addOne(): Promise<void> {
    const [line] = this.shop.cart.lines;
    const hasPlus = await this.page.evaluate(() => window.themePage.controls('plus').length > 0);
    if (hasPlus) return this.press('plus');
    await this.typeQuantity(line!.quantity + 1);
    await this.press('update');
    await this.page.waitForLoadState('load');
  }

  /** Types a quantity for the first line, and keeps the focus in the input. */
  async typeQuantity(quantity: number): Promise<void> {
    await (await this.control('quantity')).click({ clickCount: 3 });
    await this.page.keyboard.type(String(quantity));
  }

  /**
   * Presses our button in its middle. Horizon sets `pointer-events: none` on its whole cart, and on its own checkout button,
   * during a change; a shopper can still press by keyboard then, and so does this method.
   */
  async pressOurs(): Promise<void> {
    const end = Date.now() + TIMEOUT_MS;
    let at = await this.page.evaluate(() => window.themePage.showOurs());
    // A theme that renders its cart may remove the button for a moment.
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

  /** The painted colour behind our badge. */
  async groundOfBadge(): Promise<string> {
    const host = await this.page.evaluateHandle(() => window.themePage.ourElements()[0]);
    const badge = await host.asElement()!.$('[part~="badge"]');
    const picture = `data:image/png;base64,${(await badge!.screenshot()).toString('base64')}`;
    return this.page.evaluate((source) => window.themePage.backgroundOf(source), picture);
  }

  /** Waits until the shop's cart has these quantities; returns whether it does. */
  async cartIs(pieces: Record<string, number>): Promise<boolean> {
    const wanted = JSON.stringify(pieces);
    return this.until(() => JSON.stringify(this.shop.cart.pieces) === wanted);
  }

  /** Polls until a condition is true; returns whether it is. */
  async until(isTrue: () => boolean): Promise<boolean> {
    const end = Date.now() + TIMEOUT_MS;
    while (!isTrue() && Date.now() < end) await sleep(20);
    return isTrue();
  }

  /** Waits for the payment page; returns whether it opened. */
  async isPaying(): Promise<boolean> {
    try {
      await this.page.waitForURL(/\/provider\//, { timeout: PAYMENT_TIMEOUT_MS });
      return true;
    } catch {
      return false;
    }
  }
}
