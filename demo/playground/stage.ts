import type { CheckoutButton, EligibilityBadge } from 'hsa-checkout-button';
import { dollars } from '../prices.js';
import { cartOf, linesOf, nameOf, subtotalOf } from './cart.js';
import { lookOf } from './look.js';
import type { Settings } from './settings.js';

/** The style properties that the settings can set and remove. */
const STYLED = [
  '--hsa-background',
  '--hsa-color',
  '--hsa-border-color',
  '--hsa-accent',
  '--hsa-radius',
  '--hsa-height',
  'max-width',
];

/** Sets the shop's own text of the button in its `label` slot, or removes it. */
function setLabel(button: CheckoutButton, text: string): void {
  const place = button.querySelector('[slot=label]');
  if ((place?.textContent ?? '') === text) return;
  place?.remove();
  if (!text) return;
  const label = document.createElement('span');
  label.slot = 'label';
  label.textContent = text;
  button.append(label);
}

/** Applies the settings to the element as a page does: by properties, style and children. */
export function applySettings(button: CheckoutButton, settings: Settings): void {
  const { eligibility, locale, theme, details, whenRegular, badge, learnMore, label } = settings;
  const isKnown = eligibility !== 'lines' && eligibility !== 'endpoint';
  Object.assign(button, {
    theme,
    details,
    whenRegular,
    badge,
    learnMore: learnMore === 'yes',
    locale: locale || undefined,
    eligibility: isKnown ? eligibility : undefined,
  });
  // The element evaluates its cart again for every new object, so an equal cart is not set again.
  const cart = cartOf(settings);
  if (JSON.stringify(cart) !== JSON.stringify(button.cart)) button.cart = cart;
  const look = lookOf(settings);
  for (const name of STYLED) button.style.setProperty(name, look.get(name) ?? '');
  setLabel(button, label);
}

/** Applies the settings to the badge of a product. */
export function applyToBadge(badge: EligibilityBadge, { theme, locale, variant, learnMore }: Settings): void {
  Object.assign(badge, { theme, variant, locale: locale || undefined, learnMore: learnMore === 'yes' });
}

/** Shows the cart around the button. */
export function showCart(sheet: Element, settings: Settings): void {
  const lines = linesOf(settings);
  sheet.querySelector('.goods')!.replaceChildren(
    ...lines.map(({ product, quantity }) => {
      const line = document.createElement('li');
      const tile = document.createElement('span');
      tile.className = `tile tone-${product.tone}`;
      const picture = new Image(400, 300);
      picture.src = `pictures/${product.id}.svg`;
      picture.alt = '';
      tile.append(picture);
      const name = document.createElement('span');
      name.textContent = nameOf(product, quantity);
      const sum = document.createElement('span');
      sum.textContent = dollars(product.priceCents * quantity);
      line.append(tile, name, sum);
      return line;
    }),
  );
  sheet.querySelector('output')!.textContent = dollars(subtotalOf(lines));
}
