import { chromeLauncher } from '@web/test-runner-chrome';
import type { BrowserLauncher } from '@web/test-runner';
import * as puppeteer from 'puppeteer-core';
import { chromiumPath, firefoxPath, type Engine } from './browsers.js';
import { WebKitLauncher } from './webkit-launcher.js';

/** The run handles process signals itself. A browser that handles them, too, would end the run too early. */
const PROCESS_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
/** One page at a time, because only the page in front has the focus. */
const concurrency = 1;

/*
 * The browsers end with `signal`, because puppeteer's own handler ends only the first of two browsers.
 */

const chromium = (signal: AbortSignal) =>
  chromeLauncher({
    puppeteer,
    concurrency,
    launchOptions: {
      ...PROCESS_SIGNALS,
      signal,
      executablePath: chromiumPath(),
      // Chromium's sandbox does not run as root, and /dev/shm of a container is too small.
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
      // Firefox emulates media only from the browser's own scope.
      args: ['--remote-allow-system-access'],
    },
  });

const LAUNCHERS = { chromium, firefox, webkit: (signal: AbortSignal) => new WebKitLauncher(signal) };

/** The launchers of @web/test-runner for the engines. `signal` ends the browsers. */
export function createLaunchers(engines: readonly Engine[], signal: AbortSignal): BrowserLauncher[] {
  return engines.map((engine) => LAUNCHERS[engine](signal));
}
