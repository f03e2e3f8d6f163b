import { toHex } from '../core/index.js';
import { hmacSha256 } from '../contract/index.js';

const utf8 = new TextEncoder();

const toBase64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
}

/** HMAC of a list of texts. The list is written as JSON, so that no two lists give the same message. */
function hmacOfList(secret: string, parts: readonly string[]): Promise<Uint8Array> {
  return hmacSha256(secret, JSON.stringify(parts));
}

/**
 * Derives a token that only the holder of the secret can make: 43 characters of base64url. `purpose` separates the uses, so
 * that a token for one is not valid for another.
 */
export async function deriveToken(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  return toBase64url(await hmacOfList(secret, [purpose, ...parts]));
}

/** Derives a UUID in the form of version 4, the form that the provider requires for its idempotency keys. */
export async function deriveUuid(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  const hex = toHex(await hmacOfList(secret, [purpose, ...parts]));
  const variant = '89ab'[parseInt(hex[16]!, 16) % 4]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Computes the SHA-256 of a text, in base64url. The store holds it in place of a cart, to compare carts without their content. */
export async function digest(text: string): Promise<string> {
  return toBase64url(await sha256(text));
}

/** Computes the HMAC-SHA256 of a text, as 64 hexadecimal digits. */
export async function hmacHex(secret: string, text: string): Promise<string> {
  return toHex(await hmacSha256(secret, text));
}

/** Compares two texts by their digests, so that the time does not depend on where they differ. */
export async function isEqualConstantTime(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one), sha256(other)]);
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= left[i]! ^ right[i]!;
  return difference === 0;
}

/** Whether a token was derived from these parts with any of the secrets. The first one signs, all of them verify. */
export async function isDerivedToken(
  token: string,
  secrets: readonly string[],
  purpose: string,
  ...parts: string[]
): Promise<boolean> {
  for (const secret of secrets)
    if (await isEqualConstantTime(token, await deriveToken(secret, purpose, ...parts))) return true;
  return false;
}
