import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../support/property-runs.js';
import { parseFragment, type ParserError } from 'parse5';
import { checkCart } from '../../../src/contract/check.js';
import {
  cartEligibility,
  lineEligibility,
  type CartEligibility,
  type LineEligibility,
} from '../../../src/core/index.js';
import { en, type Strings } from '../../../src/elements/locales/en.js';
import { translation as spanish } from '../../../src/elements/locales/es.js';
import { translation as chinese } from '../../../src/elements/locales/zh-Hans.js';
import { icon } from '../../../src/elements/shared/icon.js';
import { eligibilityLines, eligibilityText, formatMoney } from '../../../src/elements/shared/strings.js';
import { renderBlock, type BlockName, type Language, type Page } from '../../support/shopify-liquid.js';
import { ajaxItem } from './fixtures.js';

/** The texts of the elements, by Shopify's language names. */
const LANGUAGES: Record<Language, Strings> = { en, es: spanish.strings, 'zh-CN': chinese.strings };

/** Titles that break markup when they are printed unescaped. */
const TITLES = [
  `"Quoted" & 'more' <b>`,
  '</script><script>alert(1)</script>',
  '🩺 Monitor 👩‍⚕️',
  '{{ 1 | plus: 1 }}',
];

/** A product with a metafield, given as a value or as a whole. */
const product = (value: unknown, title = 'Monitor') => ({
  title,
  metafields: { custom: { hsa_fsa: Object(value) === value && 'type' in Object(value) ? value : { value } } },
});

/** Values of a metafield, with the text of the badge. */
const METAFIELDS: [what: string, product: object, said: string | undefined][] = [
  ['eligible', product('eligible'), en.eligible],
  ['eligible in capitals, with spaces', product('  Eligible '), en.eligible],
  ['lmn', product('lmn'), en.lmn],
  ['regular', product('regular'), undefined],
  ['unknown', product('unknown'), undefined],
  ['nil', product(null), undefined],
  ['no metafield', { title: 'Monitor', metafields: {} }, undefined],
  ['no metafields', { title: 'Monitor' }, undefined],
  ['blank', product(''), undefined],
  ['spaces', product('   '), undefined],
  ['true, a boolean', product(true), undefined],
  ['false, a boolean', product(false), undefined],
  ['1, a number', product(1), undefined],
  ['JSON', product({ type: 'json', value: { eligible: true } }), undefined],
  ['a list', product({ type: 'list.single_line_text_field', value: ['regular', 'eligible'] }), undefined],
  ['a word with more', product('eligible with conditions'), undefined],
  ['HTML', product('<b>eligible</b>'), undefined],
];

/** The visible texts of a block. Asserts that it is valid HTML. */
function shown(html: string): string {
  const errors: ParserError[] = [];
  parseFragment(html, { onParseError: (error) => errors.push(error) });
  // Self-closing SVG elements are valid.
  assert.deepEqual(
    errors.map(({ code }) => code),
    [],
    html,
  );
  assert.doesNotMatch(html, /undefined|NaN|\[object|\{\{|\{%/);
  const text = html
    .replace(/<script[^]*?<\/script>|<template[^]*?<\/template>/g, '')
    .replace(/<[^>]*>/g, ' ');
  return text.replaceAll('&#160;', ' ').replace(/\s+/g, ' ').trim();
}

const cart = (lines: (LineEligibility | null)[], prices: number[] = []) => {
  const items = lines.map((word, i) => ({
    ...ajaxItem({
      variant_id: i + 1,
      final_line_price: prices[i] ?? 1000 * (i + 1),
      title: TITLES[i % TITLES.length],
    }),
    product: product(word, TITLES[i % TITLES.length]),
  }));
  const items_subtotal_price = items.reduce((sum, { final_line_price }) => sum + final_line_price, 0);
  return { items, items_subtotal_price, currency: { iso_code: 'USD' } };
};
const onCart = (lines: (LineEligibility | null)[], prices?: number[], page: Page = {}) =>
  renderBlock('eligibility-badge', { template: { name: 'cart' }, cart: cart(lines, prices), ...page });

/** The parts of the element's badge for a cart: its text, or the text and the amount of each line. */
function elementTexts(strings: Strings, eligibility: CartEligibility, language: Language): string[] {
  const lines = eligibilityLines(strings, eligibility).map(([text, cents]) =>
    `${text} ${formatMoney(cents, language)}`.replace(/\s/g, ' '),
  );
  return lines.length ? lines : [eligibilityText(strings, eligibility)].filter(Boolean);
}

/** The parts of the server's badge: the lines of its list, or its whole text. */
function serverTexts(html: string): string[] {
  const lines = html.match(/<li>[^]*?<\/li>/g)?.map(shown) ?? [];
  assert.ok(!lines.length || lines.join(' ') === shown(html), html);
  return lines.length ? lines : [shown(html)].filter(Boolean);
}

/** The paths of the icons in the server's badge, in order. */
const serverIcons = (html: string) => [...html.matchAll(/<path d="(.*?)"/g)].map(([, path]) => path);

/** The path of the element's icon for an eligibility. */
const elementIcon = (name: string) => icon(name).values[0];

describe('the badge block', () => {
  for (const [what, subject, text] of METAFIELDS)
    it(`shows ${text ?? 'nothing'} for a product whose metafield is ${what}`, () => {
      assert.equal(shown(renderBlock('eligibility-badge', { product: subject })), text ?? '');
      // In a product card, or chosen by the merchant.
      const pages = [{ closest: { product: subject } }, { settings: { product: subject } }];
      for (const page of pages)
        assert.equal(
          shown(renderBlock('eligibility-badge', { template: { name: 'collection' }, ...page })),
          text ?? '',
        );
    });

  it('reads the metafield that the merchant names', () => {
    const subject = { metafields: { app: { eligibility: { value: 'lmn' } } } };
    const settings = { metafield: 'app.eligibility' };
    assert.equal(shown(renderBlock('eligibility-badge', { product: subject, settings })), en.lmn);
    for (const metafield of ['app', '.', '', '<b>'])
      assert.doesNotMatch(
        renderBlock('eligibility-badge', { product: subject, settings: { metafield } }),
        /<b>|eligible/,
      );
  });

  it('needs no script for its text, which is the same as the script’s', () => {
    const html = renderBlock('eligibility-badge', { product: product('lmn') });
    assert.doesNotMatch(html, /data-hsa-src|<script/);
    assert.match(html, /<hsa-eligibility-badge\s+type="lmn"\s*>/);
  });

  it('requests the script only for “Learn more”', () => {
    const html = renderBlock('eligibility-badge', {
      product: product('lmn'),
      settings: { learn_more: true },
    });
    assert.match(html, /learn-more\s+data-hsa-src="\/hsa-checkout\.js\?v=\d+"/);
    // The badge reserves the place of the button.
    assert.match(html, /data-more="Learn more"/);
    assert.doesNotMatch(renderBlock('eligibility-badge', { product: product('lmn') }), /data-more/);
  });

  it('has the same text for a cart as the element, in every language, to the cent', () => {
    const value = fc.constantFrom<LineEligibility>('eligible', 'lmn', 'regular', 'unknown');
    const line = fc.record({ word: value, price: fc.integer({ min: 0, max: 999_999 }) });
    const language = fc.constantFrom(...(Object.entries(LANGUAGES) as [Language, Strings][]));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), language, (lines, [language, strings]) => {
        const eligibility = cartEligibility(
          lines.map(({ word, price }) => ({ eligibility: word, price, quantity: 1 })),
        );
        const prices = lines.map(({ price }) => price);
        const html = onCart(
          lines.map(({ word }) => word),
          prices,
          { language },
        );
        assert.deepEqual(serverTexts(html), elementTexts(strings, eligibility, language));
        const parts = eligibilityLines(strings, eligibility).flatMap(([, , part]) => part ?? []);
        const hasText = eligibilityText(strings, eligibility) !== '';
        const icons = parts.length || !hasText ? parts : [eligibility.eligibility];
        assert.deepEqual(serverIcons(html), icons.map(elementIcon));
      }),
    );
  });

  it('has a line for each part of a mixed cart', () => {
    const { partEligible, lmn, partRest, partTotal } = en;
    assert.deepEqual(serverTexts(onCart(['eligible', 'lmn', 'regular'], [4995, 11_900, 3998])), [
      `${partEligible} $49.95`,
      `${lmn} $119.00`,
      `${partRest} $39.98`,
      `${partTotal} $208.93`,
    ]);
    assert.deepEqual(serverTexts(onCart(['eligible', 'lmn'], [4995, 11_900])), [
      `${partEligible} $49.95`,
      `${lmn} $119.00`,
      `${partTotal} $168.95`,
    ]);
  });

  it('has the element’s amounts from cents to millions, in every language', () => {
    for (const [language, strings] of Object.entries(LANGUAGES) as [Language, Strings][])
      for (const cents of [1, 99, 100, 99_999, 100_000, 123_456, 999_999, 1_000_000, 100_000_005]) {
        const totalCents = cents + 100;
        const eligibility = { eligibility: 'split', eligibleCents: cents, totalCents } as const;
        assert.deepEqual(
          serverTexts(onCart(['eligible', 'regular'], [cents, 100], { language })),
          elementTexts(strings, eligibility, language),
        );
      }
  });

  it('has the element’s icon for a product and for a collection', () => {
    for (const word of ['eligible', 'lmn']) {
      const html = renderBlock('eligibility-badge', { product: product(word) });
      assert.deepEqual(serverIcons(html), [elementIcon(word)]);
    }
    const products = ['eligible', 'regular'].map((word) => product(word));
    const collection = { products, all_products_count: 2 };
    const html = renderBlock('eligibility-badge', { template: { name: 'collection' }, collection });
    assert.deepEqual(serverIcons(html), [elementIcon('split')]);
  });

  it('shows no amounts with a discount on the whole cart, which belongs to no line', () => {
    const discounted = (lines: (LineEligibility | null)[], language: Language = 'en') => {
      const sum = cart(lines).items_subtotal_price;
      return onCart(lines, undefined, { language, cart: { ...cart(lines), total_price: sum - 500 } });
    };
    for (const [language, strings] of Object.entries(LANGUAGES) as [Language, Strings][])
      for (const values of [
        ['eligible', 'regular'],
        ['eligible', 'lmn', 'regular'],
      ] as const)
        assert.equal(shown(discounted([...values], language)), strings.splitSome);
    assert.equal(shown(discounted(['eligible', 'eligible'])), en.allEligible);
    assert.equal(shown(discounted(['eligible', 'lmn'])), en.lmn);
    // No text without amounts limits the condition to the lines that need a letter.
    for (const values of [['lmn', 'regular'], ['regular'], ['eligible', null]] as const)
      assert.equal(shown(discounted([...values])), '');
    // The element is rendered without a text: it may get one when the discount is removed.
    assert.match(discounted(['lmn', 'regular']), /<hsa-eligibility-badge/);
    // A line's price includes its discount.
    const { items_subtotal_price } = cart(['eligible', 'regular']);
    const full = { ...cart(['eligible', 'regular']), total_price: items_subtotal_price };
    assert.deepEqual(serverTexts(onCart([], [], { cart: full })), [
      'May be paid with HSA/FSA $10.00',
      'You’ll use another card $20.00',
      'Total before shipping and tax $30.00',
    ]);
  });

  it('has the same text on the server as the element has for the same lines, also with a discount', () => {
    for (const values of [
      ['eligible', 'regular'],
      ['eligible', 'lmn', 'regular'],
      ['eligible', 'lmn'],
      ['lmn', 'regular'],
      ['eligible'],
      ['regular'],
    ] as const) {
      const bought = cart([...values]);
      const html = onCart([], [], { cart: { ...bought, total_price: bought.items_subtotal_price - 500 } });
      const json = /<script type="application\/json">([^]*?)<\/script>/.exec(html)![1]!;
      const eligibility = cartEligibility(
        checkCart(JSON.parse(json)).value!.line_items.map((line) => ({
          ...line,
          eligibility: lineEligibility(line),
        })),
      );
      assert.deepEqual(serverTexts(html), elementTexts(en, eligibility, 'en'));
    }
  });

  it('passes the lines with their eligibility to the script, without titles', () => {
    const html = onCart(['eligible', 'lmn', 'regular', null]);
    const [, json] = /<script type="application\/json">([^]*?)<\/script>/.exec(html)!;
    assert.deepEqual(JSON.parse(json!), {
      line_items: [
        { product_id: '1', price: 1000, quantity: 1, hsa_fsa_eligible: true },
        { product_id: '2', price: 2000, quantity: 1, requires_lmn: true },
        { product_id: '3', price: 3000, quantity: 1, hsa_fsa_eligible: false },
        { product_id: '4', price: 4000, quantity: 1 },
      ],
    });
  });

  it('is empty for a cart in another currency, and for an empty cart', () => {
    assert.equal(shown(onCart([], [])), '');
    const euros = { ...cart(['eligible']), currency: { iso_code: 'EUR' } };
    assert.doesNotMatch(onCart([], [], { cart: euros }), /hsa-eligibility-badge/);
  });

  it('has a text for a collection only when the eligibility of every product is known', () => {
    const collectionText = (values: (string | null)[], count = values.length) =>
      shown(
        renderBlock('eligibility-badge', {
          template: { name: 'collection' },
          collection: { products: values.map((value) => product(value)), all_products_count: count },
        }),
      );
    assert.equal(collectionText(['eligible', 'eligible']), en.allEligible);
    assert.equal(collectionText(['eligible', 'lmn']), en.lmn);
    assert.equal(collectionText(['eligible', 'lmn', 'regular']), en.splitSome);
    // No product is eligible without a letter.
    for (const values of [['lmn', 'regular'], ['regular'], ['eligible', null], []])
      assert.equal(collectionText(values), '');
    assert.equal(collectionText(['eligible'], 60), '');
  });

  it('tells the merchant that a cart in another currency has no badge', () => {
    const page = { cart: { ...cart(['eligible']), currency: { iso_code: 'CAD' } } };
    const inEditor = { ...page, request: { design_mode: true } };
    assert.match(shown(onCart([], [], inEditor)), /not in US dollars/);
    assert.doesNotMatch(shown(onCart([], [], inEditor)), /metafield/);
    assert.equal(shown(onCart([], [], page)), '');
    // A product's text is the same in every currency.
    const subject = { template: { name: 'product' }, product: product(null), ...inEditor };
    assert.match(shown(renderBlock('eligibility-badge', subject)), /metafield/);
  });

  it('tells the merchant, only in the theme editor, why the badge is empty', () => {
    assert.match(shown(onCart([], [], { request: { design_mode: true } })), /the cart is empty/);
    const page = { product: product(null), language: 'es' as const };
    assert.match(
      shown(renderBlock('eligibility-badge', { ...page, request: { design_mode: true } })),
      /metacampo/,
    );
    assert.equal(shown(renderBlock('eligibility-badge', page)), '');
  });
});

/** A block on the cart page. */
const onCartPage = (name: BlockName, page: Page = {}) =>
  renderBlock(name, { template: { name: 'cart' }, ...page });

describe('the button block and the app embed', () => {
  const BUTTONS = ['checkout-button', 'checkout-embed'] as const;

  for (const name of BUTTONS) {
    it(`${name} escapes every setting, and builds its paths on the shop’s root`, () => {
      const settings = {
        endpoint: `/apps/"><script>alert(1)</script>`,
        excluded: `"snacks", 'tote' <b>`,
        hosts: '"><img src=x onerror=alert(1)>',
        selector: '[name="checkout"] > a',
      };
      const html = onCartPage(name, { settings, routes: { root_url: '/es' } });
      shown(html);
      assert.doesNotMatch(html, /<script|<img|<b>/);
      assert.match(html, /endpoint="\/apps\/&#34;&gt;&lt;script&gt;/);
      assert.match(html, /href="\/es\/checkout"/);
      assert.match(onCartPage(name, {}), /href="\/checkout"/);
    });

    it(`${name} prints no title of a product`, () => {
      const html = onCartPage(name, { cart: cart(['eligible', 'lmn', 'regular', null]) });
      shown(html);
      for (const title of TITLES) assert.ok(!html.includes(title), title);
    });

    it(`${name} is missing for another currency, and tells the merchant so`, () => {
      const page = { cart: { ...cart(['eligible']), currency: { iso_code: 'CAD' } } };
      assert.doesNotMatch(onCartPage(name, page), /hsa-checkout-button|hsa-note/);
      const inEditor = onCartPage(name, { ...page, request: { design_mode: true } });
      assert.match(shown(inEditor.replace(/<\/?template[^>]*>/g, '')), /not in US dollars/);
      assert.doesNotMatch(inEditor, /<hsa-checkout-button/);
    });

    it(`${name} is rendered hidden for a cart that is not sold`, () => {
      const isHidden = (item: object, settings = {}) => {
        const items = [{ ...ajaxItem(), ...item }];
        return /\shidden\s*>/.test(onCartPage(name, { settings, cart: { ...cart([]), items } }));
      };
      assert.ok(!isHidden({}));
      assert.ok(isHidden({ gift_card: true }));
      assert.ok(isHidden({ gift_card: true }, { subscriptions: true }));
      assert.ok(isHidden({ selling_plan_allocation: {} }));
      assert.ok(!isHidden({ selling_plan_allocation: {} }, { subscriptions: true }));
      const deposits = [
        { price: 12_750, checkout_charge_amount: 1500 },
        { price: 12_750, remaining_balance_charge_amount: 11_250 },
        { price: 12_750, selling_plan: { checkout_charge: { value_type: 'percentage', value: 10 } } },
        { price: 12_750, selling_plan: { checkout_charge: { value_type: 'price', value: 1500 } } },
      ];
      const whole = {
        price: 12_750,
        checkout_charge_amount: 12_750,
        remaining_balance_charge_amount: 0,
        selling_plan: { checkout_charge: { value_type: 'percentage', value: 100 } },
      };
      for (const allocation of deposits)
        for (const subscriptions of [true, false])
          assert.ok(isHidden({ selling_plan_allocation: allocation }, { subscriptions }));
      assert.ok(!isHidden({ selling_plan_allocation: whole }, { subscriptions: true }));
    });
  }

  it('passes the notice for the theme editor to the embed’s script', () => {
    const html = renderBlock('checkout-embed', {
      cart: { ...cart(['eligible']), currency: { iso_code: 'GBP' } },
      settings: { selector: '.pay' },
      language: 'es',
      request: { design_mode: true },
    });
    assert.match(
      html,
      /^<template\s+data-hsa-embed\s+data-selector="\.pay"\s*>\s*<p class="hsa-note">[^<]+no está en dólares\.<\/p>\s*<\/template>\s*$/,
    );
  });

  it('has no button on a product page, and tells the merchant why', () => {
    const page = { template: { name: 'product' }, cart: cart(['eligible']) };
    assert.equal(shown(renderBlock('checkout-button', page)), '');
    assert.doesNotMatch(renderBlock('checkout-button', page), /hsa-checkout-button|hsa-note/);
    for (const [language, text] of [
      ['en', /sells the cart, not this product/],
      ['es', /vende el carrito, no este producto/],
    ] as const)
      for (const currency of ['USD', 'EUR']) {
        const html = renderBlock('checkout-button', {
          ...page,
          cart: { ...page.cart, currency: { iso_code: currency } },
          language,
          request: { design_mode: true },
        });
        assert.match(shown(html), text);
        assert.doesNotMatch(html, /<hsa-checkout-button/);
      }
    // A product page may have a cart drawer, in which the embed places a button.
    assert.match(renderBlock('checkout-embed', page), /<hsa-checkout-button/);
  });

  it('has a link to the shop’s own checkout as fallback, which does not mention HSA or FSA', () => {
    for (const [language, strings] of Object.entries(LANGUAGES) as [Language, Strings][])
      assert.equal(shown(onCartPage('checkout-button', { language: language as 'en' })), strings.continue);
  });

  it('renders the settings as attributes of the tag', () => {
    const html = onCartPage('checkout-button', {
      settings: { theme: 'dark', subscriptions: true, hosts: ' pay.example ' },
    });
    for (const attribute of [
      'endpoint="/apps/hsa-checkout"',
      'theme="dark"',
      'when-regular="hide"',
      'checkout-hosts="pay.example"',
      'data-subscriptions',
    ])
      assert.ok(html.includes(attribute), attribute);
    assert.doesNotMatch(onCartPage('checkout-button', {}), /checkout-hosts|data-(subscriptions|excluded)/);
  });

  it('passes the merchant’s appearance settings to the script, and nothing when the button follows the theme', () => {
    for (const name of BUTTONS) {
      const tag = (settings: Record<string, unknown>) =>
        /<hsa-checkout-button([^>]*)>/.exec(onCartPage(name, { settings }))![1]!;
      const look = /data-(height|radius|font|drawer-theme)/;
      assert.doesNotMatch(tag({}), look);
      const empty = { height: '', radius: '', font: '', drawer_theme: '' };
      assert.doesNotMatch(tag(empty), look);
      assert.doesNotMatch(tag({ height: 'auto', radius: '"><b>', font: '"><b>' }), look);
      const set = tag({ height: 48, radius: 4, font: 'system', drawer_theme: 'dark' });
      for (const attribute of ['data-height="48"', 'data-radius="4"', 'data-font="system"'])
        assert.ok(set.includes(attribute), attribute);
      assert.match(set, /data-drawer-theme="dark"/);
      // A radius of 0 is valid; a height outside the range is clamped.
      assert.match(tag({ radius: 0 }), /data-radius="0"/);
      assert.doesNotMatch(tag({ radius: -4, height: -4 }), look);
      assert.match(tag({ height: 30 }), /data-height="40"/);
      assert.match(tag({ height: 60 }), /data-height="55"/);
      assert.match(tag({ drawer_theme: `"><img src=x>` }), /data-drawer-theme="&#34;&gt;&lt;img/);
    }
  });

  it('has an element for the notice only in the theme editor', () => {
    const preview = /role="status" data-hsa-preview="This is a preview: [^"]+"/;
    for (const name of BUTTONS) {
      assert.match(onCartPage(name, { request: { design_mode: true } }), preview);
      assert.doesNotMatch(onCartPage(name, {}), /data-hsa-preview/);
    }
  });

  it('can be selected in the theme editor, and so can the badge', () => {
    for (const name of ['checkout-button', 'eligibility-badge'] as const)
      assert.match(onCartPage(name, {}), /^\s*<div class="hsa-block" data-shopify-editor-block="/);
  });
});
