import { request as overHttp, type IncomingHttpHeaders } from 'node:http';
import { request as overTls } from 'node:https';

/** What came back over the wire. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Message {
  method?: string;
  /** Sent as they are, those that a browser guards and `fetch` may refuse or add to included. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Never says that the body is over: the sender has more. */
  isUnfinished?: boolean;
  /** Breaks the connection off. */
  signal?: AbortSignal;
  /** The certificate that an https server must have, in PEM. */
  ca?: string;
}

/** How long an answer may take on a busy machine, in milliseconds. */
const PATIENCE_MS = 30_000;

/** Sends a request over a connection of its own. */
export function exchange(
  url: string,
  { body, isUnfinished, signal = AbortSignal.timeout(PATIENCE_MS), ...message }: Message = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? overTls : overHttp;
    // A forged `Host` is for the server alone; whose certificate it must be does not follow it.
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
