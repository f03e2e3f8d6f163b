import { expect } from '@open-wc/testing';
import { sendKeys } from '../support/browser-commands.js';
import { expectConsole } from '../support/browser-setup.js';
import { nextPage } from '../elements/support/frame.js';
import { liveRegionText, control, untilMessage, visibleText } from '../elements/support/page.js';
import { Storefront } from './storefront.js';

const BLOCK = 'cart?blocks=checkout-button&with=';
const EMBED = 'cart?embed&with=';

const field = <T extends HTMLElement = HTMLInputElement>(shop: Storefront, selector: string) =>
  shop.document.querySelector<T>(`main ${selector}`)!;

/** Types a quantity that the theme has not saved yet. */
const enter = (shop: Storefront, selector: string, value: string) => {
  field(shop, selector).value = value;
};

for (const page of [BLOCK, EMBED])
  describe(`a press sells the cart that the page shows (${page})`, () => {
    it('saves a quantity that is typed and not saved yet', async () => {
      const shop = await Storefront.open(`${page}quantities`, { cart: { 1: 1, 2: 2 } });
      const button = await shop.button('main');
      enter(shop, 'li:nth-child(1) input', '3');
      await shop.pressAndPay(button);
      const { opened, changes } = await shop.control();
      expect(opened).to.deep.equal([{ 1: 3, 2: 2 }]);
      expect(changes).to.deep.equal(['update']);
    });

    it('sends no update when the cart matches the page', async () => {
      const shop = await Storefront.open(`${page}quantities note attributes`, { cart: { 1: 1, 2: 2 } });
      await shop.pressAndPay(await shop.button('main'));
      expect((await shop.control()).changes).to.deep.equal([]);
    });

    it('removes a line whose quantity is typed as 0', async () => {
      const shop = await Storefront.open(`${page}quantities`, { cart: { 1: 1, 2: 2 } });
      const button = await shop.button('main');
      enter(shop, 'li:nth-child(2) input', '0');
      await shop.pressAndPay(button);
      expect((await shop.control()).opened).to.deep.equal([{ 1: 1 }]);
    });

    it('does not change quantities when only some lines have fields, or a field is not a number', async () => {
      const shop = await Storefront.open(`${page}quantities`, { cart: { 1: 1, 2: 2 } });
      const button = await shop.button('main');
      enter(shop, 'li:nth-child(1) input', 'many');
      field(shop, 'li:nth-child(2) input').remove();
      await shop.pressAndPay(button);
      expect((await shop.control()).opened).to.deep.equal([{ 1: 1, 2: 2 }]);
    });

    for (const [does, orders] of [
      ['refuses', { stock: 2 }],
      ['makes smaller', { stock: 2, caps: true }],
    ] as const)
      it(`opens no session for quantities that the shop ${does}`, async () => {
        expectConsole(/rejected/);
        const shop = await Storefront.open(`${page}quantities`, orders);
        const button = await shop.button('main');
        enter(shop, 'li input', '5');
        control(button).click();
        await untilMessage(
          button,
          'Some cart details need attention. Please review your cart. You can use another payment method.',
        );
        expect((await shop.control()).keys).to.deep.equal([]);
      });

    it('does not change a cart that has changed elsewhere, when the shopper has typed nothing', async () => {
      const shop = await Storefront.open(`${page}quantities`);
      const button = await shop.button('main');
      await shop.control({ cart: { 1: 4 } });
      await shop.pressAndPay(button);
      const { opened, changes } = await shop.control();
      expect({ opened, changes }).to.deep.equal({ opened: [{ 1: 4 }], changes: [] });
    });

    it('does not change the cart for fields outside the cart, such as those of a quick order', async () => {
      const shop = await Storefront.open(`${page}quick-add`);
      const button = await shop.button('main');
      shop.document.querySelector<HTMLInputElement>('.quick input')!.value = '7';
      await shop.pressAndPay(button);
      expect((await shop.control()).changes).to.deep.equal([]);
    });

    it('saves a quantity beside a line that cannot be changed', async () => {
      const shop = await Storefront.open(`${page}quantities locked`, { cart: { 1: 1, 2: 1 } });
      const button = await shop.button('main');
      enter(shop, 'li:nth-child(2) input', '3');
      await shop.pressAndPay(button);
      expect((await shop.control()).opened).to.deep.equal([{ 1: 1, 2: 3 }]);
    });

    it('does not undo a change that the shopper makes after the press', async () => {
      expectConsole(/aborted/);
      const shop = await Storefront.open(`${page}quantities`, { hold: true });
      const button = await shop.button('main');
      enter(shop, 'li input', '3');
      control(button).click();
      await shop.untilReport(({ keys }) => keys.length === 1);
      await shop.changeCart(1, 5);
      await untilMessage(button, 'Your cart changed. Please try again.');
      expect((await shop.control({ hold: false })).changes).to.deep.equal(['update', 'change']);
    });

    it('saves a note and an attribute', async () => {
      const shop = await Storefront.open(`${page}note attributes`);
      const button = await shop.button('main');
      field<HTMLTextAreaElement>(shop, 'textarea').value = 'Ring twice\nplease';
      field(shop, '[name="attributes[Gift]"]').checked = true;
      await shop.pressAndPay(button);
      const { note, attributes } = await shop.control();
      expect({ note, attributes }).to.deep.equal({ note: 'Ring twice\nplease', attributes: { Gift: 'yes' } });
    });

    for (const way of ['fetch', 'XMLHttpRequest'] as const)
      it(`waits for a pending change (${way})`, async () => {
        const shop = await Storefront.open(page, { holdChanges: true });
        const button = await shop.button('main');
        if (way === 'fetch') void shop.changeCart(1, 4);
        else {
          const request = new shop.window.XMLHttpRequest();
          request.open('POST', `${shop.root}cart/change.js`);
          request.setRequestHeader('content-type', 'application/json');
          request.send(JSON.stringify({ id: 1, quantity: 4 }));
        }
        await shop.untilReport(({ changes }) => changes.length === 1);
        const payment = nextPage(shop.frame);
        control(button).click();
        expect(button.state).to.equal('creating');
        await shop.control({ holdChanges: false });
        await payment;
        expect((await shop.control()).opened).to.deep.equal([{ 1: 4 }]);
      });
  });

for (const page of [BLOCK, EMBED])
  describe(`the theme’s conditions for a checkout (${page})`, () => {
    it('stop at a required box, with the browser’s message', async () => {
      const shop = await Storefront.open(`${page}terms`);
      const button = await shop.button('main');
      const terms = field(shop, '.terms');
      const invalid = new Promise((resolve) => terms.addEventListener('invalid', resolve));
      control(button).click();
      await invalid;
      expect(shop.document.activeElement === terms).to.equal(true);
      expect([button.state, (await shop.control()).keys.length]).to.deep.equal(['idle', 0]);
      terms.checked = true;
      await shop.pressAndPay(button);
    });

    it('stop at a required box before the button is loaded', async () => {
      const shop = await Storefront.open(`${page}terms&far`);
      const tag = await shop.until(() =>
        shop.document.querySelector<HTMLElement>('hsa-checkout-button[role]'),
      );
      tag.click();
      expect(shop.document.activeElement === field(shop, '.terms')).to.equal(true);
      field(shop, '.terms').checked = true;
      const payment = nextPage(shop.frame);
      tag.click();
      await payment;
    });

    it('ignore a form with novalidate', async () => {
      const shop = await Storefront.open(`${page}terms`);
      const button = await shop.button('main');
      field(shop, 'form').setAttribute('novalidate', '');
      await shop.pressAndPay(button);
    });

    for (const attribute of ['disabled', 'aria-disabled'])
      it(`is disabled while the theme’s checkout button is (${attribute})`, async () => {
        const shop = await Storefront.open(page);
        const button = await shop.button('main');
        const theirs = field(shop, '.ctas [name="checkout"]');
        theirs.setAttribute(attribute, 'true');
        await shop.until(() => control(button).disabled);
        button.focus();
        await sendKeys({ press: 'Enter' });
        await button.checkout();
        expect((await shop.control()).keys).to.deep.equal([]);
        theirs.removeAttribute(attribute);
        await shop.until(() => !control(button).disabled);
        await shop.pressAndPay(button);
      });
  });

describe('a container that the merchant names', () => {
  it('has the conditions of the button inside it', async () => {
    const shop = await Storefront.open(`cart?embed=${encodeURIComponent('.ctas')}&with=disabled`);
    const button = await shop.button('main');
    await shop.until(() => control(button).disabled);
    await button.checkout();
    expect((await shop.control()).keys).to.deep.equal([]);
  });
});

describe('the badge', () => {
  it('follows a cart that is changed by the Storefront API', async () => {
    const shop = await Storefront.open(BLOCK, { cart: { 1: 1 } });
    const button = await shop.button('main');
    await shop.until(() => visibleText(button).endsWith('All items are HSA/FSA eligible'));
    const ask = (query: string, variables: object) =>
      shop.window.fetch(`${shop.root}api/2026-10/graphql.json`, {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
      });
    const { cartReads } = await shop.control();
    await ask('query { shop { name } }', {});
    await ask('mutation { cartLinesAdd(cartId: "c1") { cart { id } } }', { 2: 1 });
    await shop.until(() => visibleText(button).includes('You’ll use another card $19.99'));
    expect((await shop.control()).cartReads).to.equal(cartReads + 1);
  });

  it('shows no amounts with a discount on the whole cart', async () => {
    const SOME = 'Some items may be paid with HSA/FSA. You’ll use another card for the rest.';
    const cart = { 1: 1, 2: 1 };
    const shop = await Storefront.open('cart?blocks=checkout-button eligibility-badge', {
      cart,
      orderDiscount: 500,
    });
    const button = await shop.button('main');
    await shop.until(() => visibleText(button).endsWith(SOME));
    expect(shop.badgeText()).to.equal(SOME);
    // The script updates the badge after the change.
    await shop.changeCart(2, 2);
    await shop.until(() => shop.document.querySelector('hsa-eligibility-badge')!.shadowRoot);
    await shop.until(() => shop.badgeText() === SOME);
    expect(liveRegionText(button, 'alert')).to.equal('');
  });
});
