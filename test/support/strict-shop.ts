import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestRunnerCoreConfig } from '@web/test-runner';
import { createSandbox } from '../../src/sandbox/index.js';
import { createCheckoutHandler, createProvider } from '../../src/server/index.js';

type Middleware = NonNullable<TestRunnerCoreConfig['middleware']>[number];

const CDN = fileURLToPath(new URL('../../dist/cdn/', import.meta.url));

/** Answers a request of the test server with a fetch handler. */
export async function passTo(
  ctx: Parameters<Middleware>[0],
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  const response = await answer(
    new Request(ctx.href, {
      method: ctx.method,
      headers: Object.entries(ctx.headers).map(([name, value]) => [name, String(value)]),
      body: chunks.length ? Buffer.concat(chunks) : null,
    }),
  );
  ctx.status = response.status;
  response.headers.forEach((value, name) => ctx.set(name, value));
  ctx.body = Buffer.from(await response.arrayBuffer());
}

/** The policy of a shop's pages, by its header, and how the pages load the elements. */
interface Policy {
  csp: string;
  /** The script elements, with `{name}` for `hsa-checkout` or `hsa-checkout-status` and `{module}` for its module. */
  scripts: string;
}

const STRICT =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types";
const SCRIPT_TAG = '<script src="/dist/cdn/{name}.js" defer></script>';
const MODULE = '<script type="module" src="/src/{module}.ts"></script>';
/** A second copy of Lit, of another library's element, which loads first. */
const OTHERS = '<script type="module" src="/test/elements/pages/second-lit.js"></script>';

/** The policy that the guide prints. */
const PRINTED = `${STRICT} lit-html 'allow-duplicates'`;

export const POLICIES = {
  'script-tag': { csp: PRINTED, scripts: SCRIPT_TAG },
  modules: { csp: PRINTED, scripts: MODULE },
  /** A page with only one copy of Lit needs no `allow-duplicates`. */
  'one-lit': { csp: `${STRICT} lit-html`, scripts: SCRIPT_TAG },
  /** The script-tag file beside another library's copy of Lit. */
  'second-lit': { csp: PRINTED, scripts: OTHERS + SCRIPT_TAG },
  /** Pages whose policy does not allow Lit's Trusted Types policy. */
  'unlisted-script-tag': { csp: `${STRICT} 'none'`, scripts: SCRIPT_TAG },
  'unlisted-modules': { csp: `${STRICT} 'none'`, scripts: MODULE },
  /** Another library's copy of Lit has created the only policy of that name. */
  taken: { csp: `${STRICT} lit-html`, scripts: OTHERS + SCRIPT_TAG },
  nonce: {
    csp: "default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src 'self'",
    scripts: SCRIPT_TAG.replace('<script', '<script nonce="r4nd0m"'),
  },
  /** The script-tag file as a module. */
  module: { csp: PRINTED, scripts: '<script type="module" src="/dist/cdn/{name}.js"></script>' },
  /** Every file under another path than the page's. */
  elsewhere: { csp: PRINTED, scripts: '<script src="/shop/elsewhere/files/{name}.js"></script>' },
  /** The lazy files are missing at the first request, that of the dialog also at the next one, and exist at a new URL. */
  gone: { csp: PRINTED, scripts: '<script src="/shop/gone/files/{name}.js"></script>' },
  /** Checks the test itself: this policy forbids what the page does. */
  broken: { csp: PRINTED, scripts: '<script>document.title = "inline"</script>' },
} as const satisfies Record<string, Policy>;
export type PolicyName = keyof typeof POLICIES;

/** Reports violations and console errors to the frame's parent, which keeps the lists over all pages. */
const WATCH = `console.error = (text) => parent.errors?.push(text);
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  parent.violations.push([location.pathname, violatedDirective, blockedURI, sample].join(' '));
  parent.dispatchEvent(new Event('violation'));
});`;

const CART = {
  line_items: [{ product_id: 'bp-monitor', name: 'Monitor', price: 4995, quantity: 1, currency: 'USD' }],
};

/** The signed-in shopper. A guest's button has none. */
const SHOPPER = {
  customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
  shipping_info: {
    address_line_1: '12 Elm Street',
    city: 'Chicago',
    state: 'IL',
    postal_code: '60614',
    country: 'US',
  },
};

/** A script of the shop that loads late and then listens for the payment. */
const SLOW_MS = 500;
const SLOW = `document.addEventListener('DOMContentLoaded', () => {
  document.addEventListener('hsa-checkout-paid', ({ checkoutId }) => (document.title = checkoutId));
});`;

function pageOf(policy: PolicyName, page: 'cart' | 'return', lang: string): Response {
  const { csp, scripts } = POLICIES[policy];
  const [name, module, body] =
    page === 'cart'
      ? [
          'hsa-checkout',
          'index',
          `<hsa-checkout-button endpoint="/shop/${policy}/api">
            <script type="application/json">${JSON.stringify(CART)}</script><a href="/plain">Check out</a>
          </hsa-checkout-button>
          <hsa-eligibility-badge product-id="bp-monitor" endpoint="/shop/${policy}/api"></hsa-eligibility-badge>`,
        ]
      : [
          'hsa-checkout-status',
          'status',
          `<hsa-checkout-status endpoint="/shop/${policy}/api"></hsa-checkout-status>`,
        ];
  const nonce = policy === 'nonce' ? ' nonce="r4nd0m"' : '';
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>${page}</title>
    <script src="/shop/watch.js"${nonce}></script>${scripts.replace('{name}', name).replace('{module}', module)}${body}</html>`;
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp },
  });
}

/** A script-tag file at an address of this shop. */
async function fileOf(policy: string, { pathname, search }: URL): Promise<Response> {
  const [name] = /[\w.-]+$/.exec(pathname)!;
  // An optimizer joins scripts into one file and does not copy the lazy files.
  const joined =
    policy === 'joined' && { 'all.js': 'hsa-checkout.js', 'status.js': 'hsa-checkout-status.js' }[name];
  if (joined) return fileOf('', new URL(joined, 'https://shop.example'));
  const isGone = /\d\.js$/.test(name) && (!search || (name.includes('details') && search === '?retry=1'));
  const isMissing = policy === 'joined' || (policy === 'gone' && isGone);
  return isMissing
    ? new Response('', { status: 404 })
    : new Response(await readFile(CDN + name), { headers: { 'content-type': 'text/javascript' } });
}

/**
 * A small shop under `/shop/{policy}/` on the server of the browser tests: pages with real headers, the real handler and the
 * sandbox.
 */
export function strictShop(): Middleware {
  const sandbox = createSandbox({
    products: [
      {
        merchant_product_id: 'bp-monitor',
        name: 'Monitor',
        price: 4995,
        currency: 'USD',
        hsa_fsa_eligible: true,
      },
    ],
    webhookSecret: 'whsec_strict_shop',
  });
  let checkout: ReturnType<typeof createCheckoutHandler> | undefined;
  const handlerOf = (origin: string) =>
    createCheckoutHandler({
      provider: createProvider({
        apiKey: 'glm_test_strict_shop',
        environment: 'test',
        baseUrl: `${origin}/shop/v2`,
        fetch: (input, init) => sandbox.fetch(new Request(input, init)),
        checkoutHosts: [new URL(origin).host],
      }),
      secret: 'a secret of the strict shop',
      resolveCart: (cart, { request }) => ({
        ...(request.url.endsWith('?guest') ? cart : SHOPPER),
        line_items: CART.line_items,
      }),
      successUrl: ({ request }) => new URL('return', request.url).href,
      failureUrl: ({ request }) => new URL('cart', request.url).href,
      receipt: { shop: 'Strict shop' },
    });

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const { origin, pathname, searchParams } = url;
    const [, , policy, page] = pathname.split('/');
    if (pathname === '/shop/watch.js')
      return new Response(WATCH, { headers: { 'content-type': 'text/javascript' } });
    if (pathname === '/shop/slow.js') {
      await setTimeout(SLOW_MS);
      return new Response(SLOW, { headers: { 'content-type': 'text/javascript' } });
    }
    if (page === 'api') return (checkout ??= handlerOf(origin))(request);
    if (page === 'files') return fileOf(policy!, url);
    if (page === 'cart' || page === 'return')
      return pageOf(policy as PolicyName, page, searchParams.get('lang') ?? 'en');
    const { status, headers, body } = await sandbox.fetch(request);
    // The test shows the shop in a frame. The payment page forbids frames, so its header is removed.
    headers.delete('content-security-policy');
    return new Response(body, { status, headers });
  };

  return async (ctx, next) => {
    if (!ctx.path.startsWith('/shop/')) return next();
    await passTo(ctx, answer);
  };
}
