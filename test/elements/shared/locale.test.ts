import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import '../../../src/status.js';
import { Endpoint, json } from '../support/endpoint.js';
import { untilRendered, control, mount, untilMessage, visibleText, nextTask } from '../support/page.js';

const ENGLISH = 'May be paid with HSA/FSA $49.95';
/** Treats all kinds of spaces as equal. */
const amounts = async (locale: string, strings?: CheckoutButton['strings']): Promise<string> => {
  const button = await mount({ locale, strings });
  return visibleText(button).split(' | ')[1]!.replace(/\s/g, ' ');
};

describe('the language of a button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const locale of [
    'en',
    'en-US',
    'en_US',
    'EN-us',
    'xx',
    'qq-ZZ',
    '-',
    '!',
    'en--US',
    'a',
    'i-klingon',
    ' ',
  ])
    it(`is English for ${JSON.stringify(locale)}`, async () => {
      expect(await amounts(locale)).to.contain(ENGLISH);
    });

  for (const locale of ['de', 'de_AT', 'fr-XX'])
    it(`is English for ${locale}, with amounts as in English`, async () => {
      expect(await amounts(locale)).to.contain(ENGLISH);
    });

  for (const [locale, text] of [
    ['de', 'HSA/FSA 49,95 $ '],
    ['de_AT', 'HSA/FSA $ 49,95 '],
    ['fr-XX', 'HSA/FSA 49,95 $US '],
  ] as const)
    it(`formats amounts for ${locale} beside texts of the page, by language when the region is unknown`, async () => {
      expect(await amounts(locale, { partEligible: 'HSA/FSA' })).to.contain(text);
    });

  it('never breaks a button, whatever the locale is', async () => {
    const button = await mount({ strings: { partEligible: 'May be paid with HSA/FSA' } });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (locale) => {
        button.locale = locale;
        await button.updateComplete;
        expect(visibleText(button)).to.match(
          /May be paid with HSA\/FSA .*\p{Nd}\p{Nd}.\p{Nd}\p{Nd}.* another card .*\p{Nd}\p{Nd}.\p{Nd}\p{Nd}/u,
        );
      }),
      // Languages with their own digits, which some engines lack, and random ones from a fixed seed.
      { numRuns: 100, seed: 1, examples: [['ar'], ['ar-EG'], ['fa'], ['mr-IN'], ['my'], ['hi-u-nu-deva']] },
    );
  });
});

describe('Spanish', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const SPLIT =
    / \| Es posible pagar con HSA\/FSA 49,95 US\$ Se paga con otra tarjeta 39,98 US\$ Total antes de envío e impuestos 89,93 US\$$/;

  for (const locale of ['es', 'es-MX', 'es_US', 'ES'])
    it(`is shown for the locale ${locale}`, async () => {
      const button = await mount({ locale });
      await untilRendered(button, () =>
        visibleText(button).startsWith('Pagar con HSA/FSA | Es posible pagar'),
      );
    });

  it('is shown on a Spanish page, with amounts in its format', async () => {
    const button = await mount();
    button.parentElement!.lang = 'es-ES';
    await button.refresh();
    await untilRendered(button, () => SPLIT.test(visibleText(button).replace(/\s/g, ' ')));
  });

  it('is not shown for another language whose tag begins with es', async () => {
    const button = await mount({ locale: 'est' });
    await button.updateComplete;
    expect(visibleText(button)).to.match(/^Pay with HSA\/FSA/);
  });

  it('lets a page replace any text', async () => {
    const button = await mount({ locale: 'es', strings: { pay: 'Pagar ya con HSA/FSA' } });
    await untilRendered(button, () => /^Pagar ya con HSA\/FSA \| Es posible/.test(visibleText(button)));
  });

  it('follows a change of the locale', async () => {
    const button = await mount();
    button.locale = 'es';
    await untilRendered(button, () => visibleText(button).startsWith('Pagar'));
    button.locale = 'en';
    await untilRendered(button, () => visibleText(button).startsWith('Pay'));
  });

  it('is also shown in the status', async () => {
    endpoint.respondWith(() => json({ checkout_id: 'cs_1', status: 'paid' }));
    const status = document.createElement('hsa-checkout-status');
    Object.assign(status, { endpoint: '/api/checkout', checkoutId: 'cs_1', token: 'token', locale: 'es' });
    await fixture<HTMLElement>(html`<div>${status}</div>`);
    await untilMessage(status, 'Pago recibido.');
  });
});

describe('Simplified Chinese', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const locale of ['zh', 'zh-CN', 'zh_CN', 'zh-Hans', 'zh-Hans-US', 'ZH-sg'])
    it(`is shown for the locale ${locale}, with its amounts`, async () => {
      const button = await mount({ locale });
      await untilRendered(button, () =>
        visibleText(button).startsWith(
          '使用 HSA/FSA 支付 | 或可使用 HSA/FSA 支付 US$49.95 请使用另一张卡支付 US$39.98 ',
        ),
      );
    });

  for (const locale of ['zh-TW', 'zh-Hant', 'zh_HK', 'zh-Hant-US', 'zho', 'zhx'])
    it(`is not shown for ${locale}, which uses traditional characters`, async () => {
      const button = await mount({ locale });
      await button.updateComplete;
      expect(visibleText(button)).to.match(/^Pay with HSA\/FSA/);
    });

  it('has a lang attribute on an English page, and none on a Chinese page', async () => {
    const button = await mount({ locale: 'zh' });
    const langOf = () => control(button).closest('[lang]')?.getAttribute('lang');
    while (langOf() !== 'zh-Hans') await nextTask();
    button.parentElement!.lang = 'zh-CN';
    while (langOf() !== undefined) await nextTask();
  });

  it('is also shown in the details dialog and in "Learn more"', async () => {
    const button = await mount({ locale: 'zh' });
    endpoint.respondWith(() =>
      json(
        {
          code: 'details_required',
          errors: [{ path: 'customer.email', code: 'required', message: 'is missing' }],
        },
        422,
      ),
    );
    void button.checkout();
    while (!textOf(button, 'hsa-checkout-details').includes('电子邮件')) await nextTask();
    const badge = document.createElement('hsa-eligibility-badge');
    Object.assign(badge, { type: 'lmn', learnMore: true, locale: 'zh' });
    await fixture<HTMLElement>(html`<div>${badge}</div>`);
    await untilRendered(badge, () => visibleText(badge).startsWith('凭医疗必要性证明信或可'));
    badge.shadowRoot!.querySelector<HTMLButtonElement>('[part="learn-more"]')!.click();
    while (!textOf(badge, 'hsa-learn-more').includes('健康储蓄账户')) await nextTask();
  });
});

/** The text of a dialog inside an element. */
const textOf = (element: HTMLElement, tag: string): string =>
  element.shadowRoot!.querySelector(tag)?.shadowRoot?.textContent ?? '';

describe('texts in another language than the page around them (WCAG 3.1.2)', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const langOf = (element: HTMLElement, selector: string) =>
    element.shadowRoot!.querySelector(selector)!.closest('[lang]')?.getAttribute('lang');
  const mountIn = async (lang: string, properties = {}) => {
    const button = await mount(properties);
    button.parentElement!.lang = lang;
    await button.refresh();
    return button;
  };

  it('have lang="en" on a French page', async () => {
    const button = await mountIn('fr');
    for (const name of ['button', '[part="badge"]', '[role="alert"]'])
      expect(langOf(button, name)).to.equal('en');
  });

  it('have lang="es" on an English page', async () => {
    const button = await mount({ locale: 'es' });
    await untilRendered(button, () => langOf(button, 'button') === 'es');
  });

  it('have a lang attribute on the return page', async () => {
    const status = document.createElement('hsa-checkout-status');
    const place = await fixture<HTMLElement>(html`<div lang="fr"></div>`);
    endpoint.respondWith(() => json({ checkout_id: 'cs_1', status: 'paid' }));
    Object.assign(status, { endpoint: '/api/checkout', checkoutId: 'cs_1', token: 'token' });
    place.append(status);
    await untilMessage(status, 'Payment received.');
    expect(langOf(status, 'p')).to.equal('en');
  });

  it('have no lang attribute when they are in the page’s language, or are the page’s own', async () => {
    expect(langOf(await mountIn('en-GB'), 'button')).to.equal(undefined);
    expect(langOf(await mountIn('fr', { strings: { pay: 'Payer' } }), 'button')).to.equal(undefined);
  });
});
