import { blocksOf } from '../support/documents.js';
import type { Addresses, FreshProject } from './project.js';
import { backend, builtFiles, serverFiles, viteSetting } from './single-page.js';
import { CREATE_VITE, README_SERVER } from './versions.js';
import { LIT_DEV_MODE } from './console.js';

/** The common parts of the projects from Vite's templates. */
function viteProject(
  template: string,
  plugin: string,
  { name, files, types }: Pick<FreshProject, 'name' | 'types'> & { files: Record<string, string> },
): FreshProject {
  return {
    name,
    create: [CREATE_VITE, 'create-vite', 'shop', '--template', template, '--no-interactive'],
    packages: README_SERVER,
    files: (addresses) => ({
      'vite.config.ts': viteConfig(plugin, addresses),
      ...serverFiles('dist', addresses),
      ...files,
    }),
    types,
    build: ['vite', 'build'],
    development: (addresses) => [
      backend(addresses),
      {
        command: ['vite', '--port', String(addresses.port), '--strictPort'],
        url: addresses.shopUrl,
      },
    ],
    production: (addresses) => [builtFiles(addresses)],
    rendersOnServer: false,
    developmentMessages: [LIT_DEV_MODE],
  };
}

/** The guide's file, with the plugin of the template's file. */
const viteConfig = (plugin: string, addresses: Addresses) =>
  `import plugin from '${plugin}';\n${viteSetting(addresses)}`.replace(
    'defineConfig({',
    'defineConfig({\n  plugins: [plugin()],',
  );

const reactBlock = blocksOf('docs/react.md', 'tsx')[0]!.code;
const vueBlock = blocksOf('docs/vue.md', 'vue')[0]!.code;

export const viteReact = viteProject('react-ts', '@vitejs/plugin-react', {
  name: 'vite-react',
  types: [['tsc', '-b']],
  files: {
    'src/Checkout.tsx': reactBlock,
    'src/App.tsx': `import { CheckoutStatus } from 'hsa-checkout-button/react'
import { Checkout } from './Checkout'

const cart = async () => ({ line_items: [{ product_id: 'bp-monitor', quantity: 1 }] })

export default function App() {
  if (location.pathname === '/thanks') return <CheckoutStatus endpoint="/api/hsa-checkout" retryHref="/" />
  return <Checkout cart={cart} />
}
`,
  },
});

export const viteVue = viteProject('vue-ts', '@vitejs/plugin-vue', {
  name: 'vite-vue',
  types: [['vue-tsc', '-b']],
  files: {
    'src/components/Checkout.vue': vueBlock,
    'src/App.vue': `<script setup lang="ts">
import { CheckoutStatus } from 'hsa-checkout-button/vue'
import Checkout from './components/Checkout.vue'

const isReturnPage = location.pathname === '/thanks'
</script>

<template>
  <CheckoutStatus v-if="isReturnPage" endpoint="/api/hsa-checkout" retry-href="/" />
  <Checkout v-else />
</template>
`,
  },
});

export const viteSolid = viteProject('solid-ts', 'vite-plugin-solid', {
  name: 'vite-solid',
  types: [['tsc', '-b']],
  files: {
    'src/App.tsx': `import 'hsa-checkout-button'
import 'hsa-checkout-button/status'
import type {} from 'hsa-checkout-button/types/solid'
import { createSignal, Show } from 'solid-js'

export default function App() {
  const [cart] = createSignal({ line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] })
  return (
    <Show
      when={location.pathname !== '/thanks'}
      fallback={<hsa-checkout-status endpoint="/api/hsa-checkout" retry-href="/" />}
    >
      <hsa-eligibility-badge product-id="bp-monitor" endpoint="/api/hsa-checkout" />
      <hsa-checkout-button
        endpoint="/api/hsa-checkout"
        prop:cart={cart()}
        on:hsa-checkout-error={(event) => console.log(event.code)}
      >
        <a href="/checkout">Continue to checkout</a>
      </hsa-checkout-button>
    </Show>
  )
}
`,
  },
});
