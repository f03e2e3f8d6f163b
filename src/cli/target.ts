import {
  BODY_READ_BEFORE,
  CALLER_UNKNOWN,
  CLOCKS_APART,
  SIGNATURE_MISSING,
  type SetupProblem,
} from '../core/index.js';

/** The parts of the endpoint. */
export type Route = '' | '/status' | '/eligibility' | '/webhook';

/** What is sent to one of them. */
export interface Probe {
  method: 'GET' | 'POST' | 'OPTIONS';
  route?: Route;
  /** Another address in place of the endpoint's. */
  at?: string;
  /** With its question mark. */
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What came back. */
export interface ProbeResponse {
  status: number;
  headers: Headers;
  /** A problem (RFC 9457), other JSON, a page for people, or anything else. */
  kind: 'problem' | 'json' | 'page' | 'other';
  /** The JSON object of its body; an empty one where there is none. */
  body: Readonly<Record<string, unknown>>;
  /** A problem's code, or nothing. */
  code: string;
  /** The mistake in the setup that its `detail` names, where it does. */
  setup: SetupProblem | undefined;
}

/** The mistakes that the handler names in its answers. */
const NAMED_BY_HANDLER = [BODY_READ_BEFORE, CALLER_UNKNOWN, CLOCKS_APART, SIGNATURE_MISSING];

/** What the doctor is asked to look at, and with what. */
export interface TargetOptions {
  /** The endpoint's address, absolute, without query or fragment. */
  endpoint: string;
  /** The origin of the shop's pages, where it may be another. */
  origin?: string;
  /** The world that the endpoint must be in. */
  mode?: 'test' | 'live';
  /** What the provider signs webhooks with. */
  webhookSecret?: string;
  /** Where that secret came from, to name it. */
  webhookSecretName?: string;
  fetch?: typeof fetch;
  now?: () => number;
  /** How long each request may take, in milliseconds. Default: 10,000. */
  timeoutMs?: number;
}

/** The doctor at one endpoint. */
export interface Target extends TargetOptions {
  /** The endpoint's path, without a slash at the end. */
  path: string;
  now(): number;
  /** How far the endpoint's clock is ahead of this machine's, in milliseconds, once an answer has told. */
  skewMs: number | undefined;
  /** Which of the provider's worlds the handler's key is of, once an answer has told. */
  keyMode: 'test' | 'live' | undefined;
  /** Sends something, and reads the answer. Redirects are not followed. @throws what `fetch` does. */
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

/** The most of an answer that is read, in bytes: the handler's are far smaller, and another server's may never end. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** The text of an answer, or its start where it is too long. */
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

/** Begins a target. */
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
        // By this name the merchant knows in the log what was refused on purpose.
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
