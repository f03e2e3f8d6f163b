import { createApp, defineComponent, h, shallowRef } from 'vue';
import { CheckoutButton, EligibilityBadge } from 'hsa-checkout-button/vue';
import type { AppCart } from '../pages/app.js';
import { fetchCart } from './cart.js';

const endpoint = '/api/hsa-checkout';

const Cart = defineComponent({
  setup() {
    const cart = shallowRef<AppCart>();
    const status = shallowRef('');
    const load = async (...change: Parameters<typeof fetchCart>) => {
      cart.value = await fetchCart(...change);
    };
    void load();
    const step = (label: string, sign: string, product_id: string, quantity: number) =>
      h('button', { 'aria-label': label, onClick: () => load({ product_id, quantity }) }, sign);
    return () => {
      if (!cart.value) return h('p', 'Loading the cart …');
      const { lines, total, checkout } = cart.value;
      if (!lines.length) return h('p', ['Your cart is empty. ', h('a', { href: '/' }, 'Go to the shop')]);
      return [
        h(
          'ul',
          { class: 'lines' },
          lines.map(({ id, name, quantity, total: sum }) =>
            h('li', { class: 'line', key: id }, [
              h('div', { class: 'what' }, [h('h2', name), h(EligibilityBadge, { productId: id, endpoint })]),
              h('div', { class: 'stepper' }, [
                step(`One fewer: ${name}`, '−', id, quantity - 1),
                h('span', { class: 'quantity' }, quantity),
                step(`One more: ${name}`, '+', id, quantity + 1),
              ]),
              h('p', { class: 'sum' }, sum),
            ]),
          ),
        ),
        h('p', `Total ${total}`),
        h(CheckoutButton, {
          endpoint,
          cart: checkout,
          onCheckoutState: ({ state }) => (status.value = state === 'creating' ? 'One moment …' : ''),
          onCheckoutError: ({ code }) => (status.value = code),
        }),
        h('p', { role: 'status' }, status.value),
      ];
    };
  },
});

createApp(Cart).mount('#app');
