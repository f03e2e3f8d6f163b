import { createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';

/*
 * The merchant's own file, which every mounting in the guide imports: the handler as the README's first lines make it, for a
 * provider on this machine.
 */

/** @param {string} name */
function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const provider = new URL(setting('PROVIDER_URL'));
const shop = setting('SHOP_URL');

export const checkout = createCheckoutHandler({
  provider: createProvider({
    apiKey: setting('GALE_API_KEY'),
    environment: 'test',
    baseUrl: `${provider.origin}/v2`,
    checkoutHosts: [provider.host],
  }),
  secret: setting('CHECKOUT_SECRET'),
  resolveCart: ({ line_items }) => ({
    customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
    shipping_info: {
      address_line_1: '12 Elm Street',
      city: 'Austin',
      state: 'TX',
      postal_code: '78701',
      country: 'US',
    },
    line_items: line_items.map(({ product_id, quantity }) => ({
      product_id,
      quantity,
      name: 'Blood pressure monitor',
      price: 4995,
      currency: 'USD',
    })),
  }),
  successUrl: `${shop}/thanks`,
  failureUrl: `${shop}/cart`,
  webhookUrl: `${shop}/api/hsa-checkout/webhook`,
  webhookSecret: setting('WEBHOOK_SECRET'),
  origins: ['https://partner.example'],
  onOrderCreated: () => {},
});
