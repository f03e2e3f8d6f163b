import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutCart } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Endpoint } from '../support/endpoint.js';
import {
  liveRegionText,
  untilRendered,
  cartOf,
  control,
  mount,
  part,
  nextEvent,
  untilState,
  recordEvents,
  visibleText,
  splitCart,
  preventNavigation,
  nextTask,
} from '../support/page.js';

describe('the source of the cart', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('is the property', async () => {
    const button = await mount({ cart: cartOf({ hsa_fsa_eligible: true }) });
    preventNavigation(button);
    await button.checkout();
    expect(endpoint.sent[0]!.body).to.deep.equal(cartOf({ hsa_fsa_eligible: true }));
  });

  it('is what a function returns at the press, or a promise for it', async () => {
    let quantity = 1;
    const cart = () =>
      Promise.resolve({ line_items: [{ product_id: 'one', quantity: quantity++, hsa_fsa_eligible: true }] });
    const button = await mount({ cart });
    preventNavigation(button);
    const before = quantity;
    await button.checkout();
    expect(endpoint.sent[0]!.body.line_items[0]!.quantity).to.equal(before);
  });

  it('is the attribute, as JSON', async () => {
    const button = await fixture<HTMLElementTagNameMap['hsa-checkout-button']>(
      html`<hsa-checkout-button
        endpoint="/api/checkout"
        cart=${JSON.stringify(splitCart())}
      ></hsa-checkout-button>`,
    );
    preventNavigation(button);
    await button.checkout();
    expect(endpoint.sent[0]!.body).to.deep.equal(splitCart());
  });

  it('is a JSON child, also one that is added after the element', async () => {
    const button = await fixture<HTMLElementTagNameMap['hsa-checkout-button']>(
      html`<hsa-checkout-button endpoint="/api/checkout"></hsa-checkout-button>`,
    );
    await untilState(button, 'unavailable');
    const child = document.createElement('script');
    child.type = 'application/json';
    child.textContent = JSON.stringify(splitCart());
    const fired = nextEvent(button, 'hsa-eligibility');
    button.append(child);
    expect((await fired).eligibility).to.equal('split');
    preventNavigation(button);
    await button.checkout();
    expect(endpoint.sent[0]!.body).to.deep.equal(splitCart());
  });

  it('is read again at a press after the page has changed it in place', async () => {
    const cart = splitCart();
    const button = await mount({ cart });
    preventNavigation(button);
    const before = visibleText(button);
    cart.line_items[1]!.quantity = 5;
    await nextTask();
    // A change in place fires no event, so the page has to call `refresh()` or set the property.
    expect(visibleText(button)).to.equal(before);
    await button.checkout();
    expect(endpoint.sent[0]!.body.line_items[1]!.quantity).to.equal(5);
    await button.refresh();
    await button.updateComplete;
    expect(visibleText(button)).to.contain(
      'You’ll use another card $99.95 Total before shipping and tax $149.90',
    );
  });

  it('may contain a total, right or wrong, which is not sent', async () => {
    const button = await mount({ cart: { ...splitCart(), total: 1 } as CheckoutCart });
    preventNavigation(button);
    await button.checkout();
    expect(endpoint.sent[0]!.body).to.deep.equal(splitCart());
    expect(button.state).to.equal('idle');
  });

  it('is kept when the page sets it before the element is defined', async () => {
    const place = document.createElement('div');
    place.innerHTML = '<hsa-checkout-button endpoint="/api/checkout"></hsa-checkout-button>';
    const early = place.firstElementChild as HTMLElementTagNameMap['hsa-checkout-button'];
    const inert = document.implementation.createHTMLDocument().adoptNode(early);
    Object.defineProperty(inert, 'cart', {
      value: splitCart(),
      configurable: true,
      writable: true,
      enumerable: true,
    });
    document.body.append(inert);
    await untilState(early, 'idle');
    await early.refresh();
    expect(visibleText(early)).to.contain('May be paid with HSA/FSA $49.95');
    early.remove();
  });

  it('is sent without URLs, metadata and unknown keys', async () => {
    const whole = {
      ...splitCart(),
      success_url: 'https://evil.example/',
      metadata: { webhook_url: 'https://evil.example/' },
      coupon: 'X',
    };
    const button = await mount({ cart: whole });
    preventNavigation(button);
    await button.checkout();
    expect(endpoint.sent[0]!.body).to.deep.equal(splitCart());
  });
});

describe('a cart that cannot be bought', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const bad = {
    shipping: -1,
    customer: { email: 'nobody' },
    line_items: [
      { product_id: 'one', quantity: 1, price: 19.99 },
      { product_id: '', quantity: 0 },
    ],
  } as CheckoutCart;

  it('reports every invalid path at once, sends nothing, and keeps the page working', async () => {
    expectConsole(/invalid_cart.*line_items\[0\]\.price.*line_items\[1\]\.quantity/);
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount({ cart: bad });
    expect(button.state).to.equal('unavailable');
    const [error] = errors;
    expect(error!.code).to.equal('invalid_cart');
    expect(error!.fields!.map(({ path }) => path)).to.deep.equal([
      'customer.email',
      'line_items[0].price',
      'line_items[1].product_id',
      'line_items[1].quantity',
      'shipping',
    ]);
    // The mistake is the page's: the shopper sees the children of the element, and no message.
    const link = Object.assign(document.createElement('a'), { href: '/checkout', textContent: 'Check out' });
    button.append(link);
    expect(link.checkVisibility()).to.equal(true);
    expect([control(button), part(button, 'message')]).to.deep.equal([null, null]);
    await button.checkout();
    expect(button.state).to.equal('unavailable');
    expect(endpoint.sent).to.have.length(0);

    button.cart = splitCart();
    await untilState(button, 'idle');
    expect(link.checkVisibility()).to.equal(false);
    expect(liveRegionText(button, 'alert')).to.equal('');
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    await fired;
    expect(endpoint.sent).to.have.length(1);
  });

  it('is reported as invalid JSON when the attribute is not JSON', async () => {
    expectConsole(/invalid_cart/);
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount({ cart: undefined });
    button.setAttribute('cart', '{"line_items": [');
    await untilState(button, 'unavailable');
    while (!errors.length) await nextEvent(button, 'hsa-checkout-error');
    expect(errors[0]!.fields!.map(({ path, code }) => [path, code])).to.deep.equal([['$', 'invalid_json']]);
  });

  it('shows no message while it is empty, until it is pressed', async () => {
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount({ cart: { line_items: [] } });
    expect(button.state).to.equal('unavailable');
    expect(errors).to.have.length(0);
    expect(visibleText(button)).to.equal('Pay with HSA/FSA');
    // The hidden message is the description of the button.
    expect(control(button).getAttribute('aria-describedby')).to.equal('message');
    expect(part(button, 'message').textContent).to.match(/Your cart is empty/);
    expectConsole(/empty_cart/);
    control(button).click();
    await nextEvent(button, 'hsa-checkout-error');
    await button.updateComplete;
    expect(errors.map(({ code }) => code)).to.deep.equal(['empty_cart']);
    expect(liveRegionText(button, 'alert')).to.equal('Your cart is empty. Add an item to check out.');
    expect(endpoint.sent).to.have.length(0);
  });

  for (const text of [
    '[object Object]',
    '() => ({ line_items: [] })',
    'async function load() { return { line_items: [] } }',
    'function () { [native code] }',
  ])
    it(`shows no message while a framework’s server has rendered the attribute as ${text}`, async () => {
      const errors = recordEvents('hsa-checkout-error');
      const page = await fixture(
        html`<div>
          <hsa-checkout-button endpoint="/api/checkout" cart=${text}></hsa-checkout-button>
          <hsa-eligibility-badge cart=${text}></hsa-eligibility-badge>
        </div>`,
      );
      const button = page.querySelector('hsa-checkout-button')!;
      const badge = page.querySelector('hsa-eligibility-badge')!;
      await untilState(button, 'unavailable');
      await badge.updateComplete;
      expect(errors).to.have.length(0);
      expect(visibleText(button)).to.equal('Pay with HSA/FSA');
      expectConsole(/empty_cart: No cart yet: expected JSON/);
      control(button).click();
      await nextEvent(button, 'hsa-checkout-error');
      expect(errors.map(({ code }) => code)).to.deep.equal(['empty_cart']);
      expect(endpoint.sent).to.have.length(0);
      // The framework then starts in the browser, and sets the property.
      preventNavigation(button);
      button.cart = splitCart();
      await untilRendered(button, () => visibleText(button).includes('May be paid with HSA/FSA $49.95'));
      await button.checkout();
      expect(endpoint.sent[0]!.body).to.deep.equal(splitCart());
    });

  it('opens a session at a press once a function’s cart is valid, without a refresh', async () => {
    let cart: CheckoutCart = { line_items: [] };
    const button = await mount({ cart: () => cart });
    preventNavigation(button);
    expect(button.state).to.equal('unavailable');
    cart = splitCart();
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    await fired;
    expect(endpoint.sent).to.have.length(1);
  });

  it('is rejected in another currency, with the path of the first line that differs', async () => {
    expectConsole(/unsupported_currency/);
    const errors = recordEvents('hsa-checkout-error');
    const cart = splitCart();
    cart.line_items[1]!.currency = 'EUR';
    const button = await mount({ cart });
    expect(errors[0]!.code).to.equal('unsupported_currency');
    expect(errors[0]!.fields!.map(({ path }) => path)).to.deep.equal(['line_items[1].currency']);
    expect(button.state).to.equal('unavailable');
  });

  it('is reported when its function throws', async () => {
    expectConsole(/invalid_cart: cart\(\) failed/);
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount({
      cart: () => {
        throw new Error('no cart');
      },
    });
    expect(errors.map(({ code }) => code)).to.deep.equal(['invalid_cart']);
    expect(button.state).to.equal('unavailable');
  });

  it('is reported when its function throws another library’s error, without its message', async () => {
    expectConsole(/invalid_cart: cart\(\) failed/);
    const errors = recordEvents('hsa-checkout-error');
    await mount({
      cart: () =>
        Promise.reject(Object.assign(new Error('no row'), { code: 'PGRST116', details: { type: 'x' } })),
    });
    expect(errors.map(({ code, message, type }) => [code, message, type])).to.deep.equal([
      ['invalid_cart', 'cart() failed', 'hsa-checkout-error'],
    ]);
  });

  it('is reported as invalid_config when the endpoint is missing or not safe', async () => {
    expectConsole(/invalid_config: endpoint/);
    const errors = recordEvents('hsa-checkout-error');
    for (const wrong of [
      '',
      'http://shop.example/api',
      'javascript:alert(1)',
      'https://me:secret@shop.example/',
    ])
      await mount({ endpoint: wrong });
    expect(errors.map(({ code }) => code)).to.deep.equal(Array(4).fill('invalid_config'));
  });
});
