import type { CheckoutCart, CheckoutRequest } from '../../src/contract/index.js';

/** A request with every field of the provider's API: 49.95 + 2 × 19.99 of goods. Each call returns a new copy. */
export function exampleRequest() {
  return {
    reference_id: 'order-1001',
    customer: {
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Byron',
      phone: '+1 555 0100',
    },
    line_items: [
      {
        product_id: 'bp-monitor',
        name: 'Blood pressure monitor',
        image_url: 'https://shop.example/images/bp-monitor.jpg',
        price: 4995,
        quantity: 1,
        currency: 'USD',
      },
      {
        product_id: 'multivitamin',
        name: 'Daily multivitamin',
        image_url: 'https://shop.example/images/multivitamin.jpg',
        price: 1999,
        quantity: 2,
        currency: 'USD',
      },
    ],
    shipping_info: {
      address_line_1: '1 Main Street',
      address_line_2: 'Apartment 2',
      city: 'Austin',
      state: 'TX',
      postal_code: '78701',
      country: 'US',
    },
    billing_info: {
      address_line_1: '9 Market Street',
      address_line_2: 'Floor 3',
      city: 'Boston',
      state: 'MA',
      postal_code: '02108',
      country: 'US',
    },
    shipping: 500,
    tax: 410,
    discount: 0,
    success_url: 'https://shop.example/thanks',
    failure_url: 'https://shop.example/cart',
    metadata: { webhook_url: 'https://shop.example/api/hsa/webhook', campaign: 'autumn' },
  } satisfies CheckoutRequest;
}

/** A cart with only the required fields. */
export function minimalCart() {
  return { line_items: [{ product_id: 'bp-monitor', quantity: 1 }] } satisfies CheckoutCart;
}
