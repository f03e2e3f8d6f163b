import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { ADA, DetailsPage, missingFields, pressAndOpenDialog } from './details-page.js';
import { Endpoint } from '../support/endpoint.js';
import {
  control,
  mount,
  nextEvent,
  untilState,
  untilMessage,
  visibleText,
  preventNavigation,
} from '../support/page.js';

const LINES = { line_items: [{ product_id: 'one', price: 1000, quantity: 1, hsa_fsa_eligible: true }] };
const CUSTOMER = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' };
const ADDRESS = {
  address_line_1: '12 Elm Street',
  city: 'Chicago',
  state: 'IL',
  postal_code: '60614',
  country: 'US',
};
/** An address without values, as a page may render it. */
const NO_ADDRESS = {
  address_line_1: '',
  address_line_2: '',
  city: '',
  state: '',
  postal_code: '',
  country: '',
};

describe('a cart with missing fields of the shopper', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const bodies = () => endpoint.sent.map(({ body }) => body as unknown as CheckoutCart);

  it('opens the dialog for exactly these before a request, and sends one request', async () => {
    const shipping_info = { ...ADDRESS, postal_code: '' };
    const customer = { ...CUSTOMER, email: '', last_name: '' };
    const [button, dialog] = await pressAndOpenDialog({ cart: { ...LINES, customer, shipping_info } });
    expect(Object.keys(dialog.fields)).to.deep.equal([
      'customer.email',
      'customer.last_name',
      'shipping_info.postal_code',
    ]);
    expect(dialog.errors).to.deep.equal({});
    expect(endpoint.sent.length).to.equal(0);
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit({
      'customer.email': CUSTOMER.email,
      'customer.last_name': CUSTOMER.last_name,
      'shipping_info.postal_code': ADDRESS.postal_code,
    });
    await session;
    expect(bodies()).to.deep.equal([{ ...LINES, customer: CUSTOMER, shipping_info: ADDRESS }]);
  });

  it('shows its eligibility and an idle button until the press', async () => {
    const button = await mount({ cart: { ...LINES, customer: { email: '' } } });
    expect(button.state).to.equal('idle');
    expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    expect(control(button).hasAttribute('aria-disabled')).to.equal(false);
  });

  it('shows a malformed value in its field, with the error', async () => {
    const cart = { ...LINES, customer: { ...CUSTOMER, email: 'ada@example' } };
    const [button, dialog] = await pressAndOpenDialog({ cart });
    expect(dialog.fields['customer.email']!.value).to.equal('ada@example');
    expect(dialog.errors).to.deep.equal({
      'customer.email': 'Enter an email address such as name@example.com.',
    });
    expect(dialog.focused).to.equal('customer.email');
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit({ 'customer.email': CUSTOMER.email });
    await session;
    expect(bodies()).to.deep.equal([{ ...LINES, customer: CUSTOMER }]);
  });

  it('adds fields that the backend also requires to the open dialog, without an error', async () => {
    endpoint.respondInOrder(missingFields(['shipping_info']));
    const [button, dialog] = await pressAndOpenDialog({
      cart: { ...LINES, customer: { ...CUSTOMER, email: '' } },
    });
    dialog.submit({ 'customer.email': CUSTOMER.email });
    await dialog.untilField('shipping_info.address_line_1');
    expect(dialog.focused).to.equal('shipping_info.address_line_1');
    expect(dialog.errors).to.deep.equal({});
    expect(dialog.fields['customer.email']!.value).to.equal(CUSTOMER.email);
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit(Object.fromEntries(Object.entries(ADA).filter(([path]) => path.startsWith('shipping'))));
    await session;
    expect(bodies().at(-1)).to.deep.equal({ ...LINES, customer: CUSTOMER, shipping_info: ADDRESS });
  });

  it('opens no dialog at the next press: the same details, the same key', async () => {
    const [button, dialog] = await pressAndOpenDialog({
      cart: { ...LINES, customer: { ...CUSTOMER, email: '' } },
    });
    let session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit({ 'customer.email': CUSTOMER.email });
    await session;
    session = nextEvent(button, 'hsa-checkout-session');
    void button.checkout();
    await session;
    const [first, second] = endpoint.sent;
    expect(second!.body).to.deep.equal(first!.body);
    expect(second!.headers.get('idempotency-key')).to.equal(first!.headers.get('idempotency-key'));
  });

  it('opens no dialog once the page has set the values', async () => {
    const customer = { ...CUSTOMER, email: '' };
    const [button, dialog] = await pressAndOpenDialog({ cart: () => ({ ...LINES, customer }) });
    dialog.button('Cancel').click();
    await untilState(button, 'idle');
    customer.email = 'grace@example.com';
    const session = nextEvent(button, 'hsa-checkout-session');
    void button.checkout();
    await session;
    expect(bodies()).to.deep.equal([{ ...LINES, customer }]);
  });

  it('uses the shipping address for an empty billing address', async () => {
    const cart = { ...LINES, customer: CUSTOMER, shipping_info: ADDRESS, billing_info: NO_ADDRESS };
    const [button, dialog] = await pressAndOpenDialog({ cart });
    expect(Object.keys(dialog.fields)).to.deep.equal([]);
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit();
    await session;
    expect(bodies()[0]!.billing_info).to.deep.equal({ ...ADDRESS, address_line_2: '' });
  });

  for (const [title, parts] of [
    ['no customer at all', {}],
    ['a customer of whom it knows a part', { customer: { email: CUSTOMER.email } }],
    ['an apartment that is empty', { shipping_info: { ...ADDRESS, address_line_2: '' } }],
  ] as [string, Partial<CheckoutCart>][])
    it(`is sent to the backend, which may know the rest, with ${title}`, async () => {
      const button = await mount({ cart: { ...LINES, ...parts } });
      preventNavigation(button);
      const session = nextEvent(button, 'hsa-checkout-session');
      void button.checkout();
      await session;
      expect(bodies()).to.deep.equal([{ ...LINES, ...parts }]);
    });

  it('is the error details_required with its paths when details is "never", and nothing is sent', async () => {
    expectConsole(/details_required: customer\.email: .*; shipping_info\.city: /);
    const cart = {
      ...LINES,
      customer: { ...CUSTOMER, email: 'x@y' },
      shipping_info: { ...ADDRESS, city: '' },
    };
    const button = await mount({ cart, details: 'never' });
    const failed = nextEvent(button, 'hsa-checkout-error');
    void button.checkout();
    const { code, fields, message, retryable } = await failed;
    expect([code, retryable]).to.deep.equal(['details_required', false]);
    expect(fields!.map(({ path }) => path)).to.deep.equal(['customer.email', 'shipping_info.city']);
    expect(message).not.to.contain('x@y');
    await untilMessage(button, /^Some cart details need attention\. Please review your cart\./);
    expect(button.state).to.equal('error');
    expect(endpoint.sent.length).to.equal(0);
  });

  for (const [title, parts] of [
    ['a number for a name', { customer: { ...CUSTOMER, first_name: 7 } }],
    ['a text for an address', { shipping_info: '12 Elm Street' }],
    ['a line that is broken, too', { customer: { email: '' }, shipping: -1 }],
  ] as [string, object][])
    it(`is an invalid cart with ${title}, which only the page can correct`, async () => {
      expectConsole(/invalid_cart/);
      const button = await mount({ cart: { ...LINES, ...parts } as CheckoutCart });
      expect(button.state).to.equal('unavailable');
    });

  it('is not sold in its old version when it changes while the shopper types', async () => {
    expectConsole(/aborted/);
    const [button, dialog] = await pressAndOpenDialog({ cart: { ...LINES, customer: { email: '' } } });
    button.cart = { ...LINES, customer: { email: '', first_name: 'Grace' } };
    await untilMessage(button, 'Your cart changed. Please try again.');
    expect(dialog.dialog.open).to.equal(false);
    void button.checkout();
    const again: [CheckoutButton, DetailsPage] = [button, await DetailsPage.of(button)];
    expect(Object.keys(again[1].fields)).to.deep.equal(['customer.email']);
    expect(endpoint.sent.length).to.equal(0);
  });
});
