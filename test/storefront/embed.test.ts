import { expect } from '@open-wc/testing';
import { sendKeys } from '../support/browser-commands.js';
import { expectConsole } from '../support/browser-setup.js';
import { nextPage } from '../elements/support/frame.js';
import { control, visibleText } from '../elements/support/page.js';
import { Storefront } from './storefront.js';

const buttons = (shop: Storefront) => [...shop.document.querySelectorAll('hsa-checkout-button')];
/** The classes of the placed buttons' containers. */
const places = (shop: Storefront) =>
  [...shop.document.querySelectorAll('hsa-placed')].map((block) => block.parentElement!.className);

describe('the app embed', () => {
  it('places a button at the checkout buttons of the cart page and of the drawer', async () => {
    const shop = await Storefront.open('cart?embed&drawer');
    const [first] = [await shop.button('main'), await shop.button('cart-drawer')];
    expect(places(shop)).to.deep.equal(['ctas', 'ctas']);
    expect(buttons(shop)).to.have.length(2);
    await shop.pressAndPay(first);
    expect((await shop.control()).opened).to.have.length(1);
  });

  it('places none in a form that already has a block', async () => {
    const shop = await Storefront.open('cart?embed&blocks=checkout-button&drawer=eligibility-badge');
    await shop.button('main');
    expect(shop.document.querySelectorAll('main hsa-checkout-button')).to.have.length(1);
    await shop.button('cart-drawer');
    expect(shop.document.querySelectorAll('cart-drawer hsa-placed')).to.have.length(1);
  });

  it('keeps its checkout when the theme renders the page around it again', async () => {
    const shop = await Storefront.open('cart?embed', { hold: true });
    const button = await shop.button('main');
    control(button).click();
    await shop.untilReport(({ keys }) => keys.length === 1);
    await shop.replaceSection('main');
    await shop.morphSection('main');
    expect(buttons(shop)).to.deep.equal([button]);
    expect(button.state).to.equal('creating');
    const payment = nextPage(shop.frame);
    await shop.control({ hold: false });
    await payment;
    const { keys, opened } = await shop.control();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  it('places a button at the merchant’s selector, instead of at the built-in match inside it', async () => {
    const shop = await Storefront.open(`cart?embed=${encodeURIComponent('.ctas')}`);
    const button = await shop.button('main');
    expect(button.closest('hsa-placed')!.parentElement!.localName).to.equal('form');
    expect(buttons(shop)).to.have.length(1);
  });

  it('reports an invalid selector, and uses the built-in ones', async () => {
    expectConsole(/"\.ctas >> x" is not a valid CSS selector/);
    const shop = await Storefront.open(`cart?embed=${encodeURIComponent('.ctas >> x')}`);
    await shop.button('main');
    expect(places(shop)).to.deep.equal(['ctas']);
  });

  it('is hidden for a cart in another currency', async () => {
    const shop = await Storefront.open('cart?embed', { currency: 'EUR' });
    await shop.until(() => shop.scripts().includes('hsa-loader.js'));
    expect(buttons(shop)).to.deep.equal([]);
  });
});

describe('in the theme editor', () => {
  const PREVIEW = /^This is a preview: .* Nothing was sent\.$/;
  const notice = (shop: Storefront) =>
    shop.document.querySelector('[role="status"][data-hsa-preview]')!.textContent;

  for (const page of ['cart?blocks=checkout-button&design', 'cart?embed&design'])
    it(`shows a notice at a press, and sends nothing (${page})`, async () => {
      const shop = await Storefront.open(page);
      const button = await shop.button();
      expect(notice(shop)).to.equal('');
      control(button).click();
      expect(notice(shop)).to.match(PREVIEW);
      button.focus();
      await sendKeys({ press: 'Enter' });
      await button.checkout();
      expect(button.state).to.equal('idle');
      // A page that is left while it loads a file logs that the file did not load.
      await shop.until(() => shop.scripts().some((name) => name.includes('message')));
      expect((await shop.control()).keys).to.deep.equal([]);
    });

  it('also shows a notice at a press on the button’s placeholder', async () => {
    const shop = await Storefront.open('cart?blocks=checkout-button&design&far');
    shop.document.querySelector<HTMLElement>('hsa-checkout-button > a')!.click();
    expect(notice(shop)).to.match(PREVIEW);
    expect(shop.window.location.pathname).to.equal(`${shop.root}cart`);
  });

  it('keeps working when sections are loaded, unloaded and selected', async () => {
    const shop = await Storefront.open('cart?blocks=checkout-button&design&far');
    const say = (type: string, target: Element) =>
      target.dispatchEvent(new shop.window.Event(type, { bubbles: true }));
    say('shopify:section:unload', shop.section('main'));
    await shop.replaceSection('main');
    say('shopify:section:load', shop.section('main'));
    // The editor scrolls to it asynchronously.
    say('shopify:block:select', shop.document.querySelector('.hsa-block')!);
    const button = await shop.button('main');
    expect(visibleText(button)).to.match(/^Pay with HSA\/FSA/);
    control(button).click();
    expect(notice(shop)).to.match(PREVIEW);
    expect((await shop.control()).keys).to.deep.equal([]);
  });

  it('tells the merchant why a badge is empty', async () => {
    const shop = await Storefront.open('cart?blocks=eligibility-badge&design', { cart: { 2: 1 } });
    expect(shop.document.querySelector('.hsa-block')!.textContent).to.match(/Shoppers see nothing here/);
  });
});
