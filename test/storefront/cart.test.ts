import { expect } from '@open-wc/testing';
import { expectConsole } from '../support/browser-setup.js';
import { nextPage } from '../elements/support/frame.js';
import { announced, control, next, reaches, says, shows } from '../elements/support/page.js';
import { deferred, Storefront } from './storefront.js';

const CART = 'cart?blocks=checkout-button';

/** Shopify's own actions, as far as a page may have them. */
const withGetCart = (shop: Storefront, getCart: () => Promise<unknown>) =>
  Object.assign(shop.window.Shopify!, { actions: { getCart } });

/** A checkout that waits in the merchant's app. */
async function pressAndHold(page = CART) {
  const shop = await Storefront.open(page, { hold: true });
  const button = await shop.button();
  control(button).click();
  await shop.hears(({ keys }) => keys.length === 1);
  return { shop, button };
}

describe('the button of a theme, with the live cart', () => {
  it('opens the payment page with the cart of a theme without events, through the app proxy', async () => {
    const shop = await Storefront.open(CART, { cart: { 1: 2, 2: 1 } });
    const button = await shop.button();
    // Read under the shopper's own root: there is nothing at /cart.js.
    await shop.pays(button);
    const { opened, hadCookie } = await shop.tell();
    expect(opened).to.deep.equal([{ 1: 2, 2: 1 }]);
    expect(hadCookie).to.equal(false);
  });

  it('reads the current cart at the press', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    // Nobody on the page can know.
    await shop.tell({ cart: { 2: 3 } });
    await shop.pays(button);
    expect((await shop.tell()).opened).to.deep.equal([{ 2: 3 }]);
  });

  it('waits at a press for a change that the theme has announced', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    const { promise, resolve } = deferred();
    shop.announce(promise);
    const { cartReads } = await shop.tell();
    const payment = nextPage(shop.frame);
    control(button).click();
    await reaches(button, 'creating');
    expect((await shop.tell({ cart: { 1: 5 } })).cartReads).to.equal(cartReads);
    resolve({ cart: {} });
    await payment;
    expect((await shop.tell()).opened).to.deep.equal([{ 1: 5 }]);
  });

  it('reads the cart again after a change that was rejected or failed', async () => {
    const shop = await Storefront.open(CART);
    await shop.button();
    for (const outcome of [
      () => Promise.resolve({ userErrors: [{}] }),
      () => Promise.reject(new Error('sold out')),
    ]) {
      const { cartReads } = await shop.tell();
      shop.announce(outcome());
      await shop.hears((report) => report.cartReads > cartReads);
    }
  });

  for (const voice of ['events', 'silent'] as const)
    it(`gives up a request whose cart changes during it (${voice}), and sends the new cart`, async () => {
      expectConsole(/aborted/);
      const { shop, button } = await pressAndHold();
      await shop.change(1, 4, voice);
      await says(button, 'Your cart changed. Please try again.');
      await shop.tell({ hold: false });
      await shop.pays(button);
      const { keys, opened } = await shop.tell();
      expect(new Set(keys).size).to.equal(2);
      expect(opened.at(-1)).to.deep.equal({ 1: 4 });
    });

  it('stays usable while cart.js returns 429 and then HTML, and opens one session', async () => {
    const shop = await Storefront.open(CART, { cartFaults: ['429', 'html'] });
    const button = await shop.button();
    await shop.hears(({ cartReads }) => cartReads >= 2);
    await reaches(button, 'unavailable');
    // A page that is just being looked at does not complain.
    expect(announced(button, 'alert')).to.equal('');
    await shop.pays(button);
    const { keys, opened } = await shop.tell();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  for (const [fault, words] of [
    ['429 later', 'Too many requests. Please try again in a minute.'],
    ['html', 'Something went wrong on our side. Please try again.'],
    ['404', 'Something went wrong on our side. Please try again.'],
  ] as const)
    it(`shows an error at a press when cart.js returns ${fault}, and tries again at the next press`, async () => {
      expectConsole(/<hsa-checkout-button> (rate_limited|bad_response|not_found): /);
      const shop = await Storefront.open(CART);
      const button = await shop.button();
      await shop.tell({ cartFaults: fault === 'html' ? ['html', 'html'] : [fault] });
      control(button).click();
      await says(button, words);
      expect((await shop.tell()).keys).to.deep.equal([]);
      await shop.pays(button);
      expect((await shop.tell()).opened).to.have.length(1);
    });

  it('calls Shopify.actions.getCart() when cart.js fails, and uses a complete result', async () => {
    expectConsole(/rate_limited/);
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    const cost = { totalAmount: { amount: '99.9', currencyCode: 'USD' } };
    // What Shopify documents of a line: nobody can tell what it is.
    let lines: object[] = [{ id: 'gid://shopify/CartLine/1', quantity: 2, cost }];
    withGetCart(shop, () => Promise.resolve({ cart: { lines, cost } }));
    await shop.tell({ cartFaults: ['429 later', '429 later'] });
    control(button).click();
    await says(button, /^Too many requests/);
    const product = { title: 'Monitor', handle: 'monitor', isGiftCard: false };
    const merchandise = { id: 'gid://shopify/ProductVariant/1', product };
    lines = [{ quantity: 2, cost, merchandise, sellingPlanAllocation: null }];
    await shop.pays(button);
    expect((await shop.tell()).opened).to.deep.equal([{ 1: 2 }]);
  });

  it('sends no cart in another currency from a page that was rendered for US dollars', async () => {
    expectConsole(/unsupported_currency/);
    const shop = await Storefront.open(`${CART}&cached=USD`, { currency: 'EUR' });
    const button = await shop.button();
    // It says so before the press, too.
    const failed = next(button, 'hsa-checkout-error');
    control(button).click();
    await failed;
    await says(button, 'HSA/FSA checkout isn’t available for this cart. Please use another payment method.');
    expect((await shop.tell()).keys).to.deep.equal([]);
  });

  it('is hidden for a cart that is not sold, and shown again for one that is', async () => {
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    await shop.change(4, 1);
    await shop.sees(() => button.hidden);
    // A theme that morphs takes off what its server did not send; the server hides it as well.
    button.hidden = false;
    await shop.sees(() => button.hidden);
    await shop.change(4, 0);
    await shop.sees(() => !button.hidden);
    await shop.tell({ subscriptions: [1] });
    await shop.change(1, 2);
    await shop.sees(() => button.hidden);
    expect(announced(button, 'alert')).to.equal('');
  });

  it('shows an error for an HTML page of the app proxy, and tries again at the next press', async () => {
    expectConsole(/bad_response/);
    const shop = await Storefront.open(CART);
    const button = await shop.button();
    // The words come from the app as well.
    await shop.sees(() => shows(button).endsWith('All items are HSA/FSA eligible'));
    await shop.tell({ appFaults: ['html'] });
    control(button).click();
    await says(button, 'Something went wrong on our side. Please try again.');
    await shop.pays(button);
    expect((await shop.tell()).opened).to.have.length(1);
  });
});

describe('the button of a theme, while its section is rendered again', () => {
  it('ends cleanly when its section is replaced, and the new one opens the same session', async () => {
    const { shop, button } = await pressAndHold();
    await shop.replace('main');
    const second = await shop.button('#shopify-section-main');
    expect(second).not.to.equal(button);
    expect(second.state).to.equal('idle');
    expect((await shop.tell({ hold: false })).keys).to.have.length(1);
    await shop.pays(second);
    const { keys, opened } = await shop.tell();
    expect(new Set(keys).size).to.equal(1);
    expect(opened).to.have.length(1);
  });

  it('keeps working when a theme morphs its section', async () => {
    const { shop, button } = await pressAndHold();
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    button.setAttribute('data-of-the-page', 'kept by nobody, missed by nobody');
    for (let i = 0; i < 3; i++) await shop.morph('main');
    expect([states, button.isConnected]).to.deep.equal([[], true]);
    const payment = nextPage(shop.frame);
    await shop.tell({ hold: false });
    await payment;
    expect(states).to.deep.equal(['redirecting']);
    const { keys, opened } = await shop.tell();
    expect([keys.length, opened.length]).to.deep.equal([1, 1]);
  });

  it('opens one session for two blocks that are pressed one after the other', async () => {
    const shop = await Storefront.open(`${CART}&drawer=checkout-button`, { hold: true });
    const [first, second] = [await shop.button('main'), await shop.button('cart-drawer')];
    control(first).click();
    control(second).click();
    await shop.hears(({ keys }) => keys.length >= 2);
    const payment = nextPage(shop.frame);
    await shop.tell({ hold: false });
    await payment;
    const { keys, opened } = await shop.tell();
    expect(new Set(keys).size).to.equal(1);
    expect(opened).to.have.length(1);
  });
});

describe('the badge of a cart', () => {
  it('shows the server’s text, follows the cart, and is empty when the eligibility of a line is unknown', async () => {
    const shop = await Storefront.open('cart?blocks=eligibility-badge', { cart: { 1: 1, 2: 1 } });
    const split = '$49.95 of $69.94 may be paid with HSA/FSA. You’ll use another card for the rest.';
    expect(shop.badgeText()).to.equal(split);
    await shop.change(2, 0, 'events');
    await shop.sees(() => shop.badgeText() === 'All items are HSA/FSA eligible');
    // The page was rendered before this one came.
    await shop.change(3, 1);
    await shop.sees(() => shop.badgeText() === '');
    for (const way of ['morph', 'replace'] as const) {
      await shop[way]('main');
      await shop.sees(
        () => shop.badgeText() === 'May be HSA/FSA eligible with a Letter of Medical Necessity',
      );
    }
  });
});

describe('the texts of the button', () => {
  it('come from the app’s own catalogue', async () => {
    const shop = await Storefront.open(CART, { cart: { 1: 1, 3: 1 } });
    const button = await shop.button();
    await shop.sees(() => shows(button).endsWith('with a Letter of Medical Necessity'));
  });
});
