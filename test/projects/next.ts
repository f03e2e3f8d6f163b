import { blocksOf } from '../support/documents.js';
import { LIT_DEV_MODE } from './console.js';
import { mountedFiles, withCheckoutHosts } from './full-stack.js';
import type { FreshProject } from './project.js';
import { CREATE_NEXT_APP } from './versions.js';

export const next: FreshProject = {
  name: 'next',
  create: [
    CREATE_NEXT_APP,
    'create-next-app',
    'shop',
    ...['--ts', '--app', '--no-tailwind', '--no-eslint', '--no-src-dir', '--no-import-alias'],
    ...['--use-npm', '--skip-install', '--disable-git', '--yes'],
  ],
  packages: [],
  files: (addresses) => ({
    ...mountedFiles('Next', addresses),
    // Its handlers make it a client component. The badge and the return page are in server components.
    'app/checkout.tsx': `'use client';\n\n${withCheckoutHosts(blocksOf('docs/react.md', 'tsx')[0]!.code, 'checkoutHosts', addresses.providerHost)}`,
    'app/cart.tsx': `'use client';

import { Checkout } from './checkout';

export function Cart() {
  return <Checkout cart={async () => ({ line_items: [{ product_id: 'bp-monitor', quantity: 1 }] })} />;
}
`,
    // The template's own file loads fonts from Google, also in the build.
    'app/layout.tsx': `export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`,
    'app/page.tsx': `import { Cart } from './cart';

export default function Page() {
  return <Cart />;
}
`,
    'app/thanks/page.tsx': `import { CheckoutStatus } from 'hsa-checkout-button/react';

export default function Thanks() {
  return <CheckoutStatus endpoint="/api/hsa-checkout" retryHref="/" />;
}
`,
  }),
  // Next checks the types in its build, because it generates the types of the routes first.
  types: [
    ['next', 'typegen'],
    ['tsc', '--noEmit'],
  ],
  build: ['next', 'build'],
  development: ({ port, shopUrl }) => [{ command: ['next', 'dev', '--port', String(port)], url: shopUrl }],
  production: ({ port, shopUrl }) => [{ command: ['next', 'start', '--port', String(port)], url: shopUrl }],
  rendersOnServer: true,
  developmentMessages: [LIT_DEV_MODE],
};
