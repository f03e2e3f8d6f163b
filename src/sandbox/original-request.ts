import { nodeRequestIn } from '../core/index.js';

/** Writes a parsed body again. Undefined where nothing was parsed. */
function bodyOf(parsed: unknown, contentType: string): BodyInit | undefined {
  if (typeof parsed === 'string' || parsed instanceof Uint8Array) return parsed as BodyInit;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  return /urlencoded/.test(contentType)
    ? new URLSearchParams(parsed as Record<string, string>).toString()
    : JSON.stringify(parsed);
}

/**
 * The request as it was sent to the server that the sandbox is mounted on. Express takes the mounting path off, by which the
 * sandbox knows where its payment pages are, and a body parser before the sandbox leaves no body to read.
 * @param runtime what the adapter passes beside the Web request.
 */
export function originalRequest(request: Request, runtime: readonly unknown[]): Request {
  const incoming = nodeRequestIn(runtime);
  if (!incoming) return request;
  const { originalUrl, body, readableDidRead } = incoming;
  const { origin, href } = new URL(request.url);
  const url = typeof originalUrl === 'string' ? origin + originalUrl : href;
  const written = readableDidRead ? bodyOf(body, request.headers.get('content-type') ?? '') : undefined;
  if (url === href && written === undefined) return request;
  const { method, headers, signal } = request;
  const init = { method, headers, signal, duplex: 'half', body: written ?? request.body };
  return new Request(url, /^(GET|HEAD)$/.test(method) ? { method, headers, signal } : init);
}
