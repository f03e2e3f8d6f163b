import { hmacSha256, sha256 } from './sha256.js';

/** An HMAC-SHA256 over a list of texts. The list is written as JSON, so that no two lists make the same message. */
async function mac(secret: string, parts: readonly string[]): Promise<Uint8Array> {
  return hmacSha256(secret, JSON.stringify(parts));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Derives a token that only the holder of the secret can make: 43 characters of base64url. `purpose` keeps uses apart. */
export async function deriveToken(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  return base64url(await mac(secret, [purpose, ...parts]));
}

/** Derives a UUID in the form of version 4, which the provider wants for its idempotency keys. */
export async function deriveUuid(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  const bytes = (await mac(secret, [purpose, ...parts])).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A digest of a text, to tell texts apart without keeping them. */
export async function digest(value: string): Promise<string> {
  return base64url(await sha256(value));
}

/** Whether two texts are the same, in a time that says nothing of where they differ: their digests are compared. */
export async function isSameText(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one), sha256(other)]);
  return left.reduce((difference, byte, i) => difference | (byte ^ right[i]!), 0) === 0;
}

/** Whether a token was derived from the same parts with any of the secrets: the first one signs, all of them verify. */
export async function isDerivedToken(
  token: string,
  secrets: readonly string[],
  purpose: string,
  ...parts: string[]
): Promise<boolean> {
  for (const secret of secrets)
    if (await isSameText(token, await deriveToken(secret, purpose, ...parts))) return true;
  return false;
}
