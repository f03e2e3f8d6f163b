import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { answerTo, type Scene } from './scenes.js';

const ROOT = resolve(import.meta.dirname, '../..');
const ORIGIN = 'https://shop.example';

/** Letters look different on every machine: these come with the tests. */
const FONT = 'node_modules/@fontsource/inter/files/inter-latin';

/** What makes a machine draw in its own way, switched off. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

/** Pages that shops have. */
const GROUNDS = {
  light: { background: '#fff', color: '#222' },
  dark: { background: '#14181a', color: '#eee' },
};

/** How all scenes of a sheet are shown. */
export interface Look {
  theme: 'auto' | 'light' | 'dark' | 'outline';
  ground: keyof typeof GROUNDS;
  locale: 'en' | 'es';
  /** Style rules of the page's own. */
  rules?: string;
}

function figureOf(
  { name, tag = 'hsa-checkout-button', attributes, lines, endpoint = 'open' }: Scene,
  theme: string,
): string {
  const all = { endpoint: `/api/${endpoint}`, theme, ...attributes };
  const written = Object.entries(all).map(([attribute, value]) => ` ${attribute}="${value}"`);
  const cart = lines
    ? `<script type="application/json">${JSON.stringify({ line_items: lines })}</script>`
    : '';
  return `<figure><figcaption>${name}</figcaption><${tag}${written.join('')}>${cart}</${tag}></figure>`;
}

const sheetOf = (scenes: readonly Scene[], { theme, ground, locale, rules = '' }: Look) => `<!doctype html>
  <html lang="${locale}"><meta charset="utf-8"><title>Sheet</title><link rel="icon" href="data:,">
  <style>
    @font-face { font-family: Inter; font-weight: 400; src: url(/font-400.woff2) }
    @font-face { font-family: Inter; font-weight: 600; src: url(/font-600.woff2) }
    :root { color-scheme: ${ground}; background: ${GROUNDS[ground].background}; color: ${GROUNDS[ground].color};
      font: 400 16px/1.4 Inter; --hsa-font: 600 1rem/1.35 Inter }
    body { display: grid; grid-template-columns: repeat(4, 304px); gap: 20px; align-items: start; margin: 16px; width: max-content }
    figure { margin: 0 }
    figcaption { margin-bottom: 6px; font-size: 12px; opacity: 0.7 }
    ${rules}
  </style>
  <script src="/hsa-checkout.js"></script><script src="/hsa-checkout-status.js"></script>
  <body>${scenes.map((scene) => figureOf(scene, theme)).join('')}`;

/** Lets no timer come due by itself but the short ones, by which work is put off: nothing changes while it is drawn. */
function holdTimers(): void {
  const { setTimeout } = globalThis;
  const held: { ms: number; run: () => void }[] = [];
  globalThis.setTimeout = ((run: () => void, ms = 0) =>
    ms < 1_000 ? setTimeout(run, ms) : -held.push({ ms, run })) as typeof globalThis.setTimeout;
  globalThis.setInterval = (() => 0) as unknown as typeof globalThis.setInterval;
  addEventListener('hsa-checkout-state', ({ target, state }) =>
    (target as HTMLElement).setAttribute('data-state', state),
  );
  addEventListener('pass', ({ detail }: Event & { detail?: unknown }) => {
    for (const timer of held.splice(0)) if (timer.ms === detail) timer.run();
  });
}

/** Takes a scene's element to where it is to be. */
async function play(figure: Locator, { press, state, passMs, part }: Scene): Promise<void> {
  const inside = (name: string) => figure.locator(`[part="${name}"]`);
  if (press) await inside('button').dispatchEvent('click');
  if (state) await figure.locator(`[data-state="${state}"]`).waitFor();
  if (passMs)
    await figure.evaluate((_, detail) => dispatchEvent(new CustomEvent('pass', { detail })), passMs);
  await inside(part ?? 'button').waitFor();
}

/** A browser that draws the same on every machine. */
export class Studio {
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<Studio> {
    return new Studio(await chromium.launch({ executablePath: chromiumPath(), args: FLAGS }));
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** A picture of all scenes, as a PNG. */
  async draw(scenes: readonly Scene[], look: Look, scale = 1): Promise<Buffer> {
    const context = await this.#browser.newContext({
      viewport: { width: 1_400, height: 900 },
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      colorScheme: 'light',
      locale: 'en-US',
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await serve(page, scenes, look);
      await page.goto(ORIGIN);
      for (const [i, scene] of scenes.entries()) await play(page.locator('figure').nth(i), scene);
      await settle(page, look);
      for (const { name, pseudo } of scenes) if (pseudo) await force(page, name, pseudo);
      return await page.locator('body').screenshot({ animations: 'disabled', caret: 'hide' });
    } finally {
      await context.close();
    }
  }
}

/** Everything that the page asks for, from the built package, the font and the scenes. */
async function serve(page: Page, scenes: readonly Scene[], look: Look): Promise<void> {
  await page.addInitScript(holdTimers);
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.pathname === '/') return route.fulfill({ contentType: 'text/html', body: sheetOf(scenes, look) });
    const weight = /font-(\d+)/.exec(url.pathname)?.[1];
    const file = resolve(ROOT, weight ? `${FONT}-${weight}-normal.woff2` : `dist/cdn${url.pathname}`);
    if (existsSync(file))
      return route.fulfill({
        contentType: weight ? 'font/woff2' : 'text/javascript',
        body: readFileSync(file),
      });
    const answer = answerTo(url);
    return answer && route.fulfill(answer);
  });
}

/** Waits for what comes by itself: the letters, and the words of the language. */
async function settle(page: Page, { locale }: Look): Promise<void> {
  const english = locale === 'en' ? '' : String.raw`\b(with|checkout|payment|again)\b`;
  await page.waitForFunction(
    (words) =>
      !words ||
      !new RegExp(words).test(
        [...document.querySelectorAll('figure > :last-child')]
          .map(({ shadowRoot }) => shadowRoot!.textContent)
          .join(' '),
      ),
    english,
  );
  await page.evaluate(async () => {
    await Promise.all(['400 1em Inter', '600 1em Inter'].map((font) => document.fonts.load(font)));
    await document.fonts.ready;
  });
}

/** Shows a scene's button as it is under the pointer, or with the focus. */
async function force(page: Page, name: string, forcedPseudoClasses: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { result } = await session.send('Runtime.evaluate', {
    expression: `[...document.querySelectorAll('figure')].find((f) => f.firstChild.textContent === ${JSON.stringify(name)})
      .lastChild.shadowRoot.querySelector('[part="button"]')`,
  });
  await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodeId } = await session.send('DOM.requestNode', { objectId: result.objectId! });
  await session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
}
