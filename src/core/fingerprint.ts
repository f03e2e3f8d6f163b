/**
 * A 64-bit hash of a text, as 16 hexadecimal digits: two multiplicative hashes (FNV-1a and one with another prime) side
 * by side. It tells carts apart, so that a changed cart gets a new idempotency key; it protects nothing, and it needs no
 * secure context as `crypto.subtle` does.
 */
export function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
  }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
