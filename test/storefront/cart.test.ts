import { expect } from '@open-wc/testing';
import { expectConsole } from '../support/browser-setup.js';
import { nextPage } from '../elements/support/frame.js';
import {
  liveRegionText,
  control,
  nextEvent,
  untilState,
  untilMessage,
  visibleText,
} from '../elements/support/page.js';
import { deferred, Storefront } from './storefront.js';

const CART = 'cart?blocks=checkout-button';

/** The part of Shopify's actions that a page may have. */
const withGetCart = (shop: Storefront, getCart: () => Promise<unknown>) =>
  Object.assign(shop.window.Shopify!, { actions: { getCart } });

/** A checkout whose response the merchant's app holds. */
async function pressAndHold(page = CART) {
  const shop = await Storefront.open(page, { hold: true });
  const button = await shop.button();
  control(button).click();
  await shop.untilReport(({ keys }) => keys.length === 1);
  return { shop, button };
}

describe('the button of a theme, with the live cart', () => {
  it('opens the payment page with the cart of a theme without events, through the app proxy', async () => {
    const shop = await Storefront.open(CART, { cart: { 1: 2, 2: 1 } });
    const button = await shop.button();
    // Requested under the root path of the shopper's language: there is nothing at /cart.js.
    await shop.pressAndPay(button);
    const { opened, hadCookie } = await shop.control();
    expect(opened).to.deep.equal([{ 1: 2, 2: 1 }]);
    expect(hadCookie).to.equal(false);
  });

  it('reads the current cart at the press', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    // The page gets no event of this change.
    await shop.control({ cart: { 2: 3 } });
    await shop.pressAndPay(button);
    expect((await shop.control()).opened).to.deep.equal([{ 2: 3 }]);
  });

  it('waits at a press for a change that the theme has announced', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    const { promise, resolve } = deferred();
    shop.fireLinesUpdate(promise);
    const { cartReads } = await shop.control();
    const payment = nextPage(shop.frame);
    control(button).click();
    await untilState(button, 'creating');
    expect((await shop.control({ cart: { 1: 5 } })).cartReads).to.equal(cartReads);
    resolve({ cart: {} });
    await payment;
    expect((await shop.control()).opened).to.deep.equal([{ 1: 5 }]);
  });

  it('reads the cart again after a change that was rejected or failed', async () => {
    const shop = await Storefront.open(CART);
    await shop.button();
    for (const outcome of [
      () => Promise.resolve({ userErrors: [{}] }),
      () => Promise.reject(new Error('sold out')),
    ]) {
      const { cartReads } = await shop.control();
      shop.fireLinesUpdate(outcome());
      await shop.untilReport((report) => report.cartReads > cartReads);
    }
  });

  for (const signal of ['events', 'silent'] as const)
    it(`gives up a request whose cart changes during it (${signal}), and sends the new cart`, async () => {
      expectConsole(/aborted/);
      const { shop, button } = await pressAndHold();
      await shop.changeCart(1, 4, signal);
      await untilMessage(button, 'Your cart changed. Please try again.');
      await shop.control({ hold: false });
      await shop.pressAndPay(button);
      const { keys, opened } = await shop.control();
      expect(new Set(keys).size).to.equal(2);
      expect(opened.at(-1)).to.deep.equal({ 1: 4 });
    });

  it('stays usable while cart.js returns 429 and then HTML, and opens one session', async () => {
    const shop = await Storefront.open(CART, { cartFaults: ['429', 'html'] });
    const button = await shop.button();
    await shop.untilReport(({ cartReads }) => cartReads >= 2);
    await untilState(button, 'unavailable');
    // Without a press, the page shows no error.
    expect(liveRegionText(button, 'alert')).to.equal('');
    await shop.pressAndPay(button);
    const { keys, opened } = await shop.control();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  for (const [fault, text] of [
    ['429 later', 'Too many requests. Please try again in 60 seconds.'],
    ['html', 'Something went wrong on our side. Please try again.'],
    ['404', 'Something went wrong on our side. You can use another payment method.'],
  ] as const)
    it(`shows an error at a press when cart.js returns ${fault}, and tries again at the next press`, async () => {
      expectConsole(/<hsa-checkout-button> (rate_limited|bad_response|not_found): /);
      const shop = await Storefront.open(CART);
      const button = await shop.button();
      await shop.control({ cartFaults: fault === 'html' ? ['html', 'html'] : [fault] });
      control(button).click();
      await untilMessage(button, text);
      expect((await shop.control()).keys).to.deep.equal([]);
      await shop.pressAndPay(button);
      expect((await shop.control()).opened).to.have.length(1);
    });

  it('calls Shopify.actions.getCart() when cart.js fails, and uses a complete result', async () => {
    expectConsole(/rate_limited/);
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    const cost = { totalAmount: { amount: '99.9', currencyCode: 'USD' } };
    // Only the documented fields of a line, which do not identify its product.
    let lines: object[] = [{ id: 'gid://shopify/CartLine/1', quantity: 2, cost }];
    withGetCart(shop, () => Promise.resolve({ cart: { lines, cost } }));
    await shop.control({ cartFaults: ['429 later', '429 later'] });
    control(button).click();
    await untilMessage(button, /^Too many requests/);
    const product = { title: 'Monitor', handle: 'monitor', isGiftCard: false };
    const merchandise = { id: 'gid://shopify/ProductVariant/1', product };
    lines = [{ quantity: 2, cost, merchandise, sellingPlanAllocation: null }];
    await shop.pressAndPay(button);
    expect((await shop.control()).opened).to.deep.equal([{ 1: 2 }]);
  });

  it('sends no cart in another currency from a page that was rendered for US dollars', async () => {
    expectConsole(/unsupported_currency/);
    const shop = await Storefront.open(`${CART}&cached=USD`, { currency: 'EUR' });
    const button = await shop.button();
    // A script can also start a checkout while the button is hidden.
    await shop.until(() => button.hidden);
    const failed = nextEvent(button, 'hsa-checkout-error');
    void button.checkout();
    await failed;
    await untilMessage(
      button,
      'HSA/FSA checkout isn’t available for this cart. You can use another payment method.',
    );
    expect((await shop.control()).keys).to.deep.equal([]);
  });

  it('is a link to the shop’s own checkout while the merchant’s endpoint is invalid', async () => {
    expectConsole(/invalid_config/);
    const settings = encodeURIComponent(JSON.stringify({ endpoint: 'http://shop.example/checkout' }));
    const shop = await Storefront.open(`${CART}&settings=${settings}`);
    const loaded = await shop.until(
      () => shop.document.querySelector('hsa-checkout-button')?.shadowRoot?.host,
    );
    const link = loaded.querySelector('a')!;
    await shop.until(() => link.pathname === `${shop.root}checkout`);
    expect(link.checkVisibility()).to.equal(true);
  });

  it('is hidden for a cart that is not sold, and shown again for one that is', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    await shop.changeCart(4, 1);
    await shop.until(() => button.hidden);
    // A theme that morphs removes attributes that are not in the server's markup; the server also renders `hidden`.
    button.hidden = false;
    await shop.until(() => button.hidden);
    await shop.changeCart(4, 0);
    await shop.until(() => !button.hidden);
    await shop.control({ subscriptions: [1] });
    await shop.changeCart(1, 2);
    await shop.until(() => button.hidden);
    expect(liveRegionText(button, 'alert')).to.equal('');
  });

  it('shows an error for an HTML page of the app proxy, and tries again at the next press', async () => {
    expectConsole(/bad_response/);
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    // The texts also come from the app.
    await shop.until(() => visibleText(button).endsWith('All items are HSA/FSA eligible'));
    await shop.control({ appFaults: ['html'] });
    control(button).click();
    await untilMessage(button, 'Something went wrong on our side. Please try again.');
    await shop.pressAndPay(button);
    expect((await shop.control()).opened).to.have.length(1);
  });
});

describe('the button of a theme, while its section is rendered again', () => {
  it('ends cleanly when its section is replaced, and the new one opens the same session', async () => {
    const { shop, button } = await pressAndHold();
    await shop.replaceSection('main');
    const second = await shop.button('#shopify-section-main');
    expect(second).not.to.equal(button);
    expect(second.state).to.equal('idle');
    expect((await shop.control({ hold: false })).keys).to.have.length(1);
    await shop.pressAndPay(second);
    const { keys, opened } = await shop.control();
    expect(new Set(keys).size).to.equal(1);
    expect(opened).to.have.length(1);
  });

  it('keeps working when a theme morphs its section', async () => {
    const { shop, button } = await pressAndHold();
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    button.setAttribute('data-of-the-page', 'kept by nobody, missed by nobody');
    for (let i = 0; i < 3; i++) await shop.morphSection('main');
    expect([states, button.isConnected]).to.deep.equal([[], true]);
    const payment = nextPage(shop.frame);
    await shop.control({ hold: false });
    await payment;
    expect(states).to.deep.equal(['redirecting']);
    const { keys, opened } = await shop.control();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  it('opens one session for two blocks that are pressed one after the other', async () => {
    const shop = await Storefront.open(`${CART}&drawer=checkout-button`, { hold: true });
    const [first, second] = [await shop.button('main'), await shop.button('cart-drawer')];
    control(first).click();
    control(second).click();
    await shop.untilReport(({ keys }) => keys.length >= 2);
    const payment = nextPage(shop.frame);
    await shop.control({ hold: false });
    await payment;
    const { keys, opened } = await shop.control();
    expect(new Set(keys).size).to.equal(1);
    expect(opened).to.have.length(1);
  });
});

describe('the badge of a cart', () => {
  it('shows the server’s text, follows the cart, and is empty when the eligibility of a line is unknown', async () => {
    const shop = await Storefront.open('cart?blocks=eligibility-badge', { cart: { 1: 1, 2: 1 } });
    const split =
      'May be paid with HSA/FSA $49.95 You’ll use another card $19.99 Total before shipping and tax $69.94';
    expect(shop.badgeText()).to.equal(split);
    await shop.changeCart(2, 0, 'events');
    await shop.until(() => shop.badgeText() === 'All items are HSA/FSA eligible');
    // The page was rendered before this line was added.
    await shop.changeCart(3, 1);
    await shop.until(() => shop.badgeText() === '');
    for (const way of ['morphSection', 'replaceSection'] as const) {
      await shop[way]('main');
      await shop.until(
        () =>
          shop.badgeText() ===
          'May be paid with HSA/FSA $49.95 May be HSA/FSA eligible with a Letter of Medical Necessity $129.00 Total before shipping and tax $178.95',
      );
    }
  });
});

describe('the texts of the button', () => {
  it('come from the app’s own catalogue', async () => {
    const shop = await Storefront.open(CART, { cart: { 1: 1, 3: 1 } });
    const button = await shop.button();
    await shop.until(() => visibleText(button).includes('with a Letter of Medical Necessity $129.00'));
  });
});
