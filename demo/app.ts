import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Sandbox } from 'hsa-checkout-button/sandbox';
import { appScript, isApp } from './apps.js';
import type { Carts } from './carts.js';
import type { Orders } from './orders.js';
import { appCart, appPage } from './pages/app.js';
import { findProduct } from './catalogue.js';
import { cartPage } from './pages/cart.js';
import { cataloguePage, collectionPage } from './pages/catalogue.js';
import { missingPage } from './pages/missing.js';
import { ordersPage } from './pages/orders.js';
import { productPage } from './pages/product.js';
import { returnPage } from './pages/return.js';
import { statesPage } from './pages/states.js';
import { playgroundPage } from './playground/page.js';
import { COLLECTIONS } from './shop-product.js';

/** The parts of the shop. */
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

  // Mounted before the middleware for the pages' headers, because the handler and the sandbox set their own headers.
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
  // Every outcome of the payment page leads here. A form that could not start a checkout goes back to the cart.
  app.get('/return', (c) =>
    c.req.query('hsa_error') === undefined
      ? c.html(returnPage(carts.read(c)))
      : c.redirect(`/cart${new URL(c.req.url).search}`, 303),
  );
  app.get('/states', (c) => c.html(statesPage(carts.read(c))));
  app.get('/playground', (c) => c.html(playgroundPage()));
  app.get('/orders', (c) => c.html(ordersPage(carts.read(c), orders.list())));

  app.get('/apps/:app{(react|vue)\\.js}', async (c) => {
    const name = c.req.param('app').replace('.js', '');
    return isApp(name)
      ? c.body(await appScript(name), 200, { 'content-type': 'text/javascript; charset=utf-8' })
      : c.notFound();
  });
  app.get('/apps/cart', (c) => c.json(appCart(carts.read(c))));
  app.post('/apps/cart', async (c) => {
    const { product_id, quantity } = await c.req.parseBody();
    carts.set(c, String(product_id), Number(quantity));
    return c.json(appCart(carts.read(c)));
  });
  app.get('/apps/:app', (c) => {
    const name = c.req.param('app');
    return isApp(name) ? c.html(appPage(name, carts.read(c))) : c.notFound();
  });

  app.get('/collections/:id', (c, next) => {
    const collection = COLLECTIONS.find(({ id }) => id === c.req.param('id'));
    return collection ? c.html(collectionPage(carts.read(c), collection)) : next();
  });
  app.get('/products/:id', (c, next) => {
    const product = findProduct(c.req.param('id'));
    return product ? c.html(productPage(carts.read(c), product)) : next();
  });

  app.get('/cart', (c) => {
    c.header('cache-control', 'no-store');
    return c.html(cartPage(carts.read(c), c.req.query('hsa_error') !== undefined));
  });
  // Each change redirects to the cart's page. The pages' script reads the new cart from that page.
  app.post('/cart/add', async (c) => {
    const { product_id, quantity = 1 } = await c.req.parseBody();
    carts.add(c, String(product_id), Number(quantity));
    return c.redirect('/cart', 303);
  });
  app.post('/cart/set', async (c) => {
    const { product_id, quantity } = await c.req.parseBody();
    carts.set(c, String(product_id), Number(quantity));
    return c.redirect('/cart', 303);
  });
  app.post('/cart/clear', (c) => {
    carts.clear(c);
    return c.redirect('/cart', 303);
  });

  app.get('/playground.js', serveStatic({ root: folder('../dist/site') }));
  app.use('/cdn/*', serveStatic({ root: folder('../dist') }));
  app.use('/*', serveStatic({ root: folder('./public') }));
  app.notFound((c) => c.html(missingPage(carts.read(c)), 404));
  return app;
}
