import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';
import { answerTo, type Scene } from './scenes.js';
import { backgroundRules, sheetOf, type Look } from './sheet.js';

ensureBuilt('script-tag');

const ROOT = resolve(import.meta.dirname, '../..');
/** A fictional origin: all requests are intercepted. */
const ORIGIN = 'https://shop.example';
/** Fonts differ between machines, so the tests have their own. */
const FONT = 'node_modules/@fontsource/inter/files/inter-latin';
/** Disables rendering features that differ between machines. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/**
 * Holds all timers of a second or more, so that nothing changes while a picture is drawn. Shorter timers only defer work. Also
 * writes the state of each button into its `data-state`.
 */
function holdTimers(): void {
  const { setTimeout } = globalThis;
  const held: { ms: number; run: () => void }[] = [];
  globalThis.setTimeout = ((run: () => void, ms = 0) =>
    ms < 1_000 ? setTimeout(run, ms) : -held.push({ ms, run })) as typeof globalThis.setTimeout;
  globalThis.setInterval = (() => 0) as unknown as typeof globalThis.setInterval;
  addEventListener('hsa-checkout-state', (event) => {
    const button = event.target as HTMLElementTagNameMap['hsa-checkout-button'];
    button.dataset['state'] = button.state;
  });
  addEventListener('pass', ({ detail }: Event & { detail?: unknown }) => {
    for (const timer of held.splice(0)) if (timer.ms === detail) timer.run();
  });
}

/** A browser that renders the same on every machine. */
export class Screenshots {
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<Screenshots> {
    return new Screenshots(await chromium.launch({ executablePath: chromiumPath(), args: FLAGS }));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** An empty page, in which pictures are compared. */
  async blank(): Promise<Page> {
    return this.#browser.newPage();
  }

  /** Opens a page and brings every scene into its state. */
  async stage(scenes: readonly Scene[], locale: 'en' | 'es', scale = 1): Promise<Sheet> {
    const context = await this.#browser.newContext({
      viewport: { width: 1_300, height: 1_000 },
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      locale: 'en-US',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript(holdTimers);
    await page.route('**/*', (route) => {
      const url = new URL(route.request().url());
      if (url.pathname === '/')
        return route.fulfill({ contentType: 'text/html', body: sheetOf(scenes, locale) });
      const weight = /font-(\d+)/.exec(url.pathname)?.[1];
      const file = resolve(ROOT, weight ? `${FONT}-${weight}-normal.woff2` : `dist/cdn${url.pathname}`);
      const contentType = weight ? 'font/woff2' : 'text/javascript';
      if (existsSync(file)) return route.fulfill({ contentType, body: readFileSync(file) });
      const answer = answerTo(url);
      return answer && route.fulfill(answer);
    });
    await page.goto(ORIGIN);
    const sheet = new Sheet(page);
    // One after the other, because scenes with timers come first and later timers are held.
    for (const scene of scenes) await sheet.play(scene);
    await sheet.settle(locale);
    return sheet;
  }
}

/** A page with scenes in their states, which can be drawn in any look. */
export class Sheet {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** Brings a scene's element into its state. */
  async play({ name, press, state, passMs, part = 'button', pseudo }: Scene): Promise<void> {
    const figure = this.page.locator(`[data-scene="${name}"]`);
    if (press) await figure.locator('[part="button"]').dispatchEvent('click');
    if (state) await figure.locator(`[data-state="${state}"]`).waitFor();
    if (passMs)
      await this.page.evaluate((detail) => dispatchEvent(new CustomEvent('pass', { detail })), passMs);
    await figure.locator(`[part="${part}"]`).waitFor();
    if (pseudo) await this.#force(name, pseudo);
  }

  /** Waits for the fonts and the translation. */
  async settle(locale: string): Promise<void> {
    if (locale === 'es')
      await this.page.waitForFunction(
        () =>
          !/\b(with|checkout|payment|again)\b/.test(
            [...document.querySelectorAll('figure > :last-child')]
              .map(({ shadowRoot }) => shadowRoot!.textContent)
              .join(' '),
          ),
      );
    await this.page.evaluate(async () => {
      await Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 1em Inter`)));
      await document.fonts.ready;
    });
  }

  /** Draws the page in a look, as a PNG, with additional style rules. */
  async draw(look: Look, rules = ''): Promise<Buffer> {
    await this.page.evaluate(
      async ({ theme, ground, own }) => {
        document.querySelector('#ground')!.textContent = ground;
        document.querySelector('#own')!.textContent = own;
        for (const element of document.querySelectorAll<HTMLElement & { updateComplete: Promise<unknown> }>(
          'figure > :last-child',
        )) {
          element.setAttribute('theme', theme);
          await element.updateComplete;
        }
      },
      { theme: look.theme, ground: backgroundRules(look), own: rules },
    );
    return this.page.locator('body').screenshot({ animations: 'disabled', caret: 'hide' });
  }

  /** Forces pseudo-classes such as `hover` or `focus` on a scene's button. */
  async #force(name: string, forcedPseudoClasses: string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { result } = await session.send('Runtime.evaluate', {
      expression: `document.querySelector('[data-scene="${name}"]').lastChild.shadowRoot.querySelector('[part="button"]')`,
    });
    await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const { nodeId } = await session.send('DOM.requestNode', { objectId: result.objectId! });
    // The pseudo-classes last as long as the session.
    await session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
  }
}
