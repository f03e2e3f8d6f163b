import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  createServer,
  request as overHttp,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createTlsServer, request as overTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf, type Program } from '../../support/programs.js';

/** The program that makes the certificate of the proxy that ends TLS. */
export const OPENSSL: Program = {
  name: 'openssl',
  env: 'OPENSSL_PATH',
  places: () => ['/usr/bin/openssl', '/usr/local/bin/openssl', '/opt/homebrew/bin/openssl'],
  debianPackage: 'openssl',
};

/** A server on this machine. */
export interface Listening {
  /** Its origin, without a slash at the end. */
  url: string;
  /** Its certificate in PEM, if it uses TLS. */
  ca?: string;
  close(): Promise<void>;
}

/** A key and a self-signed certificate for 127.0.0.1, in PEM. */
interface Identity {
  key: string;
  cert: string;
}

/** Creates a new key and certificate. */
export function createIdentity(): Identity {
  const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(pathOf(OPENSSL), ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], {
      stdio: 'pipe',
    });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Starts a server on a free port of this machine. */
export async function listen(listener: RequestListener, identity?: Identity): Promise<Listening> {
  const server: Server = identity ? createTlsServer(identity, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${identity ? 'https' : 'http'}://127.0.0.1:${port}`,
    ...(identity && { ca: identity.cert }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Changes the path and the headers of a request on its way. */
type Rewrite = (path: string, headers: IncomingHttpHeaders) => [path: string, IncomingHttpHeaders];

/** Forwards every request to a server, and its response back. */
const forwardTo =
  ({ url, ca }: Listening, rewrite: Rewrite): RequestListener =>
  (incoming, outgoing) => {
    const [path, headers] = rewrite(incoming.url!, incoming.headers);
    const send = url.startsWith('https:') ? overTls : overHttp;
    const forwarded = send(url + path, { method: incoming.method, headers, agent: false, ca }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  };

/** The public host of the shop. */
export const SHOP_HOST = 'shop.example';

/**
 * A proxy that ends TLS, like a load balancer: the server behind it sees plain http. It forwards `Host` and the caller's own
 * `X-Forwarded-*` unchanged, as an unsafe configuration does.
 */
export const endTls = (behind: Listening, identity: Identity): Promise<Listening> =>
  listen(
    forwardTo(behind, (path, headers) => [
      path,
      {
        'x-forwarded-proto': 'https',
        'x-forwarded-host': SHOP_HOST,
        'x-forwarded-for': '192.0.2.7',
        ...headers,
      },
    ]),
    identity,
  );

/** A proxy that removes some headers of each request. */
export const takeHeadersOff = (behind: Listening, ...names: string[]): Promise<Listening> =>
  listen(
    forwardTo(behind, (path, headers) => [
      path,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
    ]),
  );

/** The path of the proxy in the shop. `ENDPOINT_PATH` is the path of the endpoint in the app. */
export const PROXY_PATH = '/apps/hsa';
const ENDPOINT_PATH = '/api/hsa-checkout';

/**
 * Shopify's app proxy (docs: "About app proxies"). It forwards a path of the shop to the app's endpoint, adds parameters to the
 * query and removes cookies. The handler does not verify its `signature`; `verifyAppProxy` does.
 */
export const openAppProxy = (app: Listening, identity: Identity): Promise<Listening> =>
  listen(
    forwardTo(app, (from, { host: _, cookie: __, ...headers }) => {
      const { pathname, searchParams } = new URL(from, 'https://any.example');
      const added = {
        shop: 'an-example.myshopify.com',
        logged_in_customer_id: '',
        path_prefix: PROXY_PATH,
        timestamp: String(Math.floor(Date.now() / 1000)),
        signature: 'a'.repeat(64),
      };
      for (const [name, value] of Object.entries(added)) searchParams.set(name, value);
      return [
        `${pathname.replace(PROXY_PATH, ENDPOINT_PATH)}?${searchParams}`,
        { ...headers, 'x-forwarded-host': SHOP_HOST, 'x-forwarded-for': '192.0.2.7' },
      ];
    }),
    identity,
  );
