import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** A server on a free port of this machine. */
export interface Loopback {
  /** Its origin, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves a fetch handler over real connections. If it rejects, the connection is reset, as by a broken network. */
export async function serveLoopback(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Loopback> {
  const server = createAdaptorServer({
    async fetch(request, { outgoing }) {
      try {
        return await fetch(request);
      } catch {
        outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
