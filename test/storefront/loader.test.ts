import { expect } from '@open-wc/testing';
import type { CheckoutButton } from '../../src/index.js';
import { nextPage } from '../elements/support/frame.js';
import { visibleText } from '../elements/support/page.js';
import { sendKeys } from '../support/browser-commands.js';
import { Storefront } from './storefront.js';

const CART = 'cart?blocks=checkout-button';

/** The link in place of a button that is not loaded. */
const link = (shop: Storefront) => shop.document.querySelector<HTMLAnchorElement>('hsa-checkout-button > a')!;
const tag = (shop: Storefront) => shop.document.querySelector<CheckoutButton>('hsa-checkout-button')!;
/** Focuses the link, as Tab does. */
const focusLink = async (shop: Storefront) => {
  await shop.until(() => tag(shop).role === 'link');
  tag(shop).focus({ preventScroll: true });
};

describe('the loader', () => {
  it('loads the elements, and their lazy files, from one folder with versioned URLs', async () => {
    const shop = await Storefront.open(`${CART}&lang=es`);
    const button = await shop.button();
    await shop.until(() => visibleText(button).startsWith('Pagar con HSA/FSA | Todos los artículos'));
    expect(shop.scripts().map((name) => name.replace(/-\d.*/, ''))).to.have.members([
      'hsa-loader.js',
      'hsa-storefront.js',
      'hsa-checkout.js',
      'hsa-checkout-es',
    ]);
  });

  it('loads nothing for blocks below the screen, and reserves their space', async () => {
    // With a checkout button of a common height, which our button follows.
    const shop = await Storefront.open(`${CART}&far&with=row`);
    const { height } = tag(shop).getBoundingClientRect();
    // Two frames, in which the intersection observer reports.
    for (let i = 0; i < 2; i++) await new Promise((resolve) => shop.window.requestAnimationFrame(resolve));
    expect(shop.scripts()).to.deep.equal(['hsa-loader.js']);
    expect((await shop.control()).cartReads).to.equal(0);
    tag(shop).scrollIntoView();
    await shop.button();
    // The theme's font is a pixel smaller than the font for which the space is reserved.
    expect(tag(shop).getBoundingClientRect().height).to.be.closeTo(height, 5);
  });

  it('loads the elements when a block below the screen is touched', async () => {
    const shop = await Storefront.open(`${CART}&far`);
    await focusLink(shop);
    const button = await shop.button();
    // The focus is on the button that has replaced the link.
    await shop.until(() => button.shadowRoot!.activeElement?.localName === 'button');
  });

  it('starts a checkout for Enter on a button that is not loaded yet', async () => {
    const shop = await Storefront.open(`${CART}&far`, { fileFaults: ['429', '404'] });
    const payment = nextPage(shop.frame);
    await focusLink(shop);
    await sendKeys({ press: 'Enter' });
    await payment;
    expect(shop.window.location.pathname).to.match(/checkout/);
  });

  it('starts a checkout for a press on a button that is not loaded yet', async () => {
    const shop = await Storefront.open(`${CART}&far`);
    const payment = nextPage(shop.frame);
    link(shop).click();
    link(shop).click();
    await payment;
    const { keys, opened } = await shop.control();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  it('opens the shop’s own checkout at a press when the elements do not load', async () => {
    const shop = await Storefront.open(`${CART}&far`, { fileFaults: ['404'] });
    const next = nextPage(shop.frame);
    link(shop).click();
    await next;
    expect(shop.window.location.pathname).to.equal(`${shop.root}checkout`);
  });

  it('tries again at the next touch when the elements did not load', async () => {
    const shop = await Storefront.open(`${CART}&far`, { fileFaults: ['404'] });
    const touch = () =>
      link(shop).dispatchEvent(new shop.window.PointerEvent('pointerdown', { bubbles: true }));
    touch();
    await shop.untilReport(({ fileReads }) => fileReads === 1);
    await shop.until(() => !shop.document.querySelector('script[src*="hsa-checkout.js"]'));
    touch();
    await shop.button();
  });

  it('loads each file once for many blocks, beside another app’s copy of Lit', async () => {
    const all = 'eligibility-badge checkout-button';
    const shop = await Storefront.open(`cart?blocks=${all}&drawer=checkout-button&embed&learn&other`);
    await shop.button('main');
    await shop.button('cart-drawer');
    expect(shop.scripts()).to.have.members(['hsa-loader.js', 'hsa-storefront.js', 'hsa-checkout.js']);
    await shop.until(() =>
      shop.document.querySelector('other-element')?.shadowRoot?.textContent?.includes('another copy'),
    );
  });

  it('loads no script from a URL in markup outside the extension, such as a customer’s review', async () => {
    const shop = await Storefront.open('cart');
    const review = shop.document.createElement('p');
    review.dataset.hsaSrc = '/shop/elsewhere/foreign/hsa-checkout.js?v=1';
    shop.document.body.prepend(
      review,
      Object.assign(shop.document.createElement('iframe'), { name: 'head' }),
    );
    await shop.until(
      () => shop.scripts().length > 1 || shop.document.querySelector('script[src*="foreign"]'),
    );
    const scripts = [...shop.document.scripts].map(({ src }) => src);
    expect(scripts.filter((src) => src.includes('foreign'))).to.deep.equal([]);
    expect(scripts.at(-1)).to.equal(new URL('assets/hsa-checkout.js?v=1', location.origin + shop.root).href);
  });

  it('runs only the first of two loaders', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    const { cart } = button;
    const second = shop.document.createElement('script');
    second.src = `${shop.root}assets/hsa-loader.js?v=2`;
    const loaded = new Promise((resolve) => (second.onload = resolve));
    shop.document.head.append(second);
    await loaded;
    expect(button.cart).to.equal(cart);
  });

  it('needs no script for the badge of a product', async () => {
    const shop = await Storefront.open('product?blocks=eligibility-badge');
    await shop.until(() => shop.scripts().includes('hsa-loader.js'));
    expect(shop.badgeText()).to.equal('HSA/FSA eligible');
    expect(shop.scripts()).to.deep.equal(['hsa-loader.js']);
  });

  it('loads “Learn more” for the badge', async () => {
    const shop = await Storefront.open('product?blocks=eligibility-badge&learn');
    const badge = await shop.until(() => {
      const found = shop.document.querySelector('hsa-eligibility-badge');
      return found?.shadowRoot?.querySelector('[part="learn-more"]') && found;
    });
    badge.shadowRoot!.querySelector<HTMLButtonElement>('[part="learn-more"]')!.click();
    await shop.until(() => badge.shadowRoot!.querySelector('hsa-learn-more'));
    expect(shop.scripts().some((name) => /^hsa-checkout-learn-more-\d/.test(name))).to.equal(true);
  });
});
