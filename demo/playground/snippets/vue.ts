import { cartOf } from '../cart.js';
import { cssOf } from '../look.js';
import type { Settings } from '../settings.js';
import { attributesOf, escapeHtml, literal, type SnippetFile } from './snippet.js';

/** A component for Vue, in one file. */
export function vueSnippet(settings: Settings): SnippetFile[] {
  const css = cssOf(settings);
  const props = [
    ...Object.entries(attributesOf(settings)).map(([name, value]) =>
      value ? `${name}="${escapeHtml(value)}"` : name,
    ),
    ':cart="cart"',
    '@checkout-error="({ code }) => console.warn(code)"',
  ];
  const code = `<script setup lang="ts">
import { CheckoutButton } from 'hsa-checkout-button/vue';

const cart = ${literal(cartOf(settings))};
</script>

<template>
  <CheckoutButton
${props.map((prop) => `    ${prop}\n`).join('')}${
    settings.label
      ? `  >
    <span slot="label">${escapeHtml(settings.label)}</span>
  </CheckoutButton>`
      : '  />'
  }
</template>
${css && `\n<style>\n${css}</style>\n`}`;
  return [{ name: 'Checkout.vue', code }];
}
