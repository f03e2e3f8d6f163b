import { blocksOf } from '../support/documents.js';
import { LIT_DEV_MODE } from './console.js';
import { mountedFiles, withCheckoutHosts } from './full-stack.js';
import type { FreshProject } from './project.js';
import { NUXT } from './versions.js';

export const nuxt: FreshProject = {
  name: 'nuxt',
  packages: NUXT,
  files: (addresses) => ({
    ...mountedFiles('Nuxt', addresses),
    'package.json': '{ "name": "shop", "private": true, "type": "module" }\n',
    'nuxt.config.ts': `export default defineNuxtConfig({ compatibilityDate: '2025-07-15' })\n`,
    'tsconfig.json': `{
  "files": [],
  "references": [
    { "path": "./.nuxt/tsconfig.app.json" },
    { "path": "./.nuxt/tsconfig.server.json" },
    { "path": "./.nuxt/tsconfig.shared.json" },
    { "path": "./.nuxt/tsconfig.node.json" }
  ]
}
`,
    'app/app.vue': '<template>\n  <NuxtPage />\n</template>\n',
    'app/pages/index.vue': withCheckoutHosts(
      blocksOf('docs/vue.md', 'vue')[0]!.code,
      'checkout-hosts',
      addresses.providerHost,
    ),
    'app/pages/thanks.vue': `<script setup lang="ts">
import { CheckoutStatus } from 'hsa-checkout-button/vue';
</script>

<template>
  <CheckoutStatus endpoint="/api/hsa-checkout" retry-href="/" />
</template>
`,
  }),
  types: [['nuxt', 'typecheck']],
  build: ['nuxt', 'build'],
  development: ({ port, shopUrl }) => [
    { command: ['nuxt', 'dev', '--port', String(port), '--host', 'localhost'], url: shopUrl },
  ],
  production: ({ port, shopUrl }) => [
    {
      command: ['node', '--env-file=.env', '.output/server/index.mjs'],
      env: { PORT: String(port) },
      url: shopUrl,
    },
  ],
  rendersOnServer: true,
  developmentMessages: [LIT_DEV_MODE],
};
