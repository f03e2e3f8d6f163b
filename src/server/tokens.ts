import { hmacSha256, sha256, type Encoding } from './sha256.js';

/** An HMAC-SHA256 over a list of texts. The list is written as JSON, so that no two lists make the same message. */
function hmacOfList(secret: string, parts: readonly string[], encoding: Encoding): Promise<string> {
  return hmacSha256(secret, JSON.stringify(parts), encoding);
}

/** Derives a token that only the holder of the secret can make: 43 characters of base64url. `purpose` keeps uses apart. */
export function deriveToken(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  return hmacOfList(secret, [purpose, ...parts], 'base64url');
}

/** Derives a UUID in the form of version 4, which the provider wants for its idempotency keys. */
export async function deriveUuid(secret: string, purpose: string, ...parts: string[]): Promise<string> {
  const hex = await hmacOfList(secret, [purpose, ...parts], 'hex');
  const variant = '89ab'[parseInt(hex[16]!, 16) % 4]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A digest of a text, to tell texts apart without keeping them. */
export function digest(value: string): Promise<string> {
  return sha256(value, 'base64url');
}

/** Whether two texts are the same, in a time that says nothing of where they differ: their digests are compared. */
export async function isEqualConstantTime(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one, 'hex'), sha256(other, 'hex')]);
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= left.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}

/** Whether a token was derived from the same parts with any of the secrets: the first one signs, all of them verify. */
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
