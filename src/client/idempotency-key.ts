import { tabStorage } from './tab-storage.js';

/** How long a key is used at most, in seconds. The provider forgets keys after 24 hours. */
const MAX_AGE_S = 23 * 3_600;

/** A random UUID v4. `crypto.randomUUID` is missing on plain http, which shops use in development. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  let hex = '';
  for (const byte of bytes) hex += (byte + 256).toString(16).slice(1);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Stores a key under the name of its cart for some seconds from now, at most 23 hours. */
export function keepKey(name: string, key: string, seconds = MAX_AGE_S): void {
  tabStorage.set(name, `${key} ${Date.now() + Math.min(seconds, MAX_AGE_S) * 1000}`);
}

/** Drops the key of a cart because its session has ended. Does nothing if the cart has another key already. */
export function dropKey(name: string, key: string): void {
  if (tabStorage.get(name)?.startsWith(key)) tabStorage.set(name, '');
}

/**
 * The idempotency key of a cart, by the cart's name. The same cart has the same key in a retry, after Back or a reload, and
 * for a second button, because the key is stored in `sessionStorage`.
 */
export function keyOf(name: string): string {
  const [storedKey, endsAt] = tabStorage.get(name)?.split(' ') ?? [];
  if (storedKey && Date.now() < Number(endsAt)) return storedKey;
  const key = randomUuid();
  keepKey(name, key);
  return key;
}

/**
 * Uses storage, randomness and the online state once, when the pointer or the focus reaches the button. Browsers take longer
 * the first time: opening the storage is the slowest step between a press and its request.
 */
export function warmUp(): void {
  tabStorage.get('');
  randomUuid();
  void navigator.onLine;
}
