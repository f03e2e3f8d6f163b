import { documentValue } from '../shared/document-value.js';

/** How long the page's own scripts are waited for, in milliseconds. */
const SCRIPTS_MS = 10_000;

/**
 * Waits until the scripts that came with the page have run: what is told once is told when they can hear it. Not for long: a
 * page may never come to its end.
 */
export async function afterPageScripts(): Promise<void> {
  if (documentValue('readyState') === 'complete') return;
  await new Promise((resolve) => {
    // Whichever is still to come; and after it, not in it: many pages begin to listen there.
    for (const name of ['DOMContentLoaded', 'load']) addEventListener(name, () => setTimeout(resolve));
    setTimeout(resolve, SCRIPTS_MS);
  });
}

/** Waits until the time has passed and the page is visible, or the signal ends it. */
export async function sleepWhileVisible(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  if (documentValue('hidden') && !signal.aborted)
    await new Promise<unknown>((resolve) => {
      document.addEventListener('visibilitychange', resolve, { once: true, signal });
      signal.addEventListener('abort', resolve);
    });
}
