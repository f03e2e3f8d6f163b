import { toHex, type SetupProblem } from '../core/index.js';
import { hmacSha256, isHmacSha256 } from './hmac.js';

/** The largest difference between the time in a signature and now, in seconds, in either direction. */
export const WEBHOOK_TOLERANCE_S = 300;

/** The most `v1` signatures of one header that are verified. A sender sends two while it replaces its secret. */
const MAX_SIGNATURES = 8;

/** A webhook has no signature: the sender did not sign it, or a proxy removed the header. */
export const SIGNATURE_MISSING: SetupProblem = {
  cause: 'no X-Gale-Signature and no bearer came with it',
  fix:
    'let the headers X-Gale-Signature and Authorization through every proxy, as in nginx: ' +
    'proxy_set_header X-Gale-Signature $http_x_gale_signature;',
};

const utf8 = new TextEncoder();

/** The bytes that a signature covers: the time, a dot and the raw body. */
function signedContent(timestamp: number | string, body: Uint8Array): Uint8Array {
  const prefix = utf8.encode(`${timestamp}.`);
  const content = new Uint8Array(prefix.length + body.length);
  content.set(prefix);
  content.set(body, prefix.length);
  return content;
}

/**
 * Signs a webhook's raw body as the provider does, for merchants' own tests. Returns the value of `X-Gale-Signature`:
 * `t=<unix seconds>,v1=<hex>`, where the digits are the HMAC-SHA256 of `t + "." + body`.
 */
export async function signWebhook(
  body: string | Uint8Array,
  secret: string,
  timestamp: number,
): Promise<string> {
  const bytes = typeof body === 'string' ? utf8.encode(body) : body;
  return `t=${timestamp},v1=${toHex(await hmacSha256(secret, signedContent(timestamp, bytes)))}`;
}

/**
 * Why a webhook's signature is invalid. `malformed`: the header is not of the form `t=<unix seconds>,v1=<hex>`. `wrong_secret`:
 * the signature was made with another secret, or for other bytes. `too_old`, `too_new`: the signature is right, but its time
 * differs from now by `offS` seconds.
 */
export type SignatureFault =
  { fault: 'malformed' | 'wrong_secret' } | { fault: 'too_old' | 'too_new'; offS: number };

/**
 * Finds the reason to refuse a signature header for a raw body. Returns undefined if any of its `v1` parts is right under
 * any of the secrets, and its time is at most {@link WEBHOOK_TOLERANCE_S} from `nowSeconds`. Signatures are compared in
 * constant time. A fault in the time is reported only if the signature is right, so that a stranger learns nothing.
 */
export async function findSignatureFault(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<SignatureFault | undefined> {
  const parts = header.split(',').map((part) => part.trim());
  // A header with two times is refused: only one of them can be the signed one.
  const [time, ...otherTimes] = parts.filter((part) => part.startsWith('t='));
  const timestamp = otherTimes.length ? undefined : /^t=(\d{1,12})$/.exec(time ?? '')?.[1];
  const signatures = parts.filter((part) => /^v1=[\da-f]{64}$/i.test(part)).slice(0, MAX_SIGNATURES);
  if (!timestamp || !signatures.length) return { fault: 'malformed' };
  if (!(await hasValidSignature(secrets, signedContent(timestamp, body), signatures)))
    return { fault: 'wrong_secret' };
  const ageS = nowSeconds - Number(timestamp);
  if (Math.abs(ageS) <= WEBHOOK_TOLERANCE_S) return undefined;
  return { fault: ageS > 0 ? 'too_old' : 'too_new', offS: Math.abs(ageS) };
}

/** Whether a signature header is right for a raw body: {@link findSignatureFault} finds no fault. */
export async function isSignedWebhook(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<boolean> {
  return (await findSignatureFault(body, header, secrets, nowSeconds)) === undefined;
}

async function hasValidSignature(
  secrets: readonly string[],
  content: Uint8Array,
  signatures: readonly string[],
): Promise<boolean> {
  for (const secret of secrets)
    for (const signature of signatures) {
      const mac = Uint8Array.from(signature.slice(3).match(/../g)!, (pair) => parseInt(pair, 16));
      if (await isHmacSha256(secret, content, mac)) return true;
    }
  return false;
}
