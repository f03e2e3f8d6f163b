import { documentValue } from '../shared/document-value.js';

/** Longest wait for the page's own scripts, in milliseconds: a page may never fire `load`. */
const SCRIPTS_TIMEOUT_MS = 10_000;

/**
 * Resolves after the page's own scripts have run, so that they can add listeners before a one-time event. Gives up after
 * 10 s.
 */
export async function afterPageScripts(): Promise<void> {
  if (documentValue('readyState') === 'complete') return;
  await new Promise((resolve) => {
    // Resolves in a task after the event, because many pages add their listeners in handlers of these events.
    for (const name of ['DOMContentLoaded', 'load']) addEventListener(name, () => setTimeout(resolve));
    setTimeout(resolve, SCRIPTS_TIMEOUT_MS);
  });
}

/** Resolves when the time has passed and the page is visible, or when the signal aborts. */
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
