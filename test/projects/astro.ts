import { LIT_DEV_MODE } from './console.js';
import { mountedFiles } from './full-stack.js';
import type { FreshProject } from './project.js';
import { ASTRO } from './versions.js';

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <link rel="icon" href="data:," />
    <title>${title}</title>
  </head>
  <body>
${body}  </body>
</html>
`;

export const astro: FreshProject = {
  name: 'astro',
  packages: ASTRO,
  files: (addresses) => ({
    ...mountedFiles('Astro', addresses),
    'package.json': '{ "name": "shop", "private": true, "type": "module" }\n',
    'astro.config.mjs': `import { defineConfig } from 'astro/config';
import node from '@astrojs/node';

export default defineConfig({ adapter: node({ mode: 'standalone' }) });
`,
    'tsconfig.json':
      '{ "extends": "astro/tsconfigs/strict", "include": [".astro/types.d.ts", "**/*"], "exclude": ["dist"] }\n',
    'src/pages/index.astro': `---
const cart = { line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] };
---
${page(
  'Cart',
  `    <hsa-eligibility-badge product-id="bp-monitor" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
    <hsa-checkout-button endpoint="/api/hsa-checkout" checkout-hosts="${addresses.providerHost}" cart={JSON.stringify(cart)}>
      <a href="/checkout">Continue to checkout</a>
    </hsa-checkout-button>
    <script>
      import 'hsa-checkout-button';
    </script>
`,
)}`,
    'src/pages/thanks.astro': page(
      'Thank you',
      `    <hsa-checkout-status endpoint="/api/hsa-checkout" retry-href="/"></hsa-checkout-status>
    <script>
      import 'hsa-checkout-button/status';
    </script>
`,
    ),
  }),
  types: [['astro', 'check', '--minimumFailingSeverity', 'hint']],
  build: ['astro', 'build'],
  development: ({ port, shopUrl }) => [
    {
      command: ['node', '--env-file=.env', 'node_modules/.bin/astro', 'dev', '--port', String(port)],
      url: shopUrl,
    },
  ],
  production: ({ port, shopUrl }) => [
    {
      command: ['node', '--env-file=.env', 'dist/server/entry.mjs'],
      env: { HOST: 'localhost', PORT: String(port) },
      url: shopUrl,
    },
  ],
  rendersOnServer: true,
  developmentMessages: [LIT_DEV_MODE],
};
