import { linesOf } from '../cart.js';
import type { Settings } from '../settings.js';
import type { SnippetFile } from './snippet.js';

/** The backend: a function from Request to Response. It has the API key and the prices. */
export function handlerSnippet(settings: Settings): SnippetFile[] {
  const products = linesOf(settings)
    .map(({ product: { id, name, priceCents } }) => {
      return `  [${quoted(id)}, { name: ${quoted(name)}, price: ${priceCents} }],\n`;
    })
    .join('');
  const details =
    settings.details === 'auto'
      ? `    // The button asks in a dialog for the shopper's details that you leave out.
    customer: cart.customer,
    shipping_info: cart.shipping_info,
`
      : `    ...knownShopper, // from your session, because details="never" opens no dialog
`;
  const shopper =
    settings.details === 'auto'
      ? ''
      : `
const knownShopper = {
  customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
  shipping_info: {
    address_line_1: '12 Elm Street',
    city: 'Chicago',
    state: 'IL',
    postal_code: '60614',
    country: 'US',
  },
};
`;
  const code = `import { CartProblem, createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';

// Your own prices, in cents. Prices from the page are ignored.
const products = new Map<string, { name: string; price: number }>([
${products}]);
${shopper}
// (request: Request) => Promise<Response>: mount it at /api/hsa-checkout and everything below.
export const checkout = createCheckoutHandler({
  provider: createProvider({ apiKey: process.env.GALE_API_KEY!, environment: 'test' }),
  secret: process.env.CHECKOUT_SECRET!, // 16 random characters or more
  resolveCart: (cart) => ({
${details}    line_items: cart.line_items.map(({ product_id, quantity }, i) => {
      const product = products.get(product_id);
      if (!product)
        throw new CartProblem([
          { path: \`line_items[\${i}].product_id\`, code: 'unknown_product', message: 'not in the catalogue' },
        ]);
      return { product_id, quantity, ...product, currency: 'USD' };
    }),
  }),
  successUrl: 'https://shop.example/thanks',
  failureUrl: 'https://shop.example/cart',
  // The provider sends a webhook here when a checkout is paid. Without it you do not get the order.
  webhookUrl: 'https://shop.example/api/hsa-checkout/webhook',
  webhookSecret: process.env.HSA_WEBHOOK_SECRET!,
  onOrderCreated: ({ orderId, checkoutId }) => fulfil(orderId, checkoutId),
});

/** Saves the order in your database, where orderId is unique, because the same order may come twice. */
async function fulfil(orderId: string, checkoutId: string): Promise<void> {
  console.log(\`Paid, ship it: \${orderId} of \${checkoutId}\`);
}
`;
  return [{ name: 'checkout.ts', code }];
}

/** Writes a text as a string with single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
