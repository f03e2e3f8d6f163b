import { checkCart } from '../../src/contract/check.js';
import { fingerprint } from '../../src/core/index.js';
import { bigLines } from './big-lines.js';

/** A cart of a big order: every field of every line, and all customer details. */
function bigCart(lines: number) {
  const address = {
    address_line_1: '1 Main Street',
    city: 'Austin',
    state: 'TX',
    postal_code: '78701',
    country: 'US',
  };
  return {
    reference_id: 'order-1001',
    customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
    line_items: bigLines(lines),
    shipping_info: address,
    billing_info: address,
    shipping: 500,
    tax: 410,
  };
}

/** Measures the check and the fingerprint of a cart. Each round has a new cart and checks its result. */
export function measure(lines: number, rounds: number) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const cart = { ...bigCart(lines), reference_id: `order-${round}` };
    const start = performance.now();
    const { value } = checkCart(cart);
    const print = fingerprint(JSON.stringify(value));
    times.push(performance.now() - start);
    if (value?.line_items.length !== lines || print.length !== 16) throw new Error('The work was not done');
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(rounds - 1, Math.floor(rounds * part))]!;
  return { medianMs: at(0.5), p99Ms: at(0.99) };
}
