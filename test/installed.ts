import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { chromium } from 'playwright-core';
import { ROOT } from './runtimes/project.js';
import { startRuntime } from './runtimes/runtime.js';
import { chromiumPath } from './support/browsers.js';
import { freePort } from './support/free-port.js';

/* Part of npm run verify: the packed package in new projects, as a merchant has them. */

type Run = (args: string[], cwd: string) => Promise<void>;

const CART = `{ line_items: [
  { product_id: 'a', price: 4995, quantity: 1, hsa_fsa_eligible: true },
  { product_id: 'b', price: 1999, quantity: 2, hsa_fsa_eligible: false },
] }`;
const SPLIT = /\$49\.95 of \$89\.93 may be paid with HSA\/FSA/;
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

interface Shop {
  /** The project's other packages. */
  needs: string[];
  files: Record<string, string>;
  /** The command that builds it, if any, and the folder to serve. */
  build?: string[];
  folder?: string;
  /** The project's own command that serves it. */
  serve?: (port: number) => string[];
}

const REACT = `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { CheckoutButton } from 'hsa-checkout-button/react';
createRoot(document.getElementById('app')).render(createElement(CheckoutButton, { endpoint: '/api', cart: ${CART} }));`;
const VUE = `import { createApp, h } from 'vue';
import { CheckoutButton } from 'hsa-checkout-button/vue';
createApp({ render: () => h(CheckoutButton, { endpoint: '/api', cart: ${CART} }) }).mount('#app');`;
const NEXT = `import { CheckoutButton } from 'hsa-checkout-button/react';
export default function Page() {
  return <CheckoutButton endpoint="/api" cart={${CART}}><a href="/checkout">Continue to checkout</a></CheckoutButton>;
}`;
const page = (body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
const VITE = { 'index.html': page('<div id="app"></div><script type="module" src="/main.js"></script>') };

const SHOPS: Record<string, Shop> = {
  'Vite and React': {
    needs: ['vite', 'react', 'react-dom'],
    files: { ...VITE, 'main.js': REACT },
    build: ['vite', 'build'],
    folder: 'dist',
  },
  'Vite and Vue': {
    needs: ['vite', 'vue'],
    files: { ...VITE, 'main.js': VUE },
    build: ['vite', 'build'],
    folder: 'dist',
  },
  'Next with its app router': {
    needs: ['next', 'react', 'react-dom'],
    files: {
      'app/layout.jsx':
        'export default ({ children }) => <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;',
      'app/page.jsx': NEXT,
    },
    build: ['next', 'build'],
    serve: (port) => ['start', '--hostname', '127.0.0.1', '--port', String(port)],
  },
  'plain HTML': {
    needs: [],
    files: {
      'index.html': page(
        `<script src="/node_modules/hsa-checkout-button/dist/cdn/hsa-checkout.js" defer></script>
        <hsa-checkout-button endpoint="/api" id="b"></hsa-checkout-button><script>document.getElementById('b').cart = ${CART}</script>`,
      ),
    },
    folder: '.',
  },
};

/** Serves a folder on a free port of this machine. */
async function serveFolder(root: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createAdaptorServer({ fetch: new Hono().use('/*', serveStatic({ root })).fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: async () => void server.close() };
}

/** Opens a shop and presses the button. @throws if the button has the wrong text, or the console has an error. */
async function visit(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await tab.goto(url);
    await tab.getByText(SPLIT).waitFor();
    const requested = tab.waitForRequest(
      (request) => request.url().endsWith('/api') && request.method() === 'POST',
    );
    if (complaints.length) throw new Error(complaints.join('\n'));
    await tab.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await requested;
  } finally {
    await browser.close();
  }
}

/** Installs the tarball in each kind of project, builds it, opens it in a browser and presses the button. */
export async function verifyInstalled(tarball: string, npm: Run, node: Run): Promise<void> {
  // Without Next's telemetry.
  process.env['NEXT_TELEMETRY_DISABLED'] = '1';
  for (const [name, { needs, files, build, folder, serve }] of Object.entries(SHOPS)) {
    console.log(`\nThe package in a fresh project: ${name}`);
    const cwd = mkdtempSync(join(tmpdir(), 'hsa-checkout-installed-'));
    try {
      for (const [file, text] of Object.entries({
        'package.json': '{ "private": true, "type": "module" }',
        ...files,
      })) {
        mkdirSync(dirname(join(cwd, file)), { recursive: true });
        writeFileSync(join(cwd, file), text);
      }
      const packages = needs.map((need) => `${need}@${devDependencies[need]}`);
      await npm(['install', tarball, ...packages, '--no-audit', '--no-fund', '--silent'], cwd);
      if (build) await node([join(cwd, 'node_modules/.bin', build[0]!), ...build.slice(1)], cwd);
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/`;
      const shop = serve
        ? {
            url,
            ...(await startRuntime(join(cwd, 'node_modules/.bin', build![0]!), serve(port), {
              cwd,
              env: {},
              url,
            })),
          }
        : await serveFolder(join(cwd, folder!));
      try {
        if (serve) {
          const html = await (await fetch(shop.url)).text();
          if (!/<hsa-checkout-button[^>]*endpoint="\/api"[^>]*><a href="\/checkout">/.test(html))
            throw new Error(`The server does not render the tag with its fallback\n${html}`);
        }
        await visit(shop.url);
        console.log('  ✔ the button shows the cart, and asks the endpoint');
      } finally {
        await shop.stop();
      }
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }
}
