import { request as overHttp, type IncomingHttpHeaders, type RequestOptions } from 'node:http';

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
}

/** How long an answer may take on a busy machine, in milliseconds; Next compiles a route at its first request. */
const PATIENCE_MS = 30_000;

/** Sends a request over a connection of its own. `send` is `https.request` for a TLS server. */
export function exchange(
  url: string,
  { method = 'GET', headers = {}, body }: Message = {},
  send: typeof overHttp = overHttp,
  more: RequestOptions & { ca?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      { method, headers, agent: false, signal: AbortSignal.timeout(PATIENCE_MS), ...more },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
