import { LIT_DEV_MODE } from './console.js';
import { mountedFiles } from './full-stack.js';
import type { FreshProject } from './project.js';
import { SV } from './versions.js';

export const sveltekit: FreshProject = {
  name: 'sveltekit',
  create: [
    SV,
    'sv',
    'create',
    'shop',
    ...['--template', 'minimal', '--types', 'ts', '--add', 'sveltekit-adapter=adapter:node'],
    ...['--no-install', '--no-download-check'],
  ],
  // The guide on mounting needs it.
  packages: ['@types/node@20.19.43'],
  files: (addresses) => ({
    ...mountedFiles('SvelteKit', addresses),
    'src/routes/+page.svelte': `<script lang="ts">
	import 'hsa-checkout-button';
	import type {} from 'hsa-checkout-button/types/svelte';

	const cart = { line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] };
</script>

<hsa-eligibility-badge product-id="bp-monitor" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
<hsa-checkout-button
	endpoint="/api/hsa-checkout"
	checkout-hosts="${addresses.providerHost}"
	{cart}
	onhsa-checkout-error={(event) => console.log(event.code)}
>
	<a href="/checkout">Continue to checkout</a>
</hsa-checkout-button>
`,
    'src/routes/thanks/+page.svelte': `<script lang="ts">
	import 'hsa-checkout-button/status';
	import type {} from 'hsa-checkout-button/types/svelte';
</script>

<hsa-checkout-status endpoint="/api/hsa-checkout" retry-href="/"></hsa-checkout-status>
`,
  }),
  types: [
    ['svelte-kit', 'sync'],
    ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  ],
  build: ['node', '--env-file=.env', 'node_modules/.bin/vite', 'build'],
  development: ({ port, shopUrl }) => [
    {
      command: [
        'node',
        '--env-file=.env',
        'node_modules/.bin/vite',
        'dev',
        '--port',
        String(port),
        '--strictPort',
      ],
      url: shopUrl,
    },
  ],
  production: ({ port, shopUrl }) => [
    {
      command: ['node', '--env-file=.env', 'build'],
      env: { PORT: String(port), ORIGIN: shopUrl },
      url: shopUrl,
    },
  ],
  rendersOnServer: true,
  developmentMessages: [LIT_DEV_MODE],
};
