import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';
import { emulateMedia } from '../../support/browser-commands.js';
import { Endpoint } from '../support/endpoint.js';
import { nextEvent } from '../support/page.js';
import { ADA, ALL_FIELDS, missingFields, pressAndOpenDialog, type DetailsPage } from './details-page.js';

const LINES = [
  { product_id: 'one', price: 4995, quantity: 2, hsa_fsa_eligible: true },
  { product_id: 'two', price: 1000, quantity: 1, hsa_fsa_eligible: true },
];

describe('the fields of the details dialog', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const open = async (
    paths: readonly string[] = ALL_FIELDS,
    properties?: Partial<CheckoutButton>,
  ): Promise<[CheckoutButton, DetailsPage]> => {
    endpoint.respondInOrder(missingFields(paths));
    return pressAndOpenDialog(properties);
  };

  it('bring up the right keyboard of a phone, without corrections of names', async () => {
    const [, dialog] = await open(['customer', 'customer.phone', 'shipping_info']);
    const attributes = Object.entries(dialog.fields).map(([path, field]) => [
      path.split('.')[1],
      ...['type', 'inputmode', 'autocapitalize', 'autocorrect', 'spellcheck', 'enterkeyhint'].map((name) =>
        field.getAttribute(name),
      ),
    ]);
    expect(attributes).to.deep.equal([
      ['email', 'email', null, 'off', 'off', 'false', 'next'],
      ['first_name', 'text', null, 'words', 'off', 'false', 'next'],
      ['last_name', 'text', null, 'words', 'off', 'false', 'next'],
      ['phone', 'tel', null, 'off', 'off', 'false', 'next'],
      ['address_line_1', 'text', null, 'words', 'off', 'false', 'next'],
      ['address_line_2', 'text', null, 'words', 'off', 'false', 'next'],
      ['city', 'text', null, 'words', 'off', 'false', 'next'],
      ['state', null, null, null, null, null, null],
      ['postal_code', 'text', 'numeric', 'words', 'off', 'false', 'go'],
    ]);
  });

  it('have no numeric keyboard for a postal code outside the US', async () => {
    const shipping_info = { country: 'CA', city: 'Toronto' } as CheckoutCart['shipping_info'];
    const [, dialog] = await open(['shipping_info.postal_code'], {
      cart: { line_items: LINES, shipping_info } as CheckoutCart,
    });
    expect(dialog.fields['shipping_info.postal_code']!.hasAttribute('inputmode')).to.equal(false);
  });

  for (const [keyboard, isCoarse] of [
    ['moves on with the key "next" of a phone', true],
    ['submits with Enter of a keyboard', false],
  ] as const)
    it(keyboard, async () => {
      const [button, dialog] = await open();
      const { matchMedia } = window;
      window.matchMedia = (query) =>
        query === '(pointer: coarse)' ? ({ matches: isCoarse } as MediaQueryList) : matchMedia(query);
      try {
        dialog.fill(ADA);
        dialog.fields['shipping_info.city']!.focus();
        const session = nextEvent(button, 'hsa-checkout-session');
        await sendKeys({ press: 'Enter' });
        if (isCoarse) {
          expect(dialog.focused).to.equal('shipping_info.state');
          expect(endpoint.sent.length).to.equal(1);
          // The last field's key is "go".
          dialog.fields['shipping_info.postal_code']!.focus();
          await sendKeys({ press: 'Enter' });
        }
        await session;
        expect(endpoint.sent.length).to.equal(2);
      } finally {
        window.matchMedia = matchMedia;
      }
    });

  it('name themselves in their errors, whose number is announced once', async () => {
    const [, dialog] = await open(['customer', 'customer.phone', 'shipping_info']);
    const announced: string[] = [];
    new MutationObserver(() => announced.push(dialog.status.textContent.trim())).observe(dialog.status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    dialog.submit();
    await dialog.untilErrors();
    expect(Object.values(dialog.errors)).to.deep.equal([
      'Enter your email address.',
      'Enter your first name.',
      'Enter your last name.',
      'Enter your phone number.',
      'Enter your street address.',
      'Enter your city.',
      'Choose your state.',
      'Enter your ZIP code.',
    ]);
    expect(dialog.focused).to.equal('customer.email');
    expect(announced).to.deep.equal(['8 fields need attention']);
    dialog.submit({ ...ADA, 'customer.email': '' });
    await dialog.untilStatus('');
    expect(dialog.focused).to.equal('customer.email');
  });

  for (const [typed, sent] of [
    ['606141234', '60614-1234'],
    ['60614 1234', '60614-1234'],
    ['60614', '60614'],
  ])
    it(`accept the ZIP code ${typed}, because a numeric keyboard may have no dash`, async () => {
      const [button, dialog] = await open(['shipping_info.postal_code']);
      const session = nextEvent(button, 'hsa-checkout-session');
      dialog.submit({ 'shipping_info.postal_code': typed! });
      await session;
      const { shipping_info } = endpoint.sent[1]!.body as unknown as CheckoutCart;
      expect(shipping_info).to.deep.equal({ postal_code: sent });
    });

  it('show the country as text, which gets the focus for an error', async () => {
    const [button, dialog] = await open(['shipping_info.country']);
    expect(dialog.dialog.querySelector('fieldset')!.innerText).to.match(
      /^Shipping address\s+Country\s+United States\s*$/,
    );
    endpoint.respondInOrder(missingFields(['shipping_info.country'], 'unsupported'));
    dialog.submit();
    await dialog.untilErrors();
    const { activeElement } = dialog.root;
    expect((activeElement as HTMLElement).innerText).to.match(/United States\s+Check “Country”\.\s*$/);
    const session = nextEvent(button, 'hsa-checkout-session');
    dialog.submit();
    await session;
    const { shipping_info } = endpoint.sent.at(-1)!.body as unknown as CheckoutCart;
    expect(shipping_info).to.deep.equal({ country: 'US' });
  });

  for (const [title, cart, locale, text] of [
    ['without shipping and tax', {}, 'en', '$109.90 before shipping and tax'],
    ['with a discount', { discount: 990 }, 'en', '$100.00 before shipping and tax'],
    ['with shipping only', { shipping: 500 }, 'en', '$109.90 before shipping and tax'],
    ['with shipping and tax', { shipping: 500, tax: 10 }, 'en', 'Total: $115.00'],
    ['in Chinese', {}, 'zh-Hans', 'US$109.90（未含运费和税费）'],
    [
      'without a price',
      { line_items: [{ product_id: 'one', quantity: 1, hsa_fsa_eligible: true }] },
      'en',
      '',
    ],
  ] as const)
    it(`are below the amount of the cart: ${title}`, async () => {
      const [, dialog] = await open(ALL_FIELDS, {
        locale,
        cart: { line_items: LINES, ...cart } as unknown as CheckoutCart,
      });
      const amount = dialog.root.getElementById('amount')!;
      expect(amount.innerText.trim()).to.equal(text);
      expect(dialog.dialog.getAttribute('aria-describedby')!.split(' ')).to.include('amount');
    });

  for (const [checkoutHosts, text] of [
    [undefined, 'and its payment provider checkout.withgale.com'],
    ['pay.example', 'and its payment provider pay.example'],
    [location.host, 'and its payment provider'],
  ] as const)
    it(`are below the hosts that get them: checkout-hosts ${checkoutHosts ?? 'unset'}`, async () => {
      const meta = Object.assign(document.createElement('meta'), { content: 'Trusted Bank' });
      meta.setAttribute('property', 'og:site_name');
      document.head.append(meta);
      try {
        const [, dialog] = await open(ALL_FIELDS, checkoutHosts ? { checkoutHosts } : {});
        const why = dialog.root.getElementById('why')!;
        expect(why.innerText).to.equal(`Sent to ${location.hostname} ${text} to open the payment page.`);
        expect(why.checkVisibility()).to.equal(true);
      } finally {
        meta.remove();
      }
    });

  it('are above buttons that show the pointer with a layer of their own size', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const [, dialog] = await open();
    const submit = dialog.button('Continue to payment');
    const layer = () => getComputedStyle(submit, '::after');
    expect(layer().opacity).to.equal('0');
    const { left, top, width, height } = submit.getBoundingClientRect();
    try {
      await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(top + 20)] });
      expect(Number(layer().opacity)).to.equal(0.1);
      // WebKit paints no inset shadow whose spread is over half of the box.
      expect(getComputedStyle(submit).boxShadow).not.to.contain('inset');
      expect(parseFloat(layer().width)).to.be.closeTo(width, 0.5);
      expect(parseFloat(layer().height)).to.be.closeTo(height, 0.5);
      expect(layer().backgroundColor).to.equal(getComputedStyle(submit).color);
    } finally {
      await sendMouse({ type: 'move', position: [0, 0] });
    }
  });
});
