const utf8 = new TextEncoder();

/** The largest number of cached keys. A program has one or two secrets, or a few more while it replaces them. */
const MAX_KEYS = 8;
/**
 * The imported key of each secret, because the import takes longer than a signature. The map holds keys, not promises:
 * Cloudflare Workers do not let one request wait for the promise of another.
 */
const keys = new Map<string, CryptoKey>();

async function importKey(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign', 'verify']);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(secret, key);
  }
  return key;
}

/** Web Crypto rejects a view of a buffer that threads share (`SharedArrayBuffer`), so such bytes are copied. */
function toBytes(message: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof message === 'string') return utf8.encode(message);
  return message.buffer instanceof ArrayBuffer ? (message as Uint8Array<ArrayBuffer>) : message.slice();
}

/** Computes the HMAC-SHA256 of a message, 32 bytes. The secret, and a message that is text, are read as UTF-8. */
export async function hmacSha256(secret: string, message: string | Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importKey(secret), toBytes(message)));
}

/** Whether `mac` is the HMAC-SHA256 of a message under a secret. The time it takes does not depend on where they differ. */
export async function isHmacSha256(
  secret: string,
  message: string | Uint8Array,
  mac: Uint8Array,
): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importKey(secret), toBytes(mac), toBytes(message));
}
