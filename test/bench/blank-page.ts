import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';

/* Pages of Chromium for the measurements. No request leaves this machine. */

const HOST = 'bench.localhost';
const URL_OF_PAGE = `http://${HOST}/`;

/** Starts a Chromium with timers, heap and paint as at a shopper's, and with `args`. */
export const openBrowser = (args: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', ...args] });

/** A page, and the protocol session that slows it down and reads its heap. */
export interface BlankPage {
  page: Page;
  protocol: CDPSession;
  /** The hosts of the page's blocked requests. */
  hosts: Set<string>;
}

/** Slows down the CPU of a page. 4 is a mid-range phone. */
export const slowDown = (protocol: CDPSession, rate: number) =>
  protocol.send('Emulation.setCPUThrottlingRate', { rate });

/** Runs an action in a new page with the given body, without cache, storage or compiled code of an earlier run. */
export async function inBlankPage<T>(
  browser: Browser,
  { body, slowdown = 1 }: { body: string; slowdown?: number },
  action: (blank: BlankPage) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const hosts = new Set<string>();
    const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><body>${body}</body></html>`;
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url === URL_OF_PAGE) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
      hosts.add(new URL(url).host);
      return route.abort();
    });
    await page.goto(URL_OF_PAGE);
    const protocol = await context.newCDPSession(page);
    await slowDown(protocol, slowdown);
    const result = await action({ page, protocol, hosts });
    // Not awaited, because a slow page takes long to close.
    await slowDown(protocol, 1);
    return result;
  } finally {
    await context.close();
  }
}
