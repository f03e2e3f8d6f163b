/** How far a signature's time may be from now, either way, in seconds. */
export const WEBHOOK_TOLERANCE_S = 300;

const text = new TextEncoder();

/** How many secrets' keys are kept: a receiver has one secret, or two while it changes it. */
const MAX_KEYS = 8;
/** To make a key takes longer than to verify with it. Keys are kept, no promises: some hosts let no request wait for another's. */
const keys = new Map<string, CryptoKey>();

async function hmacKey(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    key = await crypto.subtle.importKey('raw', text.encode(secret), algorithm, false, ['sign', 'verify']);
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(secret, key);
  }
  return key;
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
 * What is wrong with a signature: it is not of the form `t=<unix seconds>,v1=<hex>` (`malformed`), or was made with another
 * secret or of other bytes (`wrong_secret`), or is right but its time is off by `offS` seconds (`too_old`, `too_new`).
 */
export type SignatureFault =
  { fault: 'malformed' | 'wrong_secret' } | { fault: 'too_old' | 'too_new'; offS: number };

/**
 * Finds what is wrong with a signature header for a raw body, or undefined where it is right: any of its `v1` parts under
 * any of the secrets, compared in constant time, and no more than {@link WEBHOOK_TOLERANCE_S} away from `nowSeconds`. Of
 * the time it speaks only to a sender who knows a secret.
 */
export async function findSignatureFault(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<SignatureFault | undefined> {
  const parts = header.split(',').map((part) => part.trim());
  // Of two times, one is not what was signed.
  const [time, ...others] = parts.filter((part) => part.startsWith('t='));
  const timestamp = others.length ? undefined : /^t=(\d{1,12})$/.exec(time ?? '')?.[1];
  const signatures = parts.filter((part) => /^v1=[\da-f]{64}$/i.test(part)).slice(0, 8);
  if (!timestamp || !signatures.length) return { fault: 'malformed' };
  if (!(await isSignedWith(secrets, signed(timestamp, body), signatures))) return { fault: 'wrong_secret' };
  const ageS = nowSeconds - Number(timestamp);
  if (Math.abs(ageS) <= WEBHOOK_TOLERANCE_S) return undefined;
  return { fault: ageS > 0 ? 'too_old' : 'too_new', offS: Math.abs(ageS) };
}

/** Whether a signature header is right for a raw body: {@link findSignatureFault} finds nothing. */
export async function isSignedWebhook(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<boolean> {
  return (await findSignatureFault(body, header, secrets, nowSeconds)) === undefined;
}

async function isSignedWith(
  secrets: readonly string[],
  content: Uint8Array<ArrayBuffer>,
  signatures: readonly string[],
): Promise<boolean> {
  for (const secret of secrets) {
    const key = await hmacKey(secret);
    for (const signature of signatures) {
      const mac = Uint8Array.from(signature.slice(3).match(/../g)!, (pair) => parseInt(pair, 16));
      if (await crypto.subtle.verify('HMAC', key, mac, content)) return true;
    }
  }
  return false;
}
