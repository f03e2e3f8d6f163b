import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';

/* Pages of Chromium that a row measures in: nothing of them leaves this machine. */

const HOST = 'bench.localhost';
const URL_OF_PAGE = `http://${HOST}/`;

/** A Chromium with timers, heap and paint as a shopper's has them, but for what `args` say. */
export const openBrowser = (args: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', ...args] });

/** A page and the protocol that slows it down and reads its heap. */
export interface BlankPage {
  page: Page;
  protocol: CDPSession;
  /** The hosts that the page asked for something, in vain. */
  asked: Set<string>;
}

/** Slows the CPU of a page down: 4 is a phone of the middle class. */
export const slowDown = (protocol: CDPSession, rate: number) =>
  protocol.send('Emulation.setCPUThrottlingRate', { rate });

/** Does something in a fresh page with a body of its own: no cache, no storage, no compiled code of the run before. */
export async function inBlankPage<T>(
  browser: Browser,
  { body, slowdown = 1 }: { body: string; slowdown?: number },
  action: (blank: BlankPage) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const asked = new Set<string>();
    const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><body>${body}</body></html>`;
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url === URL_OF_PAGE) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
      asked.add(new URL(url).host);
      return route.abort();
    });
    await page.goto(URL_OF_PAGE);
    const protocol = await context.newCDPSession(page);
    await slowDown(protocol, slowdown);
    const result = await action({ page, protocol, asked });
    // Nobody waits for a slow page to go away.
    await slowDown(protocol, 1);
    return result;
  } finally {
    await context.close();
  }
}
