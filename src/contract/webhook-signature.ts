/** How far a signature's time may be from now, either way, in seconds. */
export const WEBHOOK_TOLERANCE_S = 300;

const text = new TextEncoder();

async function hmacKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
}

function signed(timestamp: number | string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = text.encode(`${timestamp}.`);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/**
 * Signs a webhook's raw body as the provider does: the value of `X-Gale-Signature`, `t=<unix seconds>,v1=<hex>`, an
 * HMAC-SHA256 of `t + "." + body`. For merchants' own tests.
 */
export async function signWebhook(
  body: string | Uint8Array,
  secret: string,
  timestamp: number,
): Promise<string> {
  const raw = typeof body === 'string' ? text.encode(body) : body;
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), signed(timestamp, raw));
  return `t=${timestamp},v1=${Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Whether a signature header is right for a raw body: any of its `v1` parts under any of the secrets, compared in constant
 * time, and no more than {@link WEBHOOK_TOLERANCE_S} away from `nowSeconds`.
 */
export async function isSignedWebhook(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<boolean> {
  const parts = header.split(',').map((part) => part.trim());
  const timestamp = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2);
  const signatures = parts.filter((part) => /^v1=[\da-f]{64}$/i.test(part)).slice(0, 8);
  if (!timestamp || !(Math.abs(nowSeconds - Number(timestamp)) <= WEBHOOK_TOLERANCE_S)) return false;
  const content = signed(timestamp, body);
  for (const secret of secrets) {
    const key = await hmacKey(secret);
    for (const signature of signatures) {
      const mac = Uint8Array.from(signature.slice(3).match(/../g)!, (pair) => parseInt(pair, 16));
      if (await crypto.subtle.verify('HMAC', key, mac, content)) return true;
    }
  }
  return false;
}
