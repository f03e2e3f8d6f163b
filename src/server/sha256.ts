/** How the bytes of a digest are written. */
export type Encoding = 'hex' | 'base64url';

/** A digest under way in Node's own crypto. */
interface NodeDigest {
  update(text: string): { digest(encoding: Encoding): string };
}

/** What is used of Node's own crypto. */
interface NodeCrypto {
  createHash(algorithm: 'sha256'): NodeDigest;
  createHmac(algorithm: 'sha256', secret: string): NodeDigest;
}

/**
 * Node's crypto, where the runtime has it to give (Node 20.16, Bun, Deno). It answers at once; Web Crypto, which is
 * everywhere, sends each call through a queue of threads, and a checkout makes five. Nothing is imported, so that a
 * bundle for other runtimes needs no stand-in.
 */
const runtime = globalThis as { process?: { getBuiltinModule?(name: string): NodeCrypto | undefined } };
const nodeCrypto = runtime.process?.getBuiltinModule?.('node:crypto');

const utf8 = new TextEncoder();
/** The keys made of secrets so far: as many as the merchant has configured. */
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key =
    keys.get(secret) ?? crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign']);
  keys.set(secret, key);
  return key;
}

function encode(buffer: ArrayBuffer, encoding: Encoding): string {
  const bytes = new Uint8Array(buffer);
  if (encoding === 'hex') return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The SHA-256 of a text in UTF-8. */
export async function sha256(text: string, encoding: Encoding, node = nodeCrypto): Promise<string> {
  if (node) return node.createHash('sha256').update(text).digest(encoding);
  return encode(await crypto.subtle.digest('SHA-256', utf8.encode(text)), encoding);
}

/** The HMAC-SHA256 of a text under a secret, both in UTF-8. */
export async function hmacSha256(
  secret: string,
  text: string,
  encoding: Encoding,
  node = nodeCrypto,
): Promise<string> {
  if (node) return node.createHmac('sha256', secret).update(text).digest(encoding);
  return encode(await crypto.subtle.sign('HMAC', await keyOf(secret), utf8.encode(text)), encoding);
}
