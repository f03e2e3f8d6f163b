import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  liveRegionText,
  cartOf,
  mount,
  nextEvent,
  untilState,
  recordEvents,
  visibleText,
  splitCart,
  preventNavigation,
} from '../support/page.js';

const here = () => `${location.href.split('#')[0]}#payment`;

describe('the recovery from every state', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => {
    endpoint.restore();
    history.replaceState(null, '', here().split('#')[0]);
  });

  it('keeps an error and a price confirmation when the same cart is read again', async () => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({}, 500));
    const button = await mount();
    await button.checkout();
    await button.refresh();
    expect(liveRegionText(button, 'alert')).to.contain('Something went wrong');
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: here(), amounts: { subtotal: 9093 } })));
    await button.checkout();
    await button.refresh();
    await button.updateComplete;
    expect(liveRegionText(button, 'status')).to.contain('from $89.93 to $90.93');
    await button.checkout();
    expect(button.state).to.equal('redirecting');
  });

  for (const [title, cart] of [
    ['empty', { line_items: [] }],
    ['broken', { line_items: [{ product_id: 'x', quantity: 0.5 }] }],
  ] as [string, CheckoutCart][])
    it(`shows no eligibility of the previous cart when the cart is ${title}`, async () => {
      if (title === 'broken') expectConsole(/invalid_cart/);
      const button = await mount({ cart: cartOf({ hsa_fsa_eligible: true }) });
      const fired = nextEvent(button, 'hsa-eligibility');
      button.cart = cart;
      expect((await fired).eligibility).to.equal('unknown');
      await button.updateComplete;
      expect(visibleText(button)).not.to.contain('eligible');
    });

  it('gives up on a cart function that never resolves', async () => {
    expectConsole(/timeout/);
    let isStuck = false;
    const button = await mount({ cart: () => (isStuck ? new Promise(() => {}) : splitCart()) });
    const clock = new Clock();
    try {
      isStuck = true;
      void button.checkout();
      clock.advance(5_000);
      clock.advance(30_000);
      await untilState(button, 'error');
      isStuck = false;
      preventNavigation(button);
      const fired = nextEvent(button, 'hsa-checkout-session');
      void button.checkout();
      await fired;
    } finally {
      clock.restore();
    }
  });

  it('waits for a cart that is being read again, and does not navigate with the old one', async () => {
    expectConsole(/aborted/);
    let answer: ((cart: CheckoutCart) => void) | undefined;
    let isChanged = false;
    const button = await mount({
      cart: () => (isChanged ? new Promise((resolve) => (answer = resolve)) : splitCart()),
    });
    const release = endpoint.holdResponses();
    const pressed = button.checkout();
    await nextEvent(button, 'hsa-checkout-start');
    isChanged = true;
    const read = button.refresh();
    release(json(sessionAnswer({ checkout_url: here() })));
    await new Promise((resolve) => setTimeout(resolve));
    expect(button.state).to.equal('creating');
    answer!(cartOf({ hsa_fsa_eligible: true }));
    await Promise.all([read, pressed]);
    expect(button.state).to.equal('error');
    expect(location.href).not.to.equal(here());
  });

  it('keeps the button visible when the session turns out to be regular and when-regular is "hide"', async () => {
    endpoint.respondWith(({ url }) =>
      url.endsWith('/eligibility')
        ? json({ products: [] })
        : json(sessionAnswer({ type: 'regular', checkout_url: here(), amounts: { subtotal: 2000 } })),
    );
    const button = await mount({ cart: cartOf({}), whenRegular: 'hide', endpoint: '/hide' });
    await button.checkout();
    await button.updateComplete;
    expect(liveRegionText(button, 'status')).to.contain('from $10.00 to $20.00');
  });

  it('treats blank attributes as missing', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: 'https://checkout.withgale.com/c/1' })));
    const place = await fixture<HTMLElement>(
      html`<div>
        <hsa-checkout-button
          endpoint="/api/checkout"
          eligibility=""
          checkout-hosts=""
          target=""
          cart=${JSON.stringify(splitCart())}
        ></hsa-checkout-button>
      </div>`,
    );
    const button = place.firstElementChild as CheckoutButton;
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    expect((await fired).checkoutUrl).to.equal('https://checkout.withgale.com/c/1');
    await button.updateComplete;
    expect(visibleText(button)).to.contain('May be paid with HSA/FSA $49.95');
  });

  it('is unavailable at once without any attribute, and logs the reason', async () => {
    expectConsole(/invalid_config: endpoint/);
    const errors = recordEvents('hsa-checkout-error');
    const place = await fixture<HTMLElement>(html`<div><hsa-checkout-button></hsa-checkout-button></div>`);
    await untilState(place.firstElementChild as CheckoutButton, 'unavailable');
    expect(errors.map(({ code }) => code)).to.deep.equal(['invalid_config']);
  });

  it('quotes nothing of a cart that is not JSON', async () => {
    expectConsole(/invalid_cart: \$: expected JSON$/);
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount({ cart: undefined, cartJson: '{"email":jane@example.com}' });
    expect(button.state).to.equal('unavailable');
    expect(JSON.stringify(errors)).not.to.contain('jane');
  });
});
