import { linesOf } from '../cart.js';
import type { Settings } from '../settings.js';
import type { SnippetFile } from './snippet.js';

/** The backend: one function from Request to Response, where the key and the prices stay. */
export function handlerSnippet(settings: Settings): SnippetFile[] {
  const products = linesOf(settings)
    .map(({ product: { id, name, priceCents } }) => {
      return `  [${quoted(id)}, { name: ${quoted(name)}, price: ${priceCents} }],\n`;
    })
    .join('');
  const details =
    settings.details === 'auto'
      ? `    // What you leave out is asked for in a dialog: give what you know of the shopper.
    customer: cart.customer,
    shipping_info: cart.shipping_info,
`
      : `    ...knownShopper, // from your session: with details="never" nobody is asked
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

// Your own prices, in cents: the page's are never believed.
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
  // The provider calls this address when a checkout is paid. A payment without it is an order that you never hear of.
  webhookUrl: 'https://shop.example/api/hsa-checkout/webhook',
  webhookSecret: process.env.HSA_WEBHOOK_SECRET!,
  onOrderCreated: ({ orderId, checkoutId }) => fulfil(orderId, checkoutId),
});

/** Keeps the order in your database, where orderId is unique: the same order may be told twice. */
async function fulfil(orderId: string, checkoutId: string): Promise<void> {
  console.log(\`Paid, ship it: \${orderId} of \${checkoutId}\`);
}
`;
  return [{ name: 'checkout.ts', code }];
}

/** A text of the catalogue as a string of the house's style. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
