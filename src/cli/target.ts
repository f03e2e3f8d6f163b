import { BODY_READ_BEFORE, CALLER_UNKNOWN, CLOCKS_APART, type SetupProblem } from '../core/index.js';
import { SIGNATURE_MISSING } from '../contract/index.js';

/** The paths below the endpoint; empty for the endpoint itself. */
export type Route = '' | '/status' | '/eligibility' | '/webhook';

/** A request to the endpoint. */
export interface Probe {
  method: 'GET' | 'POST' | 'OPTIONS';
  route?: Route;
  /** Default: the endpoint's own address. */
  at?: string;
  /** Starts with `?`. */
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A response of the endpoint, as the checks read it. */
export interface ProbeResponse {
  status: number;
  headers: Headers;
  /** `problem` is `application/problem+json` (RFC 9457), `page` is HTML. */
  kind: 'problem' | 'json' | 'page' | 'other';
  /** The JSON object of the body, or an empty object. */
  body: Readonly<Record<string, unknown>>;
  /** The `code` of a problem, or an empty string. */
  code: string;
  /** The mistake in the setup that the problem's `detail` names. */
  setup: SetupProblem | undefined;
}

/** The mistakes that the handler names in its responses. */
const NAMED_BY_HANDLER = [BODY_READ_BEFORE, CALLER_UNKNOWN, CLOCKS_APART, SIGNATURE_MISSING];

/** The endpoint to check, and what the checks need to know. */
export interface TargetOptions {
  /** The endpoint's address, absolute, without query or fragment. */
  endpoint: string;
  /** The origin of the shop's pages, if it may differ from the endpoint's. */
  origin?: string;
  /** The mode that the endpoint's key must have. */
  mode?: 'test' | 'live';
  /** The secret that the provider signs webhooks with. */
  webhookSecret?: string;
  /** The environment variable that holds the secret, for messages. */
  webhookSecretName?: string;
  fetch?: typeof fetch;
  now?: () => number;
  /** How long each request may take, in milliseconds. Default: 10,000. */
  timeoutMs?: number;
}

/** An endpoint under check, with its clock and key mode as soon as a response has shown them. */
export interface Target extends TargetOptions {
  /** The endpoint's path, without a slash at the end. */
  path: string;
  now(): number;
  /** How far the endpoint's clock is ahead of this machine's, in milliseconds. Set by the first response with a `Date` header. */
  skewMs: number | undefined;
  /** The mode of the handler's key. Set by a response with the header `x-hsa-checkout-mode`. */
  keyMode: 'test' | 'live' | undefined;
  /** Sends a request and reads the response. Redirects are not followed. @throws as `fetch` does. */
  send(probe: Probe): Promise<ProbeResponse>;
}

function kindOf(type: string): ProbeResponse['kind'] {
  if (/^application\/problem\+json\b/i.test(type)) return 'problem';
  if (/^application\/(\w+\+)?json\b/i.test(type)) return 'json';
  return /html/i.test(type) ? 'page' : 'other';
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}

/** The most of a body that is read, in bytes. The handler's bodies are far smaller; another server's may never end. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** Reads the text of a response, or its start if it is too long. */
async function readStart({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part; reader && !(part = await reader.read()).done;) {
    size += part.value.byteLength;
    text += decoder.decode(part.value, { stream: true });
    if (size <= MAX_ANSWER_BYTES) continue;
    reader.cancel().catch(() => {});
    break;
  }
  return text;
}

/** Prepares an endpoint for the checks. */
export function createTarget(options: TargetOptions): Target {
  const { endpoint, timeoutMs = 10_000, now = () => Date.now() } = options;
  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const target: Target = {
    ...options,
    now,
    path: new URL(endpoint).pathname.replace(/\/$/, ''),
    skewMs: undefined,
    keyMode: undefined,
    async send({ method, at = endpoint, route = '', query = '', headers = {}, body }) {
      const sentAt = now();
      const response = await send(at.replace(/\/$/, '') + route + query, {
        method,
        // The merchant recognises these requests in the log by this id.
        headers: { 'x-request-id': `doctor-${crypto.randomUUID()}`, ...headers },
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await readStart(response);
      const { status } = response;
      const mode = response.headers.get('x-hsa-checkout-mode');
      if (mode === 'test' || mode === 'live') target.keyMode = mode;
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) target.skewMs ??= date - (sentAt + now()) / 2;
      const json = objectIn(text);
      const detail = typeof json['detail'] === 'string' ? json['detail'] : '';
      const setup = NAMED_BY_HANDLER.find(({ cause }) => detail.includes(cause));
      const code = typeof json['code'] === 'string' && /^\w{1,40}$/.test(json['code']) ? json['code'] : '';
      return {
        ...{ status, headers: response.headers, body: json, code, setup },
        kind: kindOf(response.headers.get('content-type') ?? ''),
      };
    },
  };
  return target;
}
