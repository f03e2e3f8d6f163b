import { fingerprint } from '../core/index.js';
import { pageStore } from './page-store.js';

/** How long a key is used, in milliseconds: the provider forgets it after 24 hours. */
const LIFE_MS = 23 * 3_600_000;

/** A random UUID v4. `crypto.randomUUID` is missing on plain http, where shops are developed. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * The idempotency key of one cart at one endpoint. The same cart has the same key across retry, Back, reload and a second
 * button, because it is kept in `sessionStorage`; a changed cart has another.
 */
export function idempotencyKey(endpoint: string, cartJson: string) {
  const name = fingerprint(endpoint + cartJson);
  return {
    /** The key to send, made on first use. */
    get(): string {
      const [key, time] = pageStore.get(name)?.split(' ') ?? [];
      if (key && Date.now() - Number(time) < LIFE_MS) return key;
      const fresh = randomUuid();
      pageStore.set(name, `${fresh} ${Date.now()}`);
      return fresh;
    },
    /** Gives the cart another key from now on: its session is over. */
    renew(): void {
      pageStore.set(name, '');
    },
  };
}
