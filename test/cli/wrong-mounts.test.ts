import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import express, { type Express } from 'express';
import { openShop, WEBHOOK_SECRET } from '../server/fixtures.js';
import { createIdentity, listen, takeHeadersOff, type Listening } from '../server/http/proxy.js';
import { freePort } from '../support/free-port.js';
import { runCommand } from './run-command.js';

const PATH = '/api/hsa-checkout';
const SPA = '<!doctype html><title>Shop</title><div id="app"></div>';
/** Moves the clock of a process an hour ahead. */
const AN_HOUR_AHEAD = `--import=data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() + 3_600_000;')}`;

/** The handler for Express, and an app to mount it in. */
function shop(mount: (app: Express, checkout: RequestListener) => void): RequestListener {
  const app = express();
  const { handler } = openShop({ origins: ['https://shop.example'] });
  const listener = getRequestListener(handler);
  mount(app, (request, response) => void listener(request, response));
  return app;
}
const mounted = () => shop((app, checkout) => app.use(PATH, checkout));

/** Serves for as long as a test. */
async function serve(t: TestContext, starting: Promise<Listening>): Promise<Listening> {
  const server = await starting;
  t.after(() => server.close());
  return server;
}

/** Serves an app. Returns its origin. */
async function open(t: TestContext, listener: RequestListener, isTls = false): Promise<string> {
  return (await serve(t, listen(listener, isTls ? createIdentity() : undefined))).url;
}

/** Serves a shop behind a proxy that drops a header. Returns the proxy's origin. */
async function without(t: TestContext, header: string): Promise<string> {
  const shop = await serve(t, listen(mounted()));
  return (await serve(t, takeHeadersOff(shop, header))).url;
}

/** A mistake in a setup, the message and the fix that the command prints, and how it is run. */
interface Mistake {
  title: string;
  /** Starts the shop. Returns the endpoint. */
  start(t: TestContext): Promise<string>;
  cause: RegExp;
  fix: RegExp;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** False if the handler is not reached, so that no policy is printed. */
  isReached?: false;
}

const USE = /Mount the handler at \/api\/hsa-checkout and all paths below/;

const MISTAKES: Mistake[] = [
  {
    title: 'a body parser before the handler',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.use(express.json()).use(PATH, checkout)),
      )) + PATH,
    cause: /something read the body before the handler/,
    fix: /express\.json\(\{ verify: \(req, res, bytes\) => \{ req\.rawBody = bytes \} \}\)/,
  },
  {
    title: 'a parser whose result is written again as the body',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) =>
          app.use(express.json()).use(PATH, (req: express.Request & { rawBody?: string }, res) => {
            req.rawBody = JSON.stringify(req.body);
            checkout(req, res);
          }),
        ),
      )) + PATH,
    cause: /something read the body before the handler/,
    fix: /mount the handler before express\.json\(\)/i,
  },
  {
    title: 'no routes below the endpoint',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.all(PATH, checkout)),
      )) + PATH,
    cause: /\/eligibility gets a page \(404\): it does not reach the handler/,
    fix: USE,
  },
  {
    title: 'no routes below the endpoint, and a page for every other path',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.all(PATH, checkout).use((_, res) => void res.send(SPA))),
      )) + PATH,
    cause: /\/eligibility gets a page \(200\): it does not reach the handler/,
    fix: USE,
  },
  {
    title: 'a route for POST only',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.post(PATH, checkout).post(`${PATH}/*path`, checkout)),
      )) + PATH,
    args: ['--origin', 'https://shop.example'],
    cause: /GET gets a page \(404\): it does not reach the handler/,
    fix: /for every method/,
  },
  {
    title: 'a route for POST only, and a page for every GET',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) =>
          app
            .post(PATH, checkout)
            .post(`${PATH}/*path`, checkout)
            .get('*path', (_, res) => void res.send(SPA)),
        ),
      )) + PATH,
    cause: /GET gets a page \(200\): it does not reach the handler/,
    fix: /for every method/,
  },
  {
    title: 'another webhook secret',
    start: async (t) => (await open(t, mounted())) + PATH,
    env: { HSA_WEBHOOK_SECRET: 'whsec_of_another_shop' },
    cause: /its secret is not webhookSecret/,
    fix: /webhookSecret: process\.env\.HSA_WEBHOOK_SECRET/,
  },
  {
    title: 'a proxy that drops the signature',
    start: async (t) => (await without(t, 'x-gale-signature')) + PATH,
    cause: /no X-Gale-Signature and no bearer came with it/,
    fix: /proxy_set_header X-Gale-Signature \$http_x_gale_signature;/,
  },
  {
    title: 'a proxy that drops the signature, with no secret in the environment',
    start: async (t) => (await without(t, 'x-gale-signature')) + PATH,
    env: { HSA_WEBHOOK_SECRET: '' },
    cause: /no X-Gale-Signature and no bearer came with it/,
    fix: /proxy_set_header X-Gale-Signature \$http_x_gale_signature;/,
  },
  {
    title: 'a proxy that drops Sec-Fetch-Site',
    start: async (t) => (await without(t, 'sec-fetch-site')) + PATH,
    args: ['--mode', 'test'],
    cause: /own origin is refused/,
    fix: /proxy_set_header Sec-Fetch-Site \$http_sec_fetch_site;/,
  },
  {
    title: 'the origin of a shop that is not listed',
    start: async (t) => (await open(t, mounted())) + PATH,
    args: ['--origin', 'https://www.shop.example'],
    cause: /https:\/\/www\.shop\.example is not in origins/,
    fix: /origins: \['https:\/\/www\.shop\.example'\]/,
  },
  {
    title: 'CORS middleware before the handler',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) =>
          app
            .use((req, res, next) => {
              res.set({ 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
              if (req.method === 'OPTIONS') res.status(204).end();
              else next();
            })
            .use(PATH, checkout),
        ),
      )) + PATH,
    args: ['--origin', 'https://shop.example'],
    cause: /other CORS middleware/,
    fix: /app\.use\(cors\(\)\)/,
  },
  {
    title: 'a wrong path, with the handler at the path of the guides',
    start: async (t) => `${await open(t, mounted())}/hsa-checkout`,
    cause: /POST gets a page \(404\): the handler is at \/api\/hsa-checkout/,
    fix: /endpoint="\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    title: 'a path with no handler',
    start: async (t) =>
      `${await open(
        t,
        shop((app, checkout) => app.use('/shop/pay', checkout)),
      )}${PATH}`,
    cause: /POST gets a page \(404\): it does not reach the handler/,
    fix: USE,
    isReached: false,
  },
  {
    title: 'the address of the webhook instead of the endpoint',
    start: async (t) => `${await open(t, mounted())}${PATH}/webhook`,
    cause: /\/webhook is a path below the endpoint/,
    fix: /endpoint="\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    title: 'http at a server that speaks https',
    start: async (t) => (await open(t, mounted(), true)).replace('https:', 'http:') + PATH,
    cause: /127\.0\.0\.1:\d+ speaks https, not http/,
    fix: /endpoint="https:\/\/127\.0\.0\.1:\d+\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    title: 'https at a server that speaks http',
    start: async (t) => (await open(t, mounted())).replace('http:', 'https:') + PATH,
    cause: /127\.0\.0\.1:\d+ speaks http, not https/,
    fix: /endpoint="http:\/\/127\.0\.0\.1:\d+\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    title: 'a port that nothing listens on',
    start: async () => `http://localhost:${await freePort()}${PATH}`,
    cause: /nothing listens at localhost:\d+/,
    fix: /Start the server, and check the port/,
    isReached: false,
  },
  {
    title: 'a port that no browser connects to',
    start: () => Promise.resolve(`http://localhost:6000${PATH}`),
    cause: /browsers refuse port 6000/,
    fix: /Serve it on another port/,
    isReached: false,
  },
  {
    title: 'a name that does not resolve',
    start: () => Promise.resolve(`https://shop.invalid${PATH}`),
    cause: /the name shop\.invalid does not resolve/,
    fix: /DNS/,
    isReached: false,
  },
  {
    title: 'a certificate that browsers do not accept',
    start: async (t) => (await open(t, mounted(), true)) + PATH,
    cause: /no certificate that browsers accept \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    fix: /valid certificate for 127\.0\.0\.1/,
    isReached: false,
  },
  {
    title: 'a page for every path',
    start: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.send(SPA))),
      )) + PATH,
    cause: /POST gets a page \(200\): it does not reach the handler/,
    fix: USE,
    isReached: false,
  },
  {
    title: 'a login page to which everything is redirected',
    start: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => res.redirect('/login?next=1'))),
      )) + PATH,
    cause: /redirects \(302\) to http:\/\/127\.0\.0\.1:\d+\/login/,
    fix: /Let \/api\/hsa-checkout and everything below through without a login/,
    isReached: false,
  },
  {
    title: 'a login before everything',
    start: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.status(401).json({ error: 'login' }))),
      )) + PATH,
    cause: /something in front of the handler refuses it \(401\)/,
    fix: /Let \/api\/hsa-checkout and everything below through without a login/,
    isReached: false,
  },
  {
    title: 'a CSRF check before everything',
    start: async (t) =>
      (await open(
        t,
        shop((app, checkout) =>
          app
            .use((req, res, next) => {
              if (req.method === 'POST') res.status(403).send('invalid csrf token');
              else next();
            })
            .use(PATH, checkout),
        ),
      )) + PATH,
    cause: /something in front of the handler refuses it \(403\)/,
    fix: /CSRF check/,
    isReached: false,
  },
  {
    title: 'a server that fails at every request',
    start: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.status(500).json({ error: 'no database' }))),
      )) + PATH,
    cause: /500 instead of the handler/,
    fix: /server's log/,
    isReached: false,
  },
  {
    title: 'a clock that is an hour ahead',
    start: async (t) => (await open(t, mounted())) + PATH,
    env: { NODE_OPTIONS: AN_HOUR_AHEAD },
    cause: /the clocks are too far apart/,
    fix: /timedatectl set-ntp true/,
  },
];

describe('the command, for an endpoint with one mistake', () => {
  for (const { title, start, cause, fix, args = [], env, isReached = true } of MISTAKES)
    it(`prints it once, with the fix: ${title}`, async (t) => {
      const endpoint = await start(t);
      const { code, out } = await runCommand(['doctor', endpoint, ...args], {
        HSA_WEBHOOK_SECRET: WEBHOOK_SECRET,
        ...env,
      });
      assert.equal(code, 1, out);
      assert.match(out, /^1 thing is wrong\.$/m, out);
      const [, message, printedFix, ...more] = /^✖ (.*)\n +→ (.*)$/m.exec(out) ?? [];
      assert.deepEqual(more, []);
      assert.match(message!, cause, out);
      assert.match(printedFix!, fix, out);
      assert.equal(out.match(/^✖/gm)?.length, 1, out);
      assert.doesNotMatch(out, /no code|whsec_/);
      assert.equal(/Content-Security-Policy/.test(out), isReached, out);
    });
});
