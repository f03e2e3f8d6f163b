import type { CheckoutButton } from 'hsa-checkout-button';
import { dollars } from '../prices.js';
import { cartOf, linesOf, nameOf, subtotalOf } from './cart.js';
import { lookOf } from './look.js';
import type { Settings } from './settings.js';

/** Every property of the style sheet that the settings can bring and take away. */
const STYLED = [
  '--hsa-background',
  '--hsa-color',
  '--hsa-border-color',
  '--hsa-radius',
  '--hsa-height',
  'max-width',
];

/** The shop's own words on the button: none, or one element in the label's place. */
function setLabel(button: CheckoutButton, words: string): void {
  const place = button.querySelector('[slot=label]');
  if ((place?.textContent ?? '') === words) return;
  place?.remove();
  if (!words) return;
  const label = document.createElement('span');
  label.slot = 'label';
  label.textContent = words;
  button.append(label);
}

/** Makes the element what the settings say, as a page would: by properties, style and children. */
export function applySettings(button: CheckoutButton, settings: Settings): void {
  const { eligibility, locale, theme, details, whenRegular, label } = settings;
  const isKnown = eligibility !== 'lines' && eligibility !== 'endpoint';
  Object.assign(button, {
    theme,
    details,
    whenRegular,
    locale: locale || undefined,
    eligibility: isKnown ? eligibility : undefined,
  });
  // A new object has the element read its cart again, as any change of a page's cart does.
  const cart = cartOf(settings);
  if (JSON.stringify(cart) !== JSON.stringify(button.cart)) button.cart = cart;
  const look = lookOf(settings);
  for (const name of STYLED) button.style.setProperty(name, look.get(name) ?? '');
  setLabel(button, label);
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
