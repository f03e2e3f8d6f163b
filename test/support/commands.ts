import type { TestRunnerPlugin } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';
import type { CDPSession, KeyInput, Page } from 'puppeteer-core';
import type { Media, SendKeys, Viewport } from './browser-commands.js';
import { serverRender, type ServerPage } from './server-render.js';
import { WebKitLauncher } from './webkit-launcher.js';

const FEATURES = {
  colorScheme: { name: 'prefers-color-scheme', values: ['light', 'dark'] },
  reducedMotion: { name: 'prefers-reduced-motion', values: ['reduce', 'no-preference'] },
  forcedColors: { name: 'forced-colors', values: ['active', 'none'] },
  contrast: { name: 'prefers-contrast', values: ['more', 'less', 'no-preference'] },
} as const;
const KEYS = Object.keys(FEATURES) as (keyof Media)[];

/** The results of media queries without emulation. */
const baselines = new WeakMap<Page, Record<string, boolean>>();

/** The expected result of every media query. */
function expectedMatches(media: Media, baseline: Record<string, boolean>): Record<string, boolean> {
  const queries = KEYS.flatMap((key) =>
    FEATURES[key].values.map((value) => {
      const query = `(${FEATURES[key].name}: ${value})`;
      return [query, media[key] ? media[key] === value : (baseline[query] ?? false)] as const;
    }),
  );
  return Object.fromEntries(queries);
}

async function baselineOf(page: Page): Promise<Record<string, boolean>> {
  const cached = baselines.get(page);
  if (cached) return cached;
  const queries = Object.keys(expectedMatches({}, {}));
  const baseline = await page.evaluate(
    (all) => Object.fromEntries(all.map((query) => [query, matchMedia(query).matches])),
    queries,
  );
  baselines.set(page, baseline);
  return baseline;
}

/** One protocol session for each page, because an emulation ends with its session. */
const cdpSessions = new WeakMap<Page, CDPSession>();

async function emulateInChromium(page: Page, media: Media): Promise<void> {
  let session = cdpSessions.get(page);
  if (!session) cdpSessions.set(page, (session = await page.createCDPSession()));
  await session.send('Emulation.setEmulatedMedia', {
    features: Object.entries(media).map(([key, value]) => ({
      name: FEATURES[key as keyof Media].name,
      value: value as string,
    })),
  });
}

/** The part of puppeteer's WebDriver BiDi connection that its types leave out. */
interface BidiBrowser {
  connection: {
    send(method: string, params: object): Promise<{ result: { contexts: { context: string }[] } }>;
  };
}

/** Firefox emulates media from its own scope only, not from the page's. */
async function emulateInFirefox(page: Page, media: Media): Promise<void> {
  const { connection } = page.browser() as unknown as BidiBrowser;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const overrides = {
    prefersColorSchemeOverride: media.colorScheme ?? 'none',
    forcedColorsOverride: media.forcedColors ?? 'none',
  };
  const motion = 'ui.prefersReducedMotion';
  await connection.send('script.evaluate', {
    expression: `
      for (const browser of gBrowser.browsers) Object.assign(browser.browsingContext, ${JSON.stringify(overrides)});
      ${
        media.reducedMotion
          ? `Services.prefs.setIntPref('${motion}', ${media.reducedMotion === 'reduce' ? 1 : 0})`
          : `Services.prefs.clearUserPref('${motion}')`
      }`,
    target: { context: tree.result.contexts[0]?.context },
    awaitPromise: true,
  });
}

/** Emulates exactly `media`. Returns whether the page matches it. */
async function emulate(page: Page, isFirefox: boolean, media: Media): Promise<boolean> {
  const expected = expectedMatches(media, await baselineOf(page));
  await (isFirefox ? emulateInFirefox : emulateInChromium)(page, media);
  try {
    // Firefox applies the emulation some frames later.
    await page.waitForFunction(
      (all: Record<string, boolean>) =>
        Object.entries(all).every(([query, matches]) => matchMedia(query).matches === matches),
      { timeout: 2000 },
      expected,
    );
    return true;
  } catch {
    return false;
  }
}

type PressKey = (direction: 'down' | 'up', key: string) => Promise<unknown>;

/** Presses all keys of "Shift+Tab", the first held longest. */
async function pressTogether(keys: string, send: PressKey): Promise<void> {
  const names = keys === '+' ? [keys] : keys.split('+');
  for (const name of names) await send('down', name);
  for (const name of names.reverse()) await send('up', name);
}

async function sendKeys({ down, up, press }: SendKeys, send: PressKey): Promise<void> {
  if (down) await send('down', down);
  if (up) await send('up', up);
  if (press) await pressTogether(press, send);
}

/** The commands that each engine implements. */
interface InputDriver {
  emulateMedia(media: Media): Promise<boolean>;
  setViewport(viewport: Viewport): Promise<void>;
  pressKey: PressKey;
  /** A picture of the viewport: a PNG in base64. */
  screenshot(): Promise<string>;
}

const webkitInput = (browser: WebKitLauncher): InputDriver => ({
  // WebKit reads media features only at its start.
  emulateMedia: (media) => Promise.resolve(Object.keys(media).length === 0),
  setViewport: (viewport) => browser.setViewport(viewport),
  pressKey: (direction, key) => browser.sendKey(direction, key),
  screenshot: () => browser.screenshot(),
});

const puppeteerHands = (page: Page, isFirefox: boolean): InputDriver => ({
  emulateMedia: (media) => emulate(page, isFirefox, media),
  setViewport: (viewport) => page.setViewport(viewport),
  // Firefox knows the space bar by its character only.
  pressKey: (direction, key) => page.keyboard[direction]((key === 'Space' ? ' ' : key) as KeyInput),
  screenshot: () => page.screenshot({ encoding: 'base64' }),
});

/**
 * Commands that @web/test-runner does not have in every engine. Its own plugins run first and throw for an engine that they do not
 * know, so these commands have other names. Tests call them through `browser-commands.ts`.
 */
export function commands(): TestRunnerPlugin {
  return {
    name: 'commands',
    async executeCommand({ command, payload, session: { browser, id } }) {
      if (!command.startsWith('x-')) return undefined;
      if (command === 'x-server-render') return serverRender(payload as ServerPage);
      const hands =
        browser instanceof WebKitLauncher
          ? webkitInput(browser)
          : puppeteerHands((browser as ChromeLauncher).getPage(id), browser.name === 'Firefox');
      if (command === 'x-emulate-media') return hands.emulateMedia(payload as Media);
      if (command === 'x-screenshot') return hands.screenshot();
      if (command === 'x-set-viewport') await hands.setViewport(payload as Viewport);
      else if (command === 'x-send-keys') await sendKeys(payload as SendKeys, hands.pressKey);
      else return undefined;
      return true;
    },
  };
}
