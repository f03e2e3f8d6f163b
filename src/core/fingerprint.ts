/**
 * A 64-bit hash of a text as 16 hexadecimal digits: two multiplicative 32-bit hashes (FNV-1a, and one with another prime). It
 * distinguishes carts, so that a changed cart gets a new idempotency key. It is not secure, but unlike `crypto.subtle` it works
 * on plain http.
 */
export function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
  }
  return [a, b].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}
