import { nodeRequestIn } from '../core/index.js';

/** Serialises a parsed body again. Undefined if no body was parsed. */
function bodyOf(parsed: unknown, contentType: string): BodyInit | undefined {
  if (typeof parsed === 'string' || parsed instanceof Uint8Array) return parsed as BodyInit;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  return /urlencoded/.test(contentType)
    ? new URLSearchParams(parsed as Record<string, string>).toString()
    : JSON.stringify(parsed);
}

/**
 * Restores the request as the server got it. Express removes the mounting path, which the sandbox needs for the URLs of its
 * payment pages. A body parser that runs before the sandbox consumes the body.
 * @param runtime the other arguments that the adapter passes with the Web request.
 */
export function originalRequest(request: Request, runtime: readonly unknown[]): Request {
  const incoming = nodeRequestIn(runtime);
  if (!incoming) return request;
  const { originalUrl, body, readableDidRead } = incoming;
  const { origin, href } = new URL(request.url);
  const url = typeof originalUrl === 'string' ? origin + originalUrl : href;
  const restoredBody = readableDidRead ? bodyOf(body, request.headers.get('content-type') ?? '') : undefined;
  if (url === href && restoredBody === undefined) return request;
  const { method, headers, signal } = request;
  const init = { method, headers, signal, duplex: 'half', body: restoredBody ?? request.body };
  return new Request(url, /^(GET|HEAD)$/.test(method) ? { method, headers, signal } : init);
}
