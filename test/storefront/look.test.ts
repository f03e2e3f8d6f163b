import { expect } from '@open-wc/testing';
import { control, visibleText } from '../elements/support/page.js';
import { Storefront } from './storefront.js';

const BLOCK = 'cart?blocks=checkout-button&with=';
const EMBED = 'cart?embed&with=';
const theirs = (shop: Storefront) => shop.document.querySelector<HTMLElement>('main .ctas button')!;
const with_ = (settings: object) => `&settings=${encodeURIComponent(JSON.stringify(settings))}`;

for (const page of [BLOCK, EMBED])
  describe(`the appearance of the theme’s checkout button (${page})`, () => {
    it('sets the height, the corners and the font', async () => {
      const shop = await Storefront.open(`${page}row`);
      const button = await shop.button('main');
      await shop.until(() => control(button).getBoundingClientRect().height === 47);
      const style = shop.window.getComputedStyle(control(button));
      const { fontFamily, fontSize, fontWeight } = shop.window.getComputedStyle(theirs(shop));
      expect(style.borderRadius).to.equal('3px');
      expect([style.fontFamily, style.fontSize, style.fontWeight]).to.deep.equal([
        fontFamily,
        fontSize,
        fontWeight,
      ]);
    });

    it('applies again after the theme has morphed its section', async () => {
      const shop = await Storefront.open(`${page}row`);
      const button = await shop.button('main');
      await shop.until(() => control(button).getBoundingClientRect().height === 47);
      await shop.morphSection('main');
      await shop.until(() => control(button).getBoundingClientRect().height === 47);
      expect(button.tabIndex).to.equal(0);
    });

    it('is overridden by the merchant’s settings', async () => {
      const shop = await Storefront.open(
        `${page}row${with_({ height: 55, radius: 0, font: 'system', theme: 'outline' })}`,
      );
      const button = await shop.button('main');
      await shop.until(() => control(button).getBoundingClientRect().height === 55);
      const style = shop.window.getComputedStyle(control(button));
      expect(style.borderRadius).to.equal('0px');
      expect(style.fontFamily).to.contain('system-ui');
      expect(style.backgroundColor).to.equal('rgba(0, 0, 0, 0)');
    });

    it('is overridden by the page’s own CSS', async () => {
      const shop = await Storefront.open(`${page}row merchant`);
      const button = await shop.button('main');
      await shop.until(() => control(button).getBoundingClientRect().height === 52);
      expect(shop.window.getComputedStyle(control(button)).borderRadius).to.equal('21px');
    });

    it('has colours for a dark background, whatever the page’s color-scheme is', async () => {
      const shop = await Storefront.open(`${page}dark`);
      const button = await shop.button('main');
      const background = () => shop.window.getComputedStyle(control(button)).backgroundColor;
      await shop.until(() => background() === 'rgb(136, 238, 204)');
      shop.section('main').style.color = 'oklch(0.2 0 0)';
      await shop.replaceSection('main');
    });
  });

describe('a drawer', () => {
  it('can have other colours than the page', async () => {
    const shop = await Storefront.open(
      `cart?embed&drawer=${with_({ theme: 'light', drawer_theme: 'dark' })}`,
    );
    const page = await shop.button('main');
    const drawer = await shop.button('cart-drawer');
    shop.document.querySelector('cart-drawer')!.className = 'drawer';
    await shop.morphSection('drawer');
    await shop.until(() => drawer.theme === 'dark');
    expect(page.theme).to.equal('light');
  });
});

describe('the space for the badge', () => {
  it('is reserved until the eligibility is known, and released when there is no text', async () => {
    const shop = await Storefront.open('cart?blocks=checkout-button&far', { cart: { 5: 1 } });
    const tag = await shop.until(() => shop.document.querySelector<HTMLElement>('hsa-checkout-button'));
    const height = () => tag.getBoundingClientRect().height;
    expect(height()).to.equal(76);
    tag.scrollIntoView();
    await shop.until(() => tag.shadowRoot && height() < 60);
    expect(visibleText(tag)).to.equal('Pay with HSA/FSA');
  });
});

describe('the badge of the server', () => {
  for (const [lang, amount] of [
    ['en', '$49.95'],
    ['es', '49,95 US$'],
  ] as const)
    it(`looks like the element’s, so that nothing moves when the element takes its place (${lang})`, async () => {
      const shop = await Storefront.open(
        `cart?blocks=eligibility-badge&learn&far&with=row list&lang=${lang}`,
        { cart: { 1: 1, 2: 1, 3: 1 } },
      );
      shop.frame.width = '320';
      const badge = shop.document.querySelector('hsa-eligibility-badge')!;
      const height = () => badge.getBoundingClientRect().height;
      const pieces = (root: ParentNode) => {
        const { x, y } = badge.getBoundingClientRect();
        return [...root.querySelectorAll('svg, path, span, b')].map((piece) => {
          const box = piece.getBoundingClientRect();
          const { color, fontSize, fontWeight, fontFamily } = shop.window.getComputedStyle(piece);
          const place = [box.x - x, box.y - y, box.width, box.height].map(Math.round);
          return [piece.localName, ...place, color, fontSize, fontWeight, fontFamily];
        });
      };
      const [ofServer, heightOfServer] = [pieces(badge), height()];
      expect(ofServer).to.have.length(14);
      badge.scrollIntoView();
      await shop.until(() => badge.shadowRoot && visibleText(badge).replace(/\s/g, ' ').includes(amount));
      expect(pieces(badge.shadowRoot!)).to.deep.equal(ofServer);
      expect(height()).to.equal(heightOfServer);
    });
});

describe('in the theme editor', () => {
  it('the embed explains at the checkout button why a cart in another currency has no button', async () => {
    const shop = await Storefront.open('cart?embed&design', { currency: 'EUR' });
    const note = await shop.until(() => shop.document.querySelector('.ctas > hsa-placed .hsa-note'));
    expect(note.textContent).to.match(/not in US dollars/);
    expect(shop.document.querySelector('hsa-checkout-button')).to.equal(null);
  });
});
