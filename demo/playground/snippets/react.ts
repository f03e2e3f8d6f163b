import { cartOf } from '../cart.js';
import { cssOf } from '../look.js';
import type { Settings } from '../settings.js';
import { attributesOf, literal, type SnippetFile } from './snippet.js';

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A component for React, with typed props and events. */
export function reactSnippet(settings: Settings): SnippetFile[] {
  const css = cssOf(settings);
  const props = [
    ...Object.entries(attributesOf(settings)).map(([name, value]) =>
      value ? `${camelCase(name)}="${value}"` : camelCase(name),
    ),
    'cart={cart}',
    'onCheckoutError={({ code }) => console.warn(code)}',
  ];
  const code = `import { CheckoutButton } from 'hsa-checkout-button/react';
${css && "import './hsa-checkout.css';\n"}
const cart = ${literal(cartOf(settings))};

export function Checkout() {
  return (
    <CheckoutButton
${props.map((prop) => `      ${prop}\n`).join('')}${
    settings.label
      ? `    >
      <span slot="label">{${literal(settings.label)}}</span>
    </CheckoutButton>`
      : '    />'
  }
  );
}
`;
  return [{ name: 'checkout.tsx', code }, ...(css ? [{ name: 'hsa-checkout.css', code: css }] : [])];
}
