import { tabStorage } from './tab-storage.js';

/** The longest that a key is used, in seconds: the provider forgets it after 24 hours. */
const MAX_AGE_S = 23 * 3_600;

/** A random UUID v4. `crypto.randomUUID` is missing on plain http, where shops are developed. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  let hex = '';
  for (const byte of bytes) hex += (byte + 256).toString(16).slice(1);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Keeps a key under the name of its cart for so many seconds from now: to its end, and 23 hours at most. */
export function keepKey(name: string, key: string, seconds = MAX_AGE_S): void {
  tabStorage.set(name, `${key} ${Date.now() + Math.min(seconds, MAX_AGE_S) * 1000}`);
}

/** Gives a cart another key from now on, unless it has one already: the session of this one is over. */
export function dropKey(name: string, key: string): void {
  if (tabStorage.get(name)?.startsWith(key)) tabStorage.set(name, '');
}

/**
 * The idempotency key of a cart, by the cart's name. The same cart has the same key across retry, Back, reload and a second
 * button, because it is kept in `sessionStorage`.
 */
export function keyOf(name: string): string {
  const [kept, end] = tabStorage.get(name)?.split(' ') ?? [];
  if (kept && Date.now() < Number(end)) return kept;
  const key = randomUuid();
  keepKey(name, key);
  return key;
}

/**
 * Does for the first time, while a pointer or the focus is on its way to a press, what a browser takes long to do for the first
 * time: to open the storage takes longer than all else between a press and its request.
 */
export function warmUp(): void {
  tabStorage.get('');
  randomUuid();
  void navigator.onLine;
}
