import { createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';

/* The merchant's file in a framework with a server: the README's handler, for a provider on this machine. */

const shop = process.env.SHOP_URL!;
const provider = new URL(process.env.PROVIDER_URL!);

export const checkout = createCheckoutHandler({
  provider: createProvider({
    apiKey: process.env.GALE_API_KEY!,
    environment: 'test',
    baseUrl: `${provider.origin}/v2`,
    checkoutHosts: [provider.host],
  }),
  secret: process.env.CHECKOUT_SECRET!,
  resolveCart: (cart) => ({
    customer: { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com' },
    shipping_info: {
      address_line_1: '1 Main St',
      city: 'Austin',
      state: 'TX',
      postal_code: '78701',
      country: 'US',
    },
    line_items: cart.line_items.map(({ product_id, quantity }) => ({
      product_id,
      quantity,
      name: 'Blood pressure monitor',
      price: 4995,
      currency: 'USD',
    })),
  }),
  successUrl: `${shop}/thanks`,
  failureUrl: `${shop}/`,
  webhookUrl: `${shop}/api/hsa-checkout/webhook`,
  webhookSecret: process.env.WEBHOOK_SECRET!,
  onOrderCreated: ({ orderId }) => console.log(`Paid, ship it: ${orderId}`),
});
