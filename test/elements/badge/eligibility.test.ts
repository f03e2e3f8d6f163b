import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton, EligibilityBadge } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  cartOf,
  untilText,
  mount,
  nextEvent,
  recordEvents,
  visibleText,
  splitCart,
  preventNavigation,
} from '../support/page.js';

const LMN = 'May be HSA/FSA eligible with a Letter of Medical Necessity';

describe('the eligibility of a cart', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const lmnLine = {
    product_id: 'massager',
    price: 11900,
    quantity: 1,
    hsa_fsa_eligible: true,
    requires_lmn: true,
  };
  const withLetter = () => ({ line_items: [...splitCart().line_items, lmnLine] });
  const cases: [title: string, properties: Partial<CheckoutButton>, words: string][] = [
    [
      'all eligible',
      { cart: cartOf({ hsa_fsa_eligible: true }) },
      'Pay with HSA/FSA | All items are HSA/FSA eligible',
    ],
    [
      'one that needs a letter',
      { cart: cartOf({ hsa_fsa_eligible: true, requires_lmn: true }) },
      `Pay with HSA/FSA | ${LMN}`,
    ],
    [
      'mixed',
      { cart: splitCart() },
      'Pay with HSA/FSA | May be paid with HSA/FSA $49.95 You’ll use another card $39.98 Total before shipping and tax $89.93',
    ],
    [
      'mixed, a letter included',
      { cart: withLetter() },
      'Pay with HSA/FSA | May be paid with HSA/FSA $49.95 May be HSA/FSA eligible with a Letter of Medical Necessity $119.00 You’ll use another card $39.98 Total before shipping and tax $208.93',
    ],
    [
      'mixed, nothing eligible without a letter',
      { cart: { line_items: [lmnLine, splitCart().line_items[1]!] } },
      'Pay with HSA/FSA | May be HSA/FSA eligible with a Letter of Medical Necessity $119.00 You’ll use another card $39.98 Total before shipping and tax $158.98',
    ],
    [
      'mixed, with a discount on the whole cart',
      { cart: { ...withLetter(), discount: 500 } },
      'Pay with HSA/FSA | Some items may be paid with HSA/FSA. You’ll use another card for the rest.',
    ],
    [
      'mixed, nothing eligible without a letter, with a discount on the whole cart',
      { cart: { line_items: [lmnLine, splitCart().line_items[1]!], discount: 500 } },
      'Pay with HSA/FSA',
    ],
    ['none eligible', { cart: cartOf({ hsa_fsa_eligible: false }) }, 'Continue to checkout'],
    [
      'said by the page',
      { cart: cartOf({}), eligibility: 'eligible' },
      'Pay with HSA/FSA | All items are HSA/FSA eligible',
    ],
    [
      'said to be mixed by the page, without amounts',
      { cart: cartOf({}), eligibility: 'split' },
      'Pay with HSA/FSA | Some items may be paid with HSA/FSA. You’ll use another card for the rest.',
    ],
    ['a word that nobody knows', { cart: cartOf({}), eligibility: 'maybe' as never }, 'Pay with HSA/FSA'],
  ];
  for (const [title, properties, text] of cases)
    it(`shows the right text for a cart that is ${title}`, async () => {
      const button = await mount(properties);
      expect(visibleText(button)).to.equal(text);
      expect(endpoint.sent).to.have.length(0);
    });

  it('comes from the endpoint, in one request for the page, when the lines have none', async () => {
    endpoint.respondWith(({ body }) =>
      json({
        products: body.product_ids.map((product_id: string) => ({ product_id, eligibility: 'eligible' })),
      }),
    );
    const line = (product_id: string) => ({ line_items: [{ product_id, price: 500, quantity: 1 }] });
    const place = await fixture<HTMLElement>(
      html`<hsa-checkout-button endpoint="/ask-once" .cart=${line('a')}></hsa-checkout-button>
        <hsa-checkout-button endpoint="/ask-once" .cart=${line('b')}></hsa-checkout-button>
        <hsa-eligibility-badge endpoint="/ask-once" product-id="c"></hsa-eligibility-badge>`,
    );
    const [a, b, c] = place.parentElement!.querySelectorAll<CheckoutButton>('[endpoint]');
    await Promise.all([a, b, c].map((element) => nextEvent(element!, 'hsa-eligibility')));
    await Promise.all([a, b, c].map((element) => element!.updateComplete));
    expect(endpoint.sent.map(({ url, body }) => [new URL(url).pathname, body])).to.deep.equal([
      ['/ask-once/eligibility', { product_ids: ['c', 'a', 'b'] }],
    ]);
    expect(visibleText(b!)).to.contain('All items are HSA/FSA eligible');
    expect(visibleText(c!)).to.equal('HSA/FSA eligible');
  });

  it('shows nothing when the endpoint does not know it or fails', async () => {
    endpoint.respondWith(() => json({ code: 'provider_unavailable' }, 500));
    const button = await mount({ cart: cartOf({}), endpoint: '/ask-and-fail' });
    expect(endpoint.sent).to.have.length(1);
    expect(visibleText(button)).to.equal('Pay with HSA/FSA');
    expect(button.state).to.equal('idle');
  });

  it('follows the session’s type, but keeps the condition of a letter', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ type: 'eligible' })));
    const events = recordEvents('hsa-eligibility');
    const mixed = await mount();
    preventNavigation(mixed);
    await mixed.checkout();
    await mixed.updateComplete;
    expect(visibleText(mixed)).to.contain('All items are HSA/FSA eligible');
    expect(events.map(({ eligibility }) => eligibility)).to.deep.equal(['split', 'eligible']);
    const letter = await mount({ cart: cartOf({ hsa_fsa_eligible: true, requires_lmn: true }) });
    preventNavigation(letter);
    await letter.checkout();
    await letter.updateComplete;
    expect(visibleText(letter)).to.contain(LMN);
  });

  it('fires one event for each change, with the amounts', async () => {
    const events = recordEvents('hsa-eligibility');
    const button = await mount();
    await button.refresh();
    expect(
      events.map(({ eligibility, eligibleCents, totalCents }) => ({
        eligibility,
        eligibleCents,
        totalCents,
      })),
    ).to.deep.equal([{ eligibility: 'split', eligibleCents: 4995, totalCents: 8993 }]);
  });

  it('belongs to the last cart, in whatever order the responses arrive', async () => {
    let first!: (cart: ReturnType<typeof splitCart>) => void;
    let calls = 0;
    const button = await mount();
    button.cart = () =>
      calls++ ? cartOf({ hsa_fsa_eligible: true }) : new Promise((resolve) => (first = resolve));
    await button.updateComplete;
    await button.refresh();
    first(splitCart());
    await Promise.resolve();
    await button.updateComplete;
    expect(visibleText(button)).to.contain('All items are HSA/FSA eligible');
  });

  it('hides the button for a cart without eligible items when when-regular is "hide"', async () => {
    const button = await mount({ cart: cartOf({ hsa_fsa_eligible: false }), whenRegular: 'hide' });
    expect(button.shadowRoot!.querySelector('button')).to.equal(null);
    expect(button.offsetHeight).to.equal(0);
  });

  it('can have the page’s own texts, with amounts in another locale', async () => {
    const button = await mount({
      locale: 'de',
      strings: {
        pay: 'Mit HSA/FSA zahlen',
        partEligible: 'Mit HSA/FSA',
        partRest: 'Mit anderer Karte',
        partTotal: 'Summe',
      },
    });
    expect(visibleText(button)).to.match(
      /^Mit HSA\/FSA zahlen \| Mit HSA\/FSA 49,95\s\$ Mit anderer Karte 39,98\s\$ Summe 89,93\s\$$/,
    );
  });

  it('is in English when the language tag is invalid', async () => {
    const button = await mount({ locale: 'en_US' });
    expect(visibleText(button)).to.contain('$49.95');
  });
});

describe('<hsa-eligibility-badge>', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const badge = async (properties: Partial<EligibilityBadge>) => {
    const element = document.createElement('hsa-eligibility-badge');
    Object.assign(element, properties);
    const published = Object.keys(properties).length && nextEvent(element, 'hsa-eligibility');
    await fixture<HTMLElement>(html`<div>${element}</div>`);
    await published;
    await element.updateComplete;
    return element;
  };

  const types: [type: EligibilityBadge['type'], words: string][] = [
    ['eligible', 'HSA/FSA eligible'],
    ['lmn', LMN],
    ['split', 'Some items may be paid with HSA/FSA. You’ll use another card for the rest.'],
    ['regular', ''],
    ['unknown', ''],
    ['IRS approved' as never, ''],
  ];
  for (const [type, text] of types)
    it(`shows ${text ? `“${text}”` : 'nothing'} for the type ${type}`, async () => {
      expect(visibleText(await badge({ type }))).to.equal(text);
      expect(endpoint.sent).to.have.length(0);
    });

  it('shows the amounts of a cart', async () => {
    const element = await badge({ cart: splitCart() });
    expect(visibleText(element)).to.equal(
      'May be paid with HSA/FSA $49.95 You’ll use another card $39.98 Total before shipping and tax $89.93',
    );
  });

  it('becomes empty when it gets another product whose eligibility is unknown', async () => {
    endpoint.respondWith(({ body }) =>
      json({
        products: body.product_ids.map((product_id: string) => ({
          product_id,
          eligibility: product_id === 'known' ? 'eligible' : 'unknown',
        })),
      }),
    );
    const element = await badge({ productId: 'known', endpoint: '/forget' });
    expect(visibleText(element)).to.equal('HSA/FSA eligible');
    element.productId = 'other';
    await nextEvent(element, 'hsa-eligibility');
    await element.updateComplete;
    expect(visibleText(element)).to.equal('');
  });

  it('shows its latest properties when it is one of a thousand badges', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = '<hsa-eligibility-badge type="eligible"></hsa-eligibility-badge>'.repeat(1_000);
    const badges = [...place.children] as EligibilityBadge[];
    const [byAttribute, byProperty, byRemoval] = badges.slice(-3);
    byAttribute!.setAttribute('type', 'lmn');
    byProperty!.type = 'lmn';
    byRemoval!.removeAttribute('type');
    await byRemoval!.updateComplete;
    await untilText(byAttribute!, LMN);
    await untilText(byProperty!, LMN);
    expect(visibleText(byRemoval!)).to.equal('');
    expect(visibleText(badges.at(-4)!)).to.equal('HSA/FSA eligible');
  });

  it('shows its latest properties when they were set before it was connected', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = '<hsa-eligibility-badge></hsa-eligibility-badge>'.repeat(1_000);
    const [changed, emptied] = [0, 1].map(() => {
      const element = document.createElement('hsa-eligibility-badge');
      element.setAttribute('type', 'eligible');
      place.append(element);
      return element;
    });
    changed!.setAttribute('type', 'lmn');
    emptied!.removeAttribute('type');
    await emptied!.updateComplete;
    await untilText(changed!, LMN);
    expect(visibleText(emptied!)).to.equal('');
  });

  it('shows a cart for a JSON child, and the product when it has both a product and a cart', async () => {
    const cart = JSON.stringify(cartOf({ hsa_fsa_eligible: true }));
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = `<hsa-eligibility-badge><script type="application/json">${cart}</script></hsa-eligibility-badge>`;
    await untilText(place.firstElementChild as EligibilityBadge, 'All items are HSA/FSA eligible');
    endpoint.respondWith(({ body }) =>
      json({
        products: body.product_ids.map((product_id: string) => ({ product_id, eligibility: 'eligible' })),
      }),
    );
    const both = {
      productId: 'one',
      endpoint: '/product-and-cart',
      cart: cartOf({ hsa_fsa_eligible: false }),
    };
    expect(visibleText(await badge(both))).to.equal('HSA/FSA eligible');
  });

  it('shows all lines of a multi-line text', async () => {
    const strings = { partRest: 'You’ll use\nanother card' };
    expect(visibleText(await badge({ cart: splitCart(), strings }))).to.equal(
      'May be paid with HSA/FSA $49.95 You’ll use another card $39.98 Total before shipping and tax $89.93',
    );
  });

  it('is empty without a type, a product or a cart', async () => {
    expect(visibleText(await badge({}))).to.equal('');
  });

  it('is empty for an invalid cart, and logs the reason', async () => {
    expectConsole(/<hsa-eligibility-badge> line_items\[0\]\.quantity: expected an integer from 1 to 9999/);
    expect(
      visibleText(
        await badge({ cart: { line_items: [{ product_id: 'x', quantity: 0.5, hsa_fsa_eligible: true }] } }),
      ),
    ).to.equal('');
  });

  it('is empty when the cart function throws any value', async () => {
    expectConsole(/<hsa-eligibility-badge>/);
    expect(visibleText(await badge({ cart: () => Promise.reject<never>(undefined) }))).to.equal('');
  });

  /** Caches an answer of the endpoint in this tab, as of the given number of minutes ago. */
  const remember = (path: string, word: string, minutesAgo: number) =>
    sessionStorage.setItem(
      `hsa-checkout:eligibility ${location.origin}${path}`,
      JSON.stringify([['monitor', word, Date.now() - minutesAgo * 60_000]]),
    );
  const says = (eligibility: string) => () => json({ products: [{ product_id: 'monitor', eligibility }] });

  it('shows the answer of the previous page at once, and requests it again', async () => {
    remember('/kept', 'eligible', 4);
    const release = endpoint.holdResponses();
    const element = await badge({ productId: 'monitor', endpoint: '/kept' });
    expect(visibleText(element)).to.equal('HSA/FSA eligible');
    const changed = nextEvent(element, 'hsa-eligibility');
    release(says('lmn')());
    expect((await changed).eligibility).to.equal('lmn');
    await untilText(element, LMN);
    expect(endpoint.sent).to.have.length(1);
  });

  it('becomes empty when the cached answer is not confirmed', async () => {
    remember('/gone', 'eligible', 4);
    endpoint.respondWith(() => json({ code: 'provider_unavailable' }, 500));
    const element = await badge({ productId: 'monitor', endpoint: '/gone' });
    await untilText(element, '');
    expect(endpoint.sent).to.have.length(1);
  });

  it('ignores answers older than five minutes', async () => {
    remember('/old', 'eligible', 5);
    endpoint.respondWith(says('regular'));
    const events = recordEvents('hsa-eligibility');
    const element = await badge({ productId: 'monitor', endpoint: '/old' });
    expect(events.map(({ eligibility }) => eligibility)).to.deep.equal(['regular']);
    expect(visibleText(element)).to.equal('');
  });

  it('requests again on refresh()', async () => {
    endpoint.respondWith(says('eligible'));
    const element = await badge({ productId: 'monitor', endpoint: '/anew' });
    endpoint.respondWith(says('regular'));
    await element.refresh();
    await element.updateComplete;
    expect(visibleText(element)).to.equal('');
    expect(endpoint.sent).to.have.length(2);
  });

  it('shows the same eligibility in badge and button, also when it is withdrawn', async () => {
    remember('/both', 'eligible', 1);
    const release = endpoint.holdResponses();
    const button = await mount({
      endpoint: '/both',
      cart: { line_items: [{ product_id: 'monitor', price: 500, quantity: 1 }] },
    });
    expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    release(says('regular')());
    await untilText(button, 'Continue to checkout');
  });
});
