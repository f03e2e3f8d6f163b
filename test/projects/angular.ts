import { LIT_DEV_MODE } from './console.js';
import type { FreshProject } from './project.js';
import { angularProxy, backend, builtFiles, serverFiles } from './single-page.js';
import { ANGULAR_CLI, README_SERVER } from './versions.js';

export const angular: FreshProject = {
  name: 'angular',
  create: [
    ANGULAR_CLI,
    'ng',
    'new',
    'shop',
    ...['--defaults', '--skip-install', '--skip-git', '--skip-tests', '--ssr=false', '--routing=false'],
  ],
  packages: README_SERVER,
  files: (addresses) => ({
    ...serverFiles('dist/shop/browser', addresses),
    'proxy.conf.json': angularProxy(addresses),
    'src/app/app.ts': `import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import type { CheckoutErrorEvent } from 'hsa-checkout-button';
import 'hsa-checkout-button';
import 'hsa-checkout-button/status';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  templateUrl: './app.html',
  styleUrl: './app.css',
})
export class App {
  protected readonly isReturnPage = location.pathname === '/thanks';
  protected readonly cart = { line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] };

  protected failed({ code }: CheckoutErrorEvent) {
    console.log(code);
  }
}
`,
    'src/app/app.html': `@if (isReturnPage) {
  <hsa-checkout-status endpoint="/api/hsa-checkout" retry-href="/"></hsa-checkout-status>
} @else {
  <hsa-eligibility-badge product-id="bp-monitor" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
  <hsa-checkout-button endpoint="/api/hsa-checkout" [cart]="cart" (hsa-checkout-error)="failed($event)">
    <a href="/checkout">Continue to checkout</a>
  </hsa-checkout-button>
}
`,
  }),
  // \`ng build\` checks them.
  types: [],
  build: ['ng', 'build'],
  development: (addresses) => [
    backend(addresses),
    {
      command: ['ng', 'serve', '--port', String(addresses.port), '--proxy-config', 'proxy.conf.json'],
      url: addresses.shopUrl,
    },
  ],
  production: (addresses) => [builtFiles(addresses)],
  rendersOnServer: false,
  developmentMessages: [LIT_DEV_MODE],
};
