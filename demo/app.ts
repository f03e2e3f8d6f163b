import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Sandbox } from 'hsa-checkout-button/sandbox';
import { appScript, isApp } from './apps.js';
import type { Carts } from './carts.js';
import type { Orders } from './orders.js';
import { appPage } from './pages/app.js';
import { cartPage, cartState } from './pages/cart.js';
import { cataloguePage } from './pages/catalogue.js';
import { missingPage } from './pages/missing.js';
import { ordersPage } from './pages/orders.js';
import { returnPage } from './pages/return.js';
import { statesPage } from './pages/states.js';

/** What the shop is made of. */
export interface Parts {
  carts: Carts;
  orders: Orders;
  /** The handler of `createCheckoutHandler`. */
  checkout: (request: Request) => Promise<Response>;
  sandbox: Sandbox;
}

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const NONE = ["'none'"];
const SELF = ["'self'"];

/** The shop's routes. */
export function createApp({ carts, orders, checkout, sandbox }: Parts): Hono {
  const app = new Hono();

  // Before the pages' own headers: these two bring theirs.
  app.all('/api/hsa-checkout', (c) => checkout(c.req.raw));
  app.all('/api/hsa-checkout/*', (c) => checkout(c.req.raw));
  app.all('/sandbox/*', (c) => sandbox.fetch(c.req.raw));

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: NONE,
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: ["'self'", 'data:'],
        connectSrc: SELF,
        formAction: SELF,
        baseUri: NONE,
        frameAncestors: NONE,
      },
      referrerPolicy: 'strict-origin-when-cross-origin',
      // The demo is on plain http.
      strictTransportSecurity: false,
    }),
  );

  app.get('/', (c) => c.html(cataloguePage(carts.read(c))));
  app.get('/return', (c) => c.html(returnPage(carts.read(c))));
  app.get('/states', (c) => c.html(statesPage(carts.read(c))));
  app.get('/orders', (c) => c.html(ordersPage(carts.read(c), orders.list())));

  app.get('/apps/:app{(react|vue)\\.js}', async (c) => {
    const name = c.req.param('app').replace('.js', '');
    return isApp(name)
      ? c.body(await appScript(name), 200, { 'content-type': 'text/javascript; charset=utf-8' })
      : c.notFound();
  });
  app.get('/apps/:app', (c) => {
    const name = c.req.param('app');
    return isApp(name) ? c.html(appPage(name, carts.read(c))) : c.notFound();
  });

  // A form gets its page, a script the new state.
  const wantsState = (c: Context) => c.req.header('accept') === 'application/json';
  const changed = (c: Context) =>
    wantsState(c) ? c.json(cartState(carts.read(c))) : c.redirect('/cart', 303);
  app.get('/cart', (c) => {
    c.header('cache-control', 'no-store');
    c.header('vary', 'accept');
    const cart = carts.read(c);
    return wantsState(c)
      ? c.json(cartState(cart))
      : c.html(cartPage(cart, c.req.query('hsa_error') !== undefined));
  });
  app.post('/cart/add', async (c) => {
    const { product_id } = await c.req.parseBody();
    carts.add(c, String(product_id));
    return changed(c);
  });
  app.post('/cart/set', async (c) => {
    const { product_id, quantity } = await c.req.parseBody();
    carts.set(c, String(product_id), Number(quantity));
    return changed(c);
  });
  app.post('/cart/clear', (c) => {
    carts.clear(c);
    return changed(c);
  });

  app.use('/cdn/*', serveStatic({ root: folder('../dist') }));
  app.use('/*', serveStatic({ root: folder('./public') }));
  app.notFound((c) => c.html(missingPage(carts.read(c)), 404));
  return app;
}
