import { request as overHttp, type IncomingHttpHeaders } from 'node:http';
import { request as overTls } from 'node:https';

/** A response. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Message {
  method?: string;
  /** Sent unchanged, also those that `fetch` does not let a caller set. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** True to keep the body open, as a sender that has more. */
  isUnfinished?: boolean;
  /** Aborts the connection. */
  signal?: AbortSignal;
  /** The certificate that an https server must have, in PEM. */
  ca?: string;
}

/** The longest time for a response on a busy machine, in milliseconds. */
const PATIENCE_MS = 30_000;

/** Sends a request over a connection of its own. */
export function exchange(
  url: string,
  { body, isUnfinished, signal = AbortSignal.timeout(PATIENCE_MS), ...message }: Message = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? overTls : overHttp;
    // The certificate is checked for the real host, also with a forged `Host` header.
    const request = send(url, { agent: false, servername: '', signal, ...message }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, text });
        if (isUnfinished) request.destroy();
      });
    });
    request.on('error', reject);
    if (isUnfinished) request.write(body);
    else request.end(body);
  });
}
