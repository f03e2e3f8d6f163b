import { chromeLauncher } from '@web/test-runner-chrome';
import type { BrowserLauncher } from '@web/test-runner';
import * as puppeteer from 'puppeteer-core';
import { chromiumPath, firefoxPath, type Engine } from './browsers.js';
import { WebKitLauncher } from './webkit-launcher.js';

/** Process signals end the run as a whole; a browser that listens too would end it halfway. */
const PROCESS_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
/** One page at a time: only the page in front has the focus. */
const concurrency = 1;

/*
 * The browsers end with `signal`, as puppeteer's own handler for the end of the process ends only the first of two.
 */

const chromium = (signal: AbortSignal) =>
  chromeLauncher({
    puppeteer,
    concurrency,
    launchOptions: {
      ...PROCESS_SIGNALS,
      signal,
      executablePath: chromiumPath(),
      // Root, as in a container, has no sandbox; a container's /dev/shm is too small.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
    },
  });

const firefox = (signal: AbortSignal) =>
  chromeLauncher({
    puppeteer,
    concurrency,
    launchOptions: {
      ...PROCESS_SIGNALS,
      signal,
      browser: 'firefox',
      executablePath: firefoxPath(),
      // Media can be emulated from the browser's own scope only.
      args: ['--remote-allow-system-access'],
    },
  });

const LAUNCHERS = { chromium, firefox, webkit: (signal: AbortSignal) => new WebKitLauncher(signal) };

/** A launcher of @web/test-runner for each engine; `signal` ends the browsers. */
export function createLaunchers(engines: readonly Engine[], signal: AbortSignal): BrowserLauncher[] {
  return engines.map((engine) => LAUNCHERS[engine](signal));
}
