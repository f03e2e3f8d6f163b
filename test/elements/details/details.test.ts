import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { ADA, DetailsPage, ALL_FIELDS, missingFields, pressAndOpenDialog } from './details-page.js';
import { Endpoint, json } from '../support/endpoint.js';
import {
  cartOf,
  untilText,
  control,
  mount,
  nextEvent,
  untilState,
  recordEvents,
  untilMessage,
  visibleText,
  preventNavigation,
  nextTask,
} from '../support/page.js';

type Body = CheckoutCart & { billing_info?: unknown };

describe('a cart that the backend cannot complete', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const bodies = () => endpoint.sent.map(({ body }) => body as unknown as Body);

  const answers = (...given: Response[]) => endpoint.respondInOrder(...given);

  it('is bought with the keyboard only, from the press to the session', async () => {
    answers(missingFields(ALL_FIELDS));
    const button = await mount();
    preventNavigation(button);
    const session = nextEvent(button, 'hsa-checkout-session');
    control(button).focus();
    await sendKeys({ press: 'Enter' });
    const dialog = await DetailsPage.of(button);
    expect(dialog.focused).to.equal('customer.email');
    for (const text of ['ada@example.com', 'Ada', 'Byron', '12 Elm Street', '', 'Chicago', 'Ill', '60614']) {
      if (text) await sendKeys({ type: text });
      await sendKeys({ press: 'Tab' });
    }
    expect((dialog.root.activeElement as HTMLElement).textContent.trim()).to.equal('Continue to payment');
    await sendKeys({ press: 'Enter' });
    await session;
    await untilState(button, 'idle');
    expect(dialog.dialog.open).to.equal(false);
    const [first, second] = bodies();
    expect(second).to.deep.equal({
      ...first,
      customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
      shipping_info: {
        address_line_1: '12 Elm Street',
        city: 'Chicago',
        state: 'IL',
        postal_code: '60614',
        country: 'US',
      },
    });
  });

  it('opens no dialog, and loads none, when the backend knows the shopper', async () => {
    const button = await mount();
    preventNavigation(button);
    const loaded = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /details[-.\d]*[jt]s/.test(name));
    await button.checkout();
    expect(button.shadowRoot!.querySelector('hsa-checkout-details')).to.equal(null);
    const now = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /details[-.\d]*[jt]s/.test(name));
    expect(now.length).to.equal(loaded.length);
    expect(endpoint.sent.length).to.equal(1);
  });

  for (const [title, paths, names] of [
    ['one field', ['shipping_info.postal_code'], ['shipping_info.postal_code']],
    ['a whole group', ['customer'], ['customer.email', 'customer.first_name', 'customer.last_name']],
    ['a phone', ['customer.phone'], ['customer.phone']],
    [
      'an address, with its second line',
      ['shipping_info'],
      ['address_line_1', 'address_line_2', 'city', 'state', 'postal_code'].map(
        (name) => `shipping_info.${name}`,
      ),
    ],
  ] as const)
    it(`shows exactly the missing fields: ${title}`, async () => {
      answers(missingFields(paths));
      const [, dialog] = await pressAndOpenDialog();
      expect(Object.keys(dialog.fields)).to.deep.equal(names);
    });

  it('has an autofill token for each field', async () => {
    answers(missingFields(['customer', 'customer.phone', 'shipping_info', 'billing_info']));
    const [, dialog] = await pressAndOpenDialog({
      cart: cartWith({ billing_info: { city: 'Springfield' } }),
    });
    const hints = Object.values(dialog.fields).map((field) => field.autocomplete);
    const address = ['address-line1', 'address-line2', 'address-level2', 'address-level1', 'postal-code'];
    expect(hints).to.deep.equal([
      ...['email', 'given-name', 'family-name', 'tel'],
      ...address.map((hint) => `shipping ${hint}`),
      ...address.map((hint) => `billing ${hint}`),
    ]);
    const { fields } = dialog;
    const optional = Object.values(fields).filter((field) => !field.required);
    expect(optional.map(({ name, labels }) => [name, labels![0]!.textContent.trim()])).to.deep.equal([
      ['shipping_info.address_line_2', 'Apartment, suite, unit (optional)'],
      ['billing_info.address_line_2', 'Apartment, suite, unit (optional)'],
    ]);
  });

  it('shows the error at each field, sends nothing, and focuses the first of them', async () => {
    answers(missingFields(ALL_FIELDS));
    const [, dialog] = await pressAndOpenDialog();
    dialog.submit({
      ...ADA,
      'customer.email': 'ada@example',
      'customer.last_name': '  ',
      'shipping_info.postal_code': '606',
    });
    await dialog.untilErrors();
    expect(dialog.errors).to.deep.equal({
      'customer.email': 'Enter an email address such as name@example.com.',
      'customer.last_name': 'Enter your last name.',
      'shipping_info.postal_code': 'Enter a ZIP code such as 60614.',
    });
    expect(dialog.focused).to.equal('customer.email');
    expect(endpoint.sent.length).to.equal(1);
    expect(dialog.fields['shipping_info.city']!.value).to.equal('Chicago');
  });

  it('shows the server’s errors at the same fields, and keeps everything that was typed', async () => {
    answers(
      missingFields(ALL_FIELDS),
      missingFields(['shipping_info.postal_code', 'customer.phone'], 'invalid_format'),
    );
    const [button, dialog] = await pressAndOpenDialog();
    const errors = recordEvents('hsa-checkout-error');
    dialog.submit(ADA);
    await dialog.untilErrors();
    // A newly required field has no error. It comes first, so it has the focus.
    expect(dialog.errors).to.deep.equal({ 'shipping_info.postal_code': 'Check “ZIP code”.' });
    expect(dialog.focused).to.equal('customer.phone');
    for (const [path, text] of Object.entries(ADA)) expect(dialog.fields[path]!.value).to.equal(text);
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit({ 'customer.phone': '+1 555 0100', 'shipping_info.postal_code': '60614-1234' });
    await session;
    expect(errors).to.deep.equal([]);
    expect(bodies().at(-1)!.customer!.phone).to.equal('+1 555 0100');
    expect(new Set(endpoint.sent.map(({ headers }) => headers.get('idempotency-key'))).size).to.equal(3);
  });

  it('shows a value of the cart that the server rejects, for correction', async () => {
    answers(missingFields(['shipping_info.postal_code'], 'invalid_format'));
    const [button, dialog] = await pressAndOpenDialog({
      cart: cartWith({ shipping_info: { city: 'Chicago', postal_code: '1' } }),
    });
    expect(dialog.fields['shipping_info.postal_code']!.value).to.equal('1');
    expect(dialog.errors).to.deep.equal({
      'shipping_info.postal_code': 'Enter a ZIP code such as 60614.',
    });
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit({ 'shipping_info.postal_code': '60614' });
    await session;
    expect(bodies()[1]!.shipping_info).to.deep.equal({ city: 'Chicago', postal_code: '60614' });
  });

  for (const [how, cancel] of [
    ['Escape', () => sendKeys({ press: 'Escape' })],
    ['Cancel', async (dialog: DetailsPage) => dialog.button('Cancel').click()],
  ] as [string, (dialog: DetailsPage) => Promise<void>][])
    it(`is closed with ${how}: an idle button with the focus, no error, and the next press shows what was typed`, async () => {
      endpoint.respondWith(() => missingFields(ALL_FIELDS));
      const [button, dialog] = await pressAndOpenDialog();
      const errors = recordEvents('hsa-checkout-error');
      dialog.fill({ 'customer.first_name': 'Ada' });
      await cancel(dialog);
      await untilState(button, 'idle');
      expect(dialog.dialog.open).to.equal(false);
      expect(button.shadowRoot!.activeElement).to.equal(control(button));
      expect(errors).to.deep.equal([]);
      void button.checkout();
      await DetailsPage.of(button);
      expect(dialog.fields['customer.first_name']!.value).to.equal('Ada');
      expect(dialog.errors).to.deep.equal({});
      // Values that were not submitted are not part of the cart.
      expect(bodies()[1]).to.deep.equal(bodies()[0]);
    });

  it('is cancelled when the cart changes while the shopper types', async () => {
    expectConsole(/aborted/);
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button, dialog] = await pressAndOpenDialog();
    button.cart = { line_items: [{ product_id: 'other', quantity: 1 }] };
    await untilMessage(button, 'Your cart changed. Please try again.');
    expect(dialog.dialog.open).to.equal(false);
    expect(button.shadowRoot!.activeElement).to.equal(control(button));
  });

  it('opens again with everything that was typed, after the button was hidden for a cart without eligible items', async () => {
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button, dialog] = await pressAndOpenDialog({ whenRegular: 'hide' });
    dialog.fill({ 'customer.first_name': 'Ada' });
    dialog.button('Cancel').click();
    await untilState(button, 'idle');
    button.cart = cartOf({ hsa_fsa_eligible: false });
    await untilText(button, '');
    expectConsole(/details_required/);
    const failed = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    expect((await failed).code).to.equal('details_required');
    button.cart = cartOf({ hsa_fsa_eligible: true });
    await untilText(button, 'Pay with HSA/FSA | All items are HSA/FSA eligible');
    void button.checkout();
    const again = await DetailsPage.of(button);
    expect(again.fields['customer.first_name']!.value).to.equal('Ada');
    again.button('Cancel').click();
    await untilState(button, 'idle');
  });

  it('closes without an event when the button is removed, and stays open when the button is moved', async () => {
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button, dialog] = await pressAndOpenDialog();
    const errors = recordEvents('hsa-checkout-error');
    dialog.fill({ 'customer.first_name': 'Ada' });
    button.parentElement!.prepend(button);
    await nextTask();
    expect(dialog.dialog.matches(':modal')).to.equal(true);
    expect(dialog.fields['customer.first_name']!.value).to.equal('Ada');
    button.remove();
    await nextTask();
    expect(button.state).to.equal('idle');
    expect(dialog.dialog.open).to.equal(false);
    expect(errors).to.deep.equal([]);
  });

  it('waits for the shopper without a limit, and for the server with the usual limit', async () => {
    const clock = new Clock();
    try {
      answers(missingFields(ALL_FIELDS));
      const [button, dialog] = await pressAndOpenDialog();
      expect(clock.running).to.deep.equal([]);
      endpoint.holdResponses();
      dialog.submit(ADA);
      expect(dialog.root.querySelector('[role="status"]')!.textContent).to.equal('');
      await clock.untilTimer(5_000);
      expect(button.state).to.equal('creating');
      button.remove();
      await nextTask();
    } finally {
      clock.restore();
    }
  });

  it('announces once that a session is being opened, and once that it takes long', async () => {
    const clock = new Clock();
    try {
      answers(missingFields(ALL_FIELDS));
      const [button, dialog] = await pressAndOpenDialog();
      const events: string[] = [];
      new MutationObserver(() => events.push(dialog.status.textContent.trim())).observe(dialog.status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      const release = endpoint.holdResponses();
      dialog.submit(ADA);
      await clock.untilTimer(5_000);
      await dialog.untilStatus('Opening checkout…');
      clock.advance(5_000);
      await dialog.untilStatus('Still working…');
      expect(dialog.button('Still working…').type).to.equal('submit');
      const session = nextEvent(button, 'hsa-checkout-session');
      release();
      await session;
      await button.updateComplete;
      expect(events.filter(Boolean)).to.deep.equal(['Opening checkout…', 'Still working…']);
    } finally {
      clock.restore();
    }
  });

  it('stops the message that it takes long when it opens again, and starts it again with the next request', async () => {
    const clock = new Clock();
    try {
      answers(missingFields(ALL_FIELDS));
      const [, dialog] = await pressAndOpenDialog();
      const release = endpoint.holdResponses();
      dialog.submit(ADA);
      await clock.untilTimer(5_000);
      clock.advance(5_000);
      await dialog.untilStatus('Still working…');
      release(missingFields(['shipping_info.postal_code'], 'invalid_format'));
      await dialog.untilErrors();
      expect(dialog.status.textContent.trim()).to.equal('');
      endpoint.holdResponses();
      dialog.submit();
      await dialog.untilStatus('Opening checkout…');
    } finally {
      clock.restore();
    }
  });

  it('shows any other error at the button, and the next press opens no dialog', async () => {
    expectConsole(/server_error/);
    answers(missingFields(ALL_FIELDS), json({}, 500));
    const [button, dialog] = await pressAndOpenDialog();
    dialog.submit(ADA);
    await untilMessage(button, 'Something went wrong on our side. Please try again.');
    expect(dialog.dialog.open).to.equal(false);
    const session = nextEvent(button, 'hsa-checkout-session');
    void button.checkout();
    await session;
    expect(bodies()[2]).to.deep.equal(bodies()[1]);
    const [, second, third] = endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(third).to.equal(second);
  });

  it('reads the cart again at the next press, and drops the values of another shopper', async () => {
    answers(missingFields(ALL_FIELDS));
    const pageDetails: Partial<CheckoutCart> = {};
    const [button, dialog] = await pressAndOpenDialog({ cart: () => cartWith(pageDetails) });
    let session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit(ADA);
    await session;
    pageDetails.customer = { email: 'grace@example.com' };
    session = nextEvent(button, 'hsa-checkout-session');
    void button.checkout();
    await session;
    const [, first, second] = bodies();
    expect(second!.customer).to.deep.equal(pageDetails.customer);
    expect(second!.shipping_info).to.deep.equal(first!.shipping_info);
  });

  describe('and whose billing address is missing', () => {
    const SHIPPING = {
      address_line_1: '1 Main St',
      city: 'Austin',
      state: 'TX',
      postal_code: '78701',
      country: 'US',
    };
    const box = (dialog: DetailsPage) => dialog.root.querySelector<HTMLInputElement>('[type="checkbox"]')!;

    it('uses the shipping address, unless the shopper enters another one', async () => {
      answers(missingFields(['billing_info']));
      const [button, dialog] = await pressAndOpenDialog({ cart: cartWith({ shipping_info: SHIPPING }) });
      expect([box(dialog).checked, Object.keys(dialog.fields)]).to.deep.equal([true, []]);
      const session = nextEvent(button, 'hsa-checkout-session');
      dialog.submit();
      await session;
      expect(bodies()[1]!.billing_info).to.deep.equal(SHIPPING);
    });

    it('asks for another', async () => {
      answers(missingFields(['shipping_info', 'billing_info']));
      const [button, dialog] = await pressAndOpenDialog();
      box(dialog).click();
      await (button.shadowRoot!.querySelector('hsa-checkout-details') as CheckoutButton).updateComplete;
      expect(Object.keys(dialog.fields).length).to.equal(10);
      for (const group of ['shipping_info', 'billing_info'])
        dialog.fill(
          Object.fromEntries(
            Object.entries(SHIPPING)
              .filter(([name]) => name !== 'country')
              .map(([name, text]) => [`${group}.${name}`, name === 'city' ? group : text]),
          ),
        );
      const session = nextEvent(button, 'hsa-checkout-session');
      dialog.submit();
      await session;
      expect(bodies()[1]!.billing_info).to.deep.equal({ ...SHIPPING, city: 'billing_info' });
    });
  });

  it('keeps what was typed out of storage, events and the console', async () => {
    answers(missingFields(ALL_FIELDS), missingFields(['customer.email'], 'invalid_format'));
    const seen: string[] = [];
    const see = (event: Event) => seen.push(event.type);
    const types = ['input', 'change', 'keydown', 'keypress', 'keyup', 'submit', 'close'];
    for (const type of types) document.addEventListener(type, see);
    const events = [
      ...(['hsa-checkout-start', 'hsa-checkout-state', 'hsa-checkout-error', 'hsa-eligibility'] as const),
    ].map((name) => recordEvents(name));
    const [button, dialog] = await pressAndOpenDialog();
    dialog.fill(ADA);
    await sendKeys({ type: 'x' });
    dialog.submit();
    await dialog.untilErrors();
    dialog.button('Cancel').click();
    await untilState(button, 'idle');
    for (const type of types) document.removeEventListener(type, see);
    expect(seen).to.deep.equal([]);
    const told = JSON.stringify([events.flat(), { ...sessionStorage }, { ...localStorage }, location.href]);
    for (const text of Object.values(ADA)) if (text.length > 2) expect(told).not.to.contain(text);
  });

  describe('is an error when it names a field that the dialog does not have', () => {
    for (const [title, answer, properties] of [
      ['where the page wants no dialog', () => missingFields(ALL_FIELDS), { details: 'never' }],
      ['without paths', () => json({ code: 'details_required' }, 422), {}],
      [
        'with a path that is not a shopper’s',
        () => missingFields(['customer.email', 'line_items[0].price']),
        {},
      ],
      ['with a path that nobody knows', () => missingFields(['customer.email', 'customer.shoe_size']), {}],
    ] as [string, () => Response, Partial<CheckoutButton>][])
      it(title, async () => {
        expectConsole(/details_required/);
        endpoint.respondWith(answer);
        const button = await mount(properties);
        const failed = nextEvent(button, 'hsa-checkout-error');
        await button.checkout();
        const { code, fields = [] } = await failed;
        expect(code).to.equal('details_required');
        expect(fields.map(({ path }) => path)).to.deep.equal(
          ((await answer().json()) as { errors?: { path: string }[] }).errors?.map(({ path }) => path) ?? [],
        );
        await button.updateComplete;
        expect(visibleText(button)).to.contain('Some cart details need attention.');
        expect(button.shadowRoot!.querySelector('hsa-checkout-details')?.shadowRoot!.querySelector('[open]'))
          .not.to.exist;
      });
  });

  it('is an error once the page sets details to "never"', async () => {
    expectConsole(/details_required/);
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button, dialog] = await pressAndOpenDialog();
    dialog.button('Cancel').click();
    await untilState(button, 'idle');
    button.details = 'never';
    await button.checkout();
    await untilMessage(button, /^Some cart details need attention\. Please review your cart\./);
    expect(dialog.dialog.open).to.equal(false);
  });

  it('is an error when the server ignores the submitted values', async () => {
    expectConsole(/details_required/);
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button, dialog] = await pressAndOpenDialog();
    dialog.submit(ADA);
    await untilMessage(button, /^Some cart details need attention\. Please review your cart\./);
    expect(dialog.dialog.open).to.equal(false);
    expect(endpoint.sent.length).to.equal(2);
  });

  it('uses the page’s own texts', async () => {
    answers(missingFields(['customer.email']));
    const [, dialog] = await pressAndOpenDialog({
      strings: { details: 'About you', submitDetails: 'On to payment' },
    });
    expect(dialog.root.querySelector('h2')!.textContent).to.equal('About you');
    expect(dialog.button('On to payment')).to.exist;
  });

  it('is in Spanish on a Spanish page', async () => {
    answers(missingFields(['customer.email']));
    const [, dialog] = await pressAndOpenDialog({ locale: 'es' });
    expect(dialog.root.querySelector('h2')!.textContent).to.equal('Sus datos');
  });
});

function cartWith(parts: Partial<CheckoutCart>): CheckoutCart {
  return { line_items: [{ product_id: 'one', price: 1000, quantity: 1, hsa_fsa_eligible: true }], ...parts };
}
