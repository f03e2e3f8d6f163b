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
/** Moves the clock of a process an hour ahead, as a machine without NTP may be. */
const AN_HOUR_AHEAD = `--import=data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() + 3_600_000;')}`;

/** The handler for Express, and an app to mount it in. */
function shop(mount: (app: Express, checkout: RequestListener) => void): RequestListener {
  const app = express();
  const { handler } = openShop({ origins: ['https://shop.example'] });
  const listener = getRequestListener(handler);
  mount(app, (request, response) => void listener(request, response));
  return app;
}
const right = () => shop((app, checkout) => app.use(PATH, checkout));

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

/** Serves a shop behind a proxy that takes a header off. Returns the proxy's origin. */
async function without(t: TestContext, header: string): Promise<string> {
  const shop = await serve(t, listen(right()));
  return (await serve(t, takeHeadersOff(shop, header))).url;
}

/** One mistake: how the shop is set up, what names the cause, the line to write, and how the command is called. */
interface Mistake {
  what: string;
  at(t: TestContext): Promise<string>;
  cause: RegExp;
  fix: RegExp;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** Whether the handler was reached, so that there is a page to give a policy to. */
  isReached?: false;
}

const USE =
  /app\.use\('\/api\/hsa-checkout', …\) in Express, app\.all\('\/api\/hsa-checkout\/\*', …\) elsewhere/;

const MISTAKES: Mistake[] = [
  {
    what: 'a body parser before the handler',
    at: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.use(express.json()).use(PATH, checkout)),
      )) + PATH,
    cause: /something read the body before the handler/,
    fix: /express\.json\(\{ verify: \(req, res, bytes\) => \{ req\.rawBody = bytes \} \}\)/,
  },
  {
    what: 'a parser that writes the body again on its way',
    at: async (t) =>
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
    what: 'no routes below the endpoint',
    at: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.all(PATH, checkout)),
      )) + PATH,
    cause: /\/eligibility gets a page \(404\): it does not reach the handler/,
    fix: USE,
  },
  {
    what: 'no routes below the endpoint, where a page answers every other path',
    at: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.all(PATH, checkout).use((_, res) => void res.send(SPA))),
      )) + PATH,
    cause: /\/eligibility gets a page \(200\): it does not reach the handler/,
    fix: USE,
  },
  {
    what: 'POST alone',
    at: async (t) =>
      (await open(
        t,
        shop((app, checkout) => app.post(PATH, checkout).post(`${PATH}/*path`, checkout)),
      )) + PATH,
    args: ['--origin', 'https://shop.example'],
    cause: /GET gets a page \(404\): it does not reach the handler/,
    fix: /for every method/,
  },
  {
    what: 'POST alone, where a page answers every GET',
    at: async (t) =>
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
    what: 'another webhook secret',
    at: async (t) => (await open(t, right())) + PATH,
    env: { HSA_WEBHOOK_SECRET: 'whsec_of_another_shop' },
    cause: /its secret is not webhookSecret/,
    fix: /webhookSecret: process\.env\.HSA_WEBHOOK_SECRET/,
  },
  {
    what: 'a proxy that takes the signature off',
    at: async (t) => (await without(t, 'x-gale-signature')) + PATH,
    cause: /no X-Gale-Signature and no bearer came with it/,
    fix: /proxy_set_header X-Gale-Signature \$http_x_gale_signature;/,
  },
  {
    what: 'a proxy that takes the signature off, with no secret to sign with',
    at: async (t) => (await without(t, 'x-gale-signature')) + PATH,
    env: { HSA_WEBHOOK_SECRET: '' },
    cause: /no X-Gale-Signature and no bearer came with it/,
    fix: /proxy_set_header X-Gale-Signature \$http_x_gale_signature;/,
  },
  {
    what: 'a proxy that takes Sec-Fetch-Site off',
    at: async (t) => (await without(t, 'sec-fetch-site')) + PATH,
    args: ['--mode', 'test'],
    cause: /own origin is refused/,
    fix: /proxy_set_header Sec-Fetch-Site \$http_sec_fetch_site;/,
  },
  {
    what: 'the origin of a shop that is not listed',
    at: async (t) => (await open(t, right())) + PATH,
    args: ['--origin', 'https://www.shop.example'],
    cause: /https:\/\/www\.shop\.example is not in origins/,
    fix: /origins: \['https:\/\/www\.shop\.example'\]/,
  },
  {
    what: 'CORS middleware before the handler',
    at: async (t) =>
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
    what: 'another path, where the handler is at that of the guides',
    at: async (t) => `${await open(t, right())}/hsa-checkout`,
    cause: /POST gets a page \(404\): the handler is at \/api\/hsa-checkout/,
    fix: /endpoint="\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    what: 'a path with nothing at it',
    at: async (t) =>
      `${await open(
        t,
        shop((app, checkout) => app.use('/shop/pay', checkout)),
      )}${PATH}`,
    cause: /POST gets a page \(404\): it does not reach the handler/,
    fix: USE,
    isReached: false,
  },
  {
    what: 'the address of the webhook in place of the endpoint',
    at: async (t) => `${await open(t, right())}${PATH}/webhook`,
    cause: /\/webhook is a part of the endpoint/,
    fix: /endpoint="\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    what: 'http, where the server speaks https',
    at: async (t) => (await open(t, right(), true)).replace('https:', 'http:') + PATH,
    cause: /127\.0\.0\.1:\d+ speaks https, not http/,
    fix: /endpoint="https:\/\/127\.0\.0\.1:\d+\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    what: 'https, where the server speaks http',
    at: async (t) => (await open(t, right())).replace('http:', 'https:') + PATH,
    cause: /127\.0\.0\.1:\d+ speaks http, not https/,
    fix: /endpoint="http:\/\/127\.0\.0\.1:\d+\/api\/hsa-checkout"/,
    isReached: false,
  },
  {
    what: 'a port that nothing listens on',
    at: async () => `http://localhost:${await freePort()}${PATH}`,
    cause: /nothing listens at localhost:\d+/,
    fix: /Start the server, and check the port/,
    isReached: false,
  },
  {
    what: 'a port that no browser connects to',
    at: () => Promise.resolve(`http://localhost:6000${PATH}`),
    cause: /browsers refuse port 6000/,
    fix: /Serve it on another port/,
    isReached: false,
  },
  {
    what: 'a name that leads nowhere',
    at: () => Promise.resolve(`https://shop.invalid${PATH}`),
    cause: /the name shop\.invalid leads nowhere/,
    fix: /DNS/,
    isReached: false,
  },
  {
    what: 'a certificate that browsers do not accept',
    at: async (t) => (await open(t, right(), true)) + PATH,
    cause: /no certificate that browsers accept \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    fix: /valid certificate for 127\.0\.0\.1/,
    isReached: false,
  },
  {
    what: 'a page that answers everything',
    at: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.send(SPA))),
      )) + PATH,
    cause: /POST gets a page \(200\): it does not reach the handler/,
    fix: USE,
    isReached: false,
  },
  {
    what: 'a login page to which everything is redirected',
    at: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => res.redirect('/login?next=1'))),
      )) + PATH,
    cause: /redirects \(302\) to http:\/\/127\.0\.0\.1:\d+\/login/,
    fix: /Let \/api\/hsa-checkout and everything below through without a login/,
    isReached: false,
  },
  {
    what: 'a login in front',
    at: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.status(401).json({ error: 'login' }))),
      )) + PATH,
    cause: /something in front refuses it \(401\)/,
    fix: /Let \/api\/hsa-checkout and everything below through without a login/,
    isReached: false,
  },
  {
    what: 'a CSRF check before everything',
    at: async (t) =>
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
    cause: /something in front refuses it \(403\)/,
    fix: /CSRF check/,
    isReached: false,
  },
  {
    what: 'a server that fails at every request',
    at: async (t) =>
      (await open(
        t,
        shop((app) => app.use((_, res) => void res.status(500).json({ error: 'no database' }))),
      )) + PATH,
    cause: /500 came/,
    fix: /server's log/,
    isReached: false,
  },
  {
    what: 'a clock that is an hour off',
    at: async (t) => (await open(t, right())) + PATH,
    env: { NODE_OPTIONS: AN_HOUR_AHEAD },
    cause: /the clocks are too far apart/,
    fix: /timedatectl set-ntp true/,
  },
];

describe('the command, at an endpoint with one mistake', () => {
  for (const { what, at, cause, fix, args = [], env, isReached = true } of MISTAKES)
    it(`names it once, with the line to write: ${what}`, async (t) => {
      const endpoint = await at(t);
      const { code, out } = await runCommand(['doctor', endpoint, ...args], {
        HSA_WEBHOOK_SECRET: WEBHOOK_SECRET,
        ...env,
      });
      assert.equal(code, 1, out);
      assert.match(out, /^1 thing is wrong\.$/m, out);
      const [, says, next, ...more] = /^✖ (.*)\n +→ (.*)$/m.exec(out) ?? [];
      assert.deepEqual(more, []);
      assert.match(says!, cause, out);
      assert.match(next!, fix, out);
      assert.equal(out.match(/^✖/gm)?.length, 1, out);
      assert.doesNotMatch(out, /no code|whsec_/);
      assert.equal(/Content-Security-Policy/.test(out), isReached, out);
    });
});
