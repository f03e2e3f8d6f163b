import type { AppCart } from '../pages/app.js';

/** Requests the cart from the shop. With `change`, the shop sets the quantity of that product first. */
export async function fetchCart(change?: { product_id: string; quantity: number }): Promise<AppCart> {
  const body = new FormData();
  for (const [name, value] of Object.entries(change ?? {})) body.set(name, String(value));
  const response = await fetch('/apps/cart', change && { method: 'POST', body });
  return (await response.json()) as AppCart;
}
