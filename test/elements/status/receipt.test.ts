import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/status.js';
import type { StatusAnswer } from '../../../src/contract/index.js';
import type { CheckoutStatus } from '../../../src/status.js';
import { emulateMedia, sendKeys } from '../../support/browser-commands.js';
import { expectConsole } from '../../support/browser-setup.js';
import { axeFindings } from '../support/axe.js';
import { LOOKS, setBackground } from '../support/backgrounds.js';
import { contrast, contrastsOf } from '../support/contrast.js';
import { Endpoint, json } from '../support/endpoint.js';
import { nextTask, part, recordEvents, untilMessage, untilRendered } from '../support/page.js';

const MONITOR = 'Blood pressure monitor';
const MARKUP = '<img src=x onerror="alert(1)"> Massage gun';

const RECEIPT: StatusAnswer['receipt'] = {
  shop: 'Fern Street Pharmacy',
  address: '12 Elm Street\nAustin, TX 78701',
  contact: '512-555-0100',
  items: [
    { name: MONITOR, quantity: 1, price: 4995, eligibility: 'eligible' },
    { name: MARKUP, quantity: 2, price: 12_900, eligibility: 'lmn' },
    { name: 'Tote bag', quantity: 1, price: 2400, eligibility: 'regular' },
    { name: 'Mystery box', quantity: 1, price: 100 },
  ],
  shipping: 500,
  tax: 410,
  discount: 105,
};

/** What the server says about a paid session to the tab that started it. */
const PAID: StatusAnswer = {
  checkout_id: 'cs_1',
  status: 'paid',
  paid_at: '2026-11-28T17:30:00Z',
  reference_id: 'FF-1234',
  amounts: { subtotal: 33_295, hsa_amount: 30_795, regular_amount: 3305, total: 34_100 },
  currency: 'USD',
  receipt: RECEIPT,
};

/** The same to the holder of a return token. */
const RETURNED: StatusAnswer = { ...PAID, receipt: undefined, has_receipt: true };

const ended = (reason?: StatusAnswer['reason']): StatusAnswer => ({
  ...PAID,
  status: 'expired',
  reason,
  paid_at: undefined,
  expired_at: '2026-11-28T17:30:00Z',
  receipt: undefined,
});

/** Every final outcome that the server knows, with its heading and what the shopper reads below it. */
const OUTCOMES: [name: string, answer: StatusAnswer, heading: string, sentence: string][] = [
  ['paid', PAID, 'Payment received', ''],
  ['failed', ended('failed'), 'Payment failed', 'The payment didn’t go through. Nothing was charged.'],
  ['cancelled', ended('cancelled'), 'Payment cancelled', 'This checkout was cancelled. Nothing was charged.'],
  ['expired', ended(), 'Checkout expired', 'This checkout expired. Nothing was charged by this checkout.'],
  ['refunded', ended('refunded'), 'Payment refunded', 'This payment was refunded.'],
];

const heading = (element: CheckoutStatus) => element.shadowRoot!.querySelector('h2');
const link = (element: CheckoutStatus) => element.shadowRoot!.querySelector('a');
const saveButton = (element: CheckoutStatus) => element.shadowRoot!.querySelector('button');

/** The terms of the list with their values. */
const summary = (element: CheckoutStatus) =>
  Object.fromEntries(
    [...element.shadowRoot!.querySelectorAll('dl > div')].map((row) =>
      [...row.children].map(({ textContent }) => textContent.trim()),
    ),
  ) as Record<string, string>;

/** Whether an element has a box that a shopper can see. */
const isSeen = (element: Element) => {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
};

/** Remembers a session as the button does before it leaves the page. */
const rememberSession = (checkoutId = 'cs_1') =>
  sessionStorage.setItem(
    'hsa-checkout:last',
    JSON.stringify({ checkoutId, statusToken: 'own-token', endpoint: '/api/checkout' }),
  );

describe('the receipt of <hsa-checkout-status>', () => {
  const pageUrl = location.href;
  const { contentWindow } = Object.getOwnPropertyDescriptors(HTMLIFrameElement.prototype);
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => {
    endpoint.restore();
    // WebKit allows no more than 100 of these calls in 10 seconds.
    if (location.href !== pageUrl) history.replaceState(null, '', pageUrl);
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', contentWindow);
  });

  const create = (properties: Partial<CheckoutStatus> = {}) =>
    Object.assign(document.createElement('hsa-checkout-status'), {
      endpoint: '/api/checkout',
      token: 'token',
      checkoutId: 'cs_1',
      continueHref: '/shop',
      retryHref: '/cart',
      ...properties,
    });

  /** Adds an element to a box of a width, and waits until it shows its heading. */
  const show = async (answer: object, properties: Partial<CheckoutStatus> = {}, width = 640) => {
    endpoint.respondWith(() => json(answer));
    const element = create(properties);
    await fixture<HTMLElement>(
      html`<div style="width: ${width}px"><a href="#top">before</a>${element}</div>`,
    );
    await untilRendered(element, () => !!heading(element));
    return element;
  };

  /** Opens the page with a return token, for which the server has a receipt. */
  const showReturned = async () => {
    history.replaceState(null, '', '?hsa_checkout=return-token');
    endpoint.respondWith(({ url }) => json(url.includes('own-token') ? PAID : RETURNED));
    const element = create({ token: undefined, checkoutId: undefined });
    await fixture<HTMLElement>(html`<div>${element}</div>`);
    await untilRendered(element, () => !!heading(element));
    return element;
  };

  const tokens = () => endpoint.sent.map(({ url }) => new URL(url).search);

  describe('an outcome', () => {
    for (const [name, answer, title, sentence] of OUTCOMES)
      it(`has a heading of its own, and says once what happened: ${name}`, async () => {
        const element = await show(answer);
        expect(heading(element)!.textContent.trim()).to.equal(title);
        const message = part(element, 'message');
        expect(isSeen(message)).to.equal(!!sentence);
        if (sentence) expect(message.textContent.trim()).to.equal(sentence);
        const all = element.shadowRoot!.textContent;
        expect(all.match(/Nothing was charged/g)?.length ?? 0).to.equal(/charged/.test(sentence) ? 1 : 0);
        // The heading is above the sentence, for eyes and for screen readers.
        const order = heading(element)!.compareDocumentPosition(message);
        expect(order & Node.DOCUMENT_POSITION_FOLLOWING).to.be.greaterThan(0);
      });

    it('that the server does not know has a heading and the way on, but no list', async () => {
      expectConsole(/not_found/);
      endpoint.respondWith(() => json({ code: 'not_found' }, 404));
      const element = create();
      await fixture<HTMLElement>(html`<div>${element}</div>`);
      await untilRendered(element, () => !!heading(element));
      expect(heading(element)!.textContent.trim()).to.equal('Checkout not found');
      expect(link(element)!.textContent).to.equal('Start again');
      expect(element.shadowRoot!.querySelector('dl')).to.equal(null);
      expect(element.shadowRoot!.textContent).not.to.contain('false');
    });

    it('is announced once: the receipt does not change the text of the live region', async () => {
      const release = endpoint.holdResponses();
      const element = create();
      await fixture<HTMLElement>(html`<div>${element}</div>`);
      await untilMessage(element, /^Confirming/);
      const texts: string[] = [];
      const region = part(element, 'message');
      const observer = new MutationObserver(() => texts.push(region.textContent.trim()));
      observer.observe(region.querySelector('span')!, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      release(json(PAID));
      await untilRendered(element, () => !!heading(element));
      await nextTask();
      observer.disconnect();
      expect(texts).to.deep.equal(['Payment received.']);
      expect(heading(element)!.closest('[role="status"], [aria-live]')).to.equal(null);
      expect(region.querySelector('svg')).to.equal(null);
    });

    it('that a page words in its own way keeps its sentence', async () => {
      const element = await show(PAID, { strings: { paid: 'Thank you. It ships today.' } });
      expect(isSeen(part(element, 'message'))).to.equal(true);
    });

    it('is in the language of the page', async () => {
      document.documentElement.lang = 'es';
      try {
        const element = await show(PAID);
        await untilRendered(element, () => /Pago recibido/.test(heading(element)!.textContent));
        await untilMessage(element, 'Pago recibido.');
        await element.updateComplete;
        expect(isSeen(part(element, 'message'))).to.equal(false);
        expect(Object.keys(summary(element))).to.deep.equal([
          'Importe',
          'Tarjeta HSA/FSA',
          'Otra tarjeta',
          'Referencia',
          'Fecha',
        ]);
        expect(link(element)!.textContent).to.equal('Seguir comprando');
      } finally {
        document.documentElement.lang = 'en';
      }
    });

    it('disappears when the attributes name another session', async () => {
      const element = await show(PAID);
      endpoint.respondWith(() => json({ checkout_id: 'cs_2', status: 'open' }));
      element.checkoutId = 'cs_2';
      await untilMessage(element, /^Confirming/);
      expect(heading(element)).to.equal(null);
      expect(element.shadowRoot!.querySelector('dl, a, button')).to.equal(null);
      expect(part(element, 'message').querySelector('svg')).not.to.equal(null);
      expect(isSeen(part(element, 'message'))).to.equal(true);
    });
  });

  describe('the marks of the outcomes', () => {
    /** Draws the mark of an outcome at 16 by 16 pixels; returns which pixels are dark. */
    const draw = (element: CheckoutStatus) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 16 });
      const context = canvas.getContext('2d')!;
      context.scale(16 / 24, 16 / 24);
      context.lineWidth = 2;
      context.lineCap = context.lineJoin = 'round';
      context.stroke(new Path2D(part(element, 'mark').querySelector('path')!.getAttribute('d')!));
      const { data } = context.getImageData(0, 0, 16, 16);
      return Array.from({ length: 256 }, (_, i) => data[i * 4 + 3]! > 127);
    };

    it('differ at 16 pixels', async () => {
      const marks: [string, boolean[]][] = [];
      for (const [name, answer] of OUTCOMES) marks.push([name, draw(await show(answer))]);
      for (const [i, [name, mark]] of marks.entries())
        for (const [other, pixels] of marks.slice(i + 1)) {
          const differing = mark.filter((isDark, i) => isDark !== pixels[i]).length;
          expect(differing, `${name} and ${other}`).to.be.at.least(16);
        }
    });

    for (const [theme, background] of LOOKS)
      it(`have the colour of the text and a contrast of 3, ${theme} on a ${background} page`, async () => {
        for (const [, answer] of OUTCOMES) {
          const element = await show(answer, { theme });
          const page = setBackground(element, background);
          const { stroke } = getComputedStyle(part(element, 'mark'));
          expect(stroke).to.equal(getComputedStyle(heading(element)!).color);
          expect(contrast(stroke, page)).to.be.at.least(3);
        }
      });
  });

  describe('the list', () => {
    it('has the amount, what each card paid, the reference and the day', async () => {
      expect(summary(await show(PAID))).to.deep.equal({
        Amount: '$341.00',
        'HSA/FSA card': '$307.95',
        'Another card': '$33.05',
        Reference: 'FF-1234',
        Date: 'November 28, 2026',
      });
    });

    it('has no card after a checkout without a payment', async () => {
      expect(summary(await show(ended('failed')))).to.deep.equal({
        'Order total': '$341.00',
        Reference: 'FF-1234',
        Date: 'November 28, 2026',
      });
    });

    for (const [title, amounts, expected] of [
      ['one card', { hsa_amount: 34_100, regular_amount: 0, total: 34_100 }, ['Amount', 'HSA/FSA card']],
      ['cards that do not add up', { hsa_amount: 30_795, regular_amount: 2500, total: 34_100 }, ['Amount']],
      ['no total', { hsa_amount: 30_795, regular_amount: 3305 }, []],
      ['malformed amounts', { hsa_amount: '30795', regular_amount: {}, total: -1 }, []],
      ['amounts that are no object', 'all', []],
    ] as [string, unknown, string[]][])
      it(`shows the amounts that it knows: ${title}`, async () => {
        const element = await show({ ...PAID, amounts });
        expect(Object.keys(summary(element)).slice(0, -2)).to.deep.equal(expected);
      });

    it('shows no amount in another currency, and no malformed reference or date', async () => {
      const element = await show({ ...PAID, currency: 'CAD', reference_id: {}, paid_at: '2026-11-28 10:00' });
      expect(summary(element)).to.deep.equal({});
      expect(saveButton(element)).to.equal(null);
    });

    it('shows a reference with markup as text', async () => {
      expect(summary(await show({ ...PAID, reference_id: MARKUP }))['Reference']).to.equal(MARKUP);
    });
  });

  describe('the way on', () => {
    it('leads on after a payment, and to a new start after the others', async () => {
      for (const [name, answer] of OUTCOMES) {
        const element = await show(answer);
        const isPaid = name === 'paid' || name === 'refunded';
        expect(link(element)!.textContent).to.equal(isPaid ? 'Continue shopping' : 'Start again');
        expect(link(element)!.getAttribute('href')).to.equal(isPaid ? '/shop' : '/cart');
      }
    });

    for (const href of [
      undefined,
      '',
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'https://[',
    ])
      it(`is not there for the URL ${JSON.stringify(href) ?? 'undefined'}`, async () => {
        expect(link(await show(PAID, { continueHref: href }))).to.equal(null);
        expect(link(await show(ended('failed'), { retryHref: href }))).to.equal(null);
      });

    for (const href of ['https://shop.example/', 'next', '?page=2', '//shop.example/x'])
      it(`is there for the URL ${href}`, async () => {
        expect(link(await show(PAID, { continueHref: href }))!.getAttribute('href')).to.equal(href);
      });

    for (const [theme, background] of LOOKS)
      it(`is a button to look at, with text and edge in contrast, ${theme} on a ${background} page`, async () => {
        const element = await show(PAID, { theme });
        const page = setBackground(element, background);
        for (const target of [link(element)!, saveButton(element)!]) {
          const { text, edge } = contrastsOf(target, page);
          expect(text, 'text').to.be.at.least(4.5);
          expect(edge, 'edge').to.be.at.least(3);
          expect(target.getBoundingClientRect().height).to.be.at.least(44);
        }
      });

    it('has black text on a light background of the merchant, and white on a dark one', async () => {
      const element = await show(PAID);
      for (const [background, ink] of [
        ['rgb(255, 210, 74)', 'rgb(0, 0, 0)'],
        ['rgb(11, 92, 74)', 'rgb(255, 255, 255)'],
      ] as const) {
        element.style.setProperty('--hsa-background', background);
        expect(contrast(getComputedStyle(link(element)!.firstElementChild!).color, ink)).to.be.below(1.05);
      }
    });

    it('has a focus ring of two tones, like the button', async () => {
      const element = await show(PAID);
      element.parentElement!.querySelector('a')!.focus();
      for (const target of [link(element)!, saveButton(element)!]) {
        await sendKeys({ press: 'Tab' });
        expect(element.shadowRoot!.activeElement).to.equal(target);
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(target);
        const [, inner] = /^(.*\)) 0px 0px 0px 2px$/.exec(boxShadow)!;
        expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '2px']);
        expect(contrast(outlineColor, inner!)).to.be.at.least(3);
      }
    });

    it('keeps its edge in forced colours', async () => {
      const element = await show(PAID);
      const isForced = await emulateMedia({ forcedColors: 'active' });
      for (const target of [link(element)!, saveButton(element)!]) {
        const { borderTopStyle, borderTopWidth, borderTopColor, color } = getComputedStyle(target);
        expect([borderTopStyle, borderTopWidth]).to.deep.equal(['solid', '1px']);
        if (isForced) expect(contrast(borderTopColor, 'Canvas')).to.be.at.least(3);
        if (isForced) expect(contrast(color, 'Canvas')).to.be.at.least(4.5);
      }
    });
  });

  describe('in little room', () => {
    afterEach(() => document.documentElement.removeAttribute('style'));

    for (const [width, rootSize] of [
      [240, '100%'],
      [288, '200%'],
      [1100, '100%'],
    ] as const)
      it(`nothing is cut or overlaps at ${width} pixels with a root of ${rootSize}`, async () => {
        document.documentElement.style.fontSize = rootSize;
        const element = await show({ ...PAID, reference_id: 'REFERENCE'.repeat(8) }, {}, width);
        const { left, right } = element.getBoundingClientRect();
        // The boxes of the texts: a text can leave the box of its element.
        const boxes = [...element.shadowRoot!.querySelectorAll('h2, dt, dd, a, button')].map((owner) => {
          const range = document.createRange();
          range.selectNodeContents(owner);
          return range.getBoundingClientRect();
        });
        for (const box of boxes) {
          expect(box.left).to.be.at.least(left - 0.5);
          expect(box.right).to.be.at.most(right + 0.5);
        }
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) {
            const isApart =
              a.right <= b.left + 0.5 ||
              b.right <= a.left + 0.5 ||
              a.bottom <= b.top + 0.5 ||
              b.bottom <= a.top + 0.5;
            expect(isApart).to.equal(true);
          }
      });
  });

  for (const [name, answer] of OUTCOMES)
    for (const [look, [theme, background]] of LOOKS.entries())
      it(`axe finds nothing: ${name}, ${theme} on a ${background} page`, async () => {
        const element = await show(answer, { theme });
        setBackground(element, background);
        const place = element.parentElement!;
        // The first link of the page is a tool of the test.
        place.querySelector('a')!.remove();
        expect(await axeFindings(place, { colorsOnly: look > 0 })).to.deep.equal([]);
      });

  describe('is asked for', () => {
    it('with this tab’s own status token, when the return token does not get it', async () => {
      rememberSession();
      const element = await showReturned();
      await untilRendered(element, () => !!saveButton(element));
      expect(saveButton(element)!.textContent).to.equal('Save or print');
      expect(tokens()).to.deep.equal(['?token=return-token', '?id=cs_1&token=own-token']);
    });

    for (const [title, prepare] of [
      ['a tab that did not start the checkout', () => undefined],
      ['a tab that started another checkout', () => rememberSession('cs_2')],
    ] as const)
      it(`not by ${title}`, async () => {
        prepare();
        const element = await showReturned();
        await nextTask();
        expect(saveButton(element)).to.equal(null);
        expect(tokens()).to.deep.equal(['?token=return-token']);
      });

    it('not when the server has none', async () => {
      rememberSession();
      const element = await show({ ...RETURNED, has_receipt: undefined });
      await nextTask();
      expect(saveButton(element)).to.equal(null);
      expect(endpoint.sent).to.have.length(1);
    });

    it('and the rest is shown when the server does not send it', async () => {
      expectConsole(/No receipt: .* answered 404/);
      const { warn } = console;
      const hasWarned = new Promise<void>((resolve) => {
        console.warn = (...values) => {
          console.warn = warn;
          console.warn(...values);
          resolve();
        };
      });
      rememberSession();
      history.replaceState(null, '', '?hsa_checkout=return-token');
      endpoint.respondWith(({ url }) =>
        url.includes('own-token') ? json({ code: 'not_found' }, 404) : json(RETURNED),
      );
      const element = create({ token: undefined, checkoutId: undefined });
      await fixture<HTMLElement>(html`<div>${element}</div>`);
      await untilRendered(element, () => !!heading(element));
      await hasWarned;
      await element.updateComplete;
      expect(saveButton(element)).to.equal(null);
      expect(summary(element)['Amount']).to.equal('$341.00');
    });

    for (const [title, receipt] of Object.entries({
      'no shop': { ...RECEIPT, shop: ' ' },
      'no items': { ...RECEIPT, items: [] },
      'an item without a price': { ...RECEIPT, items: [{ name: 'x', quantity: 1 }] },
      'an item with a broken quantity': { ...RECEIPT, items: [{ name: 'x', quantity: 0, price: 1 }] },
      'an item that is no object': { ...RECEIPT, items: [null] },
      'no object': 'paid',
    }))
      it(`and is left out when it has ${title}`, async () => {
        const element = await show({ ...PAID, receipt });
        expect(saveButton(element)).to.equal(null);
        expect(heading(element)!.textContent.trim()).to.equal('Payment received');
      });
  });

  describe('the printed sheet', () => {
    /** Replaces the print dialog of frames, which would stop the test. Returns the documents that were printed. */
    const recordPrints = () => {
      const printed: Document[] = [];
      Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
        configurable: true,
        get(this: HTMLIFrameElement) {
          const view = contentWindow.get!.call(this);
          if (view) view.print = () => printed.push(view.document);
          return view;
        },
      });
      return printed;
    };

    /** Presses the button, and returns the document that is printed. */
    const print = async (element: CheckoutStatus) => {
      const printed = recordPrints();
      saveButton(element)!.click();
      while (!printed.length) await nextTask();
      return printed[0]!;
    };

    const rows = (page: Document) =>
      [...page.querySelectorAll('tr')].map((row) =>
        [...row.children].map(({ textContent }) => textContent).join(' | '),
      );

    it('has the shop, the day, the reference, each item, the amounts and what was eligible', async () => {
      const page = await print(await show(PAID));
      expect(page.querySelector('h1')!.textContent).to.equal('Receipt');
      expect(page.querySelector('address')!.textContent).to.equal(
        'Fern Street Pharmacy\n12 Elm Street\nAustin, TX 78701\n512-555-0100',
      );
      expect([...page.querySelectorAll('dt, dd')].map(({ textContent }) => textContent)).to.deep.equal([
        'Date',
        'November 28, 2026',
        'Reference',
        'FF-1234',
      ]);
      expect(rows(page)).to.deep.equal([
        'Item | HSA/FSA eligibility | Quantity | Price each | Amount',
        `${MONITOR} | HSA/FSA eligible | 1 | $49.95 | $49.95`,
        `${MARKUP} | May be HSA/FSA eligible with a Letter of Medical Necessity | 2 | $129.00 | $258.00`,
        'Tote bag | Not HSA/FSA eligible | 1 | $24.00 | $24.00',
        'Mystery box | Not known | 1 | $1.00 | $1.00',
        'Shipping | $5.00',
        'Tax | $4.10',
        'Reduction | −$1.05',
        'Total | $341.00',
        'HSA/FSA card | $307.95',
        'Another card | $33.05',
      ]);
      expect([...page.querySelectorAll('p')].map(({ textContent }) => textContent)).to.deep.equal([
        'Items that may be eligible with a Letter of Medical Necessity: keep the letter with this receipt.',
        'Not tax advice. Your plan administrator decides.',
      ]);
      expect([page.title, page.documentElement.lang]).to.deep.equal(['Receipt FF-1234', 'en']);
    });

    it('says nothing about a letter when no item needs one', async () => {
      const items = [RECEIPT.items[0]!];
      const page = await print(await show({ ...PAID, receipt: { ...RECEIPT, items } }));
      expect(page.body.textContent).not.to.match(/letter/i);
    });

    it('is styled, black on white, also on a dark page', async () => {
      const element = await show(PAID, { theme: 'dark' });
      setBackground(element, 'dark');
      const page = await print(element);
      const style = (selector: string) => page.defaultView!.getComputedStyle(page.querySelector(selector)!);
      expect(style('body').color).to.equal('rgb(0, 0, 0)');
      expect(style('th').borderBottomStyle).to.equal('solid');
      // Quirks mode would give the table a font size of its own.
      expect(style('td').fontSize).to.equal(style('body').fontSize);
      expect(style('.number').textAlign).to.equal('end');
    });

    it('is in a frame that nobody sees, hears or reaches with the keyboard', async () => {
      const element = await show(PAID);
      await print(element);
      const frame = element.shadowRoot!.querySelector('iframe')!;
      expect(frame.getBoundingClientRect().width).to.be.at.most(1);
      expect([frame.getAttribute('aria-hidden'), frame.tabIndex, frame.title]).to.deep.equal([
        'true',
        -1,
        'Receipt',
      ]);
      expect([frame.hasAttribute('src'), frame.hasAttribute('srcdoc')]).to.deep.equal([false, false]);
      expect(await axeFindings(element)).to.deep.equal([]);
    });

    it('is made again by the next press, and removed with the element', async () => {
      const element = await show(PAID);
      await print(element);
      await print(element);
      const frames = () => element.shadowRoot!.querySelectorAll('iframe').length;
      expect(frames()).to.equal(1);
      element.remove();
      expect(frames()).to.equal(0);
    });

    it('puts no name of a product into a URL, an event or the page', async () => {
      const events = [recordEvents('hsa-checkout-paid'), recordEvents('hsa-checkout-error')];
      rememberSession();
      const element = await showReturned();
      await untilRendered(element, () => !!saveButton(element));
      const page = await print(element);
      const traces = [
        location.href,
        page.URL,
        page.title,
        ...endpoint.sent.map(({ url }) => url),
        ...performance.getEntriesByType('resource').map(({ name }) => name),
        JSON.stringify(events.flat().map((event) => ({ ...event }))),
        JSON.stringify({ ...sessionStorage }),
        element.shadowRoot!.textContent,
      ];
      for (const trace of traces) expect(decodeURIComponent(trace)).not.to.contain(MONITOR);
    });

    it('shows names with markup as text', async () => {
      const page = await print(await show(PAID));
      expect(page.querySelectorAll('img, script')).to.have.length(0);
    });

    it('is in the shopper’s language, with its amounts', async () => {
      document.documentElement.lang = 'es';
      try {
        const element = await show(PAID);
        await untilRendered(element, () => /Pago/.test(heading(element)!.textContent));
        const page = await print(element);
        expect(page.documentElement.lang).to.equal('es');
        expect(rows(page)[0]).to.equal(
          'Artículo | Elegibilidad para HSA/FSA | Cantidad | Precio por unidad | Importe',
        );
        expect(rows(page)[1]).to.match(/Elegible para HSA\/FSA \| 1 \| 49,95\sUS\$/);
      } finally {
        document.documentElement.lang = 'en';
      }
    });

    it('follows the direction of the page’s own texts', async () => {
      const element = await show(PAID, { strings: { save: 'حفظ' } });
      element.parentElement!.dir = 'rtl';
      expect((await print(element)).dir).to.equal('rtl');
    });
  });
});
