import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CheckoutButton, EligibilityBadge } from 'hsa-checkout-button/react';
import type { AppCart } from '../pages/app.js';
import { fetchCart } from './cart.js';

const ENDPOINT = '/api/hsa-checkout';

function Cart() {
  const [cart, setCart] = useState<AppCart>();
  const [status, setStatus] = useState('');
  useEffect(() => void fetchCart().then(setCart), []);
  if (!cart) return <p>Loading the cart …</p>;
  if (!cart.lines.length)
    return (
      <p>
        Your cart is empty. <a href="/">Go to the shop</a>
      </p>
    );
  const step = async (id: string, quantity: number) => setCart(await fetchCart({ product_id: id, quantity }));
  return (
    <>
      <ul className="lines">
        {cart.lines.map(({ id, name, quantity, total }) => (
          <li className="line" key={id}>
            <div className="what">
              <h2>{name}</h2>
              <EligibilityBadge productId={id} endpoint={ENDPOINT} />
            </div>
            <div className="stepper">
              <button aria-label={`One fewer: ${name}`} onClick={() => void step(id, quantity - 1)}>
                −
              </button>
              <span className="quantity">{quantity}</span>
              <button aria-label={`One more: ${name}`} onClick={() => void step(id, quantity + 1)}>
                +
              </button>
            </div>
            <p className="sum">{total}</p>
          </li>
        ))}
      </ul>
      <p>Total {cart.total}</p>
      <CheckoutButton
        endpoint={ENDPOINT}
        cart={cart.checkout}
        onCheckoutState={({ state }) => setStatus(state === 'creating' ? 'One moment …' : '')}
        onCheckoutError={({ code }) => setStatus(code)}
      />
      <p role="status">{status}</p>
    </>
  );
}

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Cart />
  </StrictMode>,
);
