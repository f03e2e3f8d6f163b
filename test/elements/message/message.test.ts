import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import type { CheckoutButton } from '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  control,
  label,
  liveRegionText,
  mount,
  nextTask,
  part,
  splitCart,
  untilRendered,
  visibleText,
} from '../support/page.js';

/** The lines of a message or a badge: text, amount, and the shape of the mark. */
const linesOf = (element: Element): string[] =>
  [...element.querySelectorAll('[part="line"]')].map((line) => line.textContent.replace(/\s+/g, ' ').trim());

const press = async (button: CheckoutButton): Promise<void> => {
  await button.checkout();
  await button.updateComplete;
};

describe('the message of an error', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  /** Adds a link to the page's own checkout, and returns whether it is visible. */
  const addAlternative = (button: CheckoutButton): (() => boolean) => {
    const link = Object.assign(document.createElement('a'), { slot: 'alternative', href: '/checkout' });
    link.textContent = 'Other ways to pay';
    button.append(link);
    return () => link.checkVisibility() && link.assignedSlot !== null;
  };

  it('offers the page’s other way to pay after the second failure in a row, and not before', async () => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({}, 500));
    const button = await mount();
    const isOffered = addAlternative(button);
    await press(button);
    expect(isOffered()).to.equal(false);
    expect(liveRegionText(button, 'alert')).to.not.contain('another payment method');
    await press(button);
    expect(isOffered()).to.equal(true);
    expect(liveRegionText(button, 'alert')).to.contain('You can use another payment method.');
    // A success ends the row of failures.
    button.addEventListener('hsa-checkout-session', (event) => event.preventDefault(), { once: true });
    endpoint.respondWith(() => json(sessionAnswer()));
    await press(button);
    endpoint.respondWith(() => json({}, 500));
    await press(button);
    expect(isOffered()).to.equal(false);
  });

  it('offers it at once after an error that a retry cannot correct', async () => {
    expectConsole(/unauthorized/);
    endpoint.respondWith(() => json({}, 401));
    const button = await mount();
    const isOffered = addAlternative(button);
    await press(button);
    expect(isOffered()).to.equal(true);
    expect(liveRegionText(button, 'alert')).to.not.contain('try again');
  });

  it('names the item that needs attention, and nothing when the cart has no name for it', async () => {
    expectConsole(/rejected/);
    const errors = [{ path: 'line_items[1].product_id', code: 'unknown_product', message: 'is unknown' }];
    endpoint.respondWith(() => json({ code: 'unknown_product', errors }, 422));
    const button = await mount();
    await press(button);
    expect(liveRegionText(button, 'alert')).to.match(
      /^“Multivitamin” needs attention\. Please review your cart\./,
    );
    const cart = splitCart();
    delete cart.line_items[1]!.name;
    const unnamed = await mount({ cart });
    await press(unnamed);
    expect(liveRegionText(unnamed, 'alert')).to.match(/^Some cart details need attention\./);
  });

  for (const [seconds, words] of [
    ['45', 'in 45 seconds'],
    ['600', 'in 10 minutes'],
  ] as const)
    it(`states the wait of ${seconds} seconds that the endpoint asks for`, async () => {
      expectConsole(/rate_limited/);
      endpoint.respondWith(() => new Response('{}', { status: 429, headers: { 'retry-after': seconds } }));
      const button = await mount();
      await press(button);
      expect(liveRegionText(button, 'alert')).to.equal(`Too many requests. Please try again ${words}.`);
    });

  it('is a success when the order is already paid: no red edge, a tick, and a quiet “Buy again”', async () => {
    expectConsole(/session_closed/);
    endpoint.respondWith(() => json({ code: 'session_closed' }, 409));
    const button = await mount();
    await press(button);
    const message = part(button, 'message');
    expect(message.querySelector('svg')!.getBoundingClientRect().width).to.be.greaterThan(10);
    const { borderInlineStartColor, color } = getComputedStyle(message);
    expect(borderInlineStartColor).to.equal(color);
    expect(label(button).textContent).to.equal('Buy again');
    expect(getComputedStyle(control(button)).backgroundColor).to.equal('rgba(0, 0, 0, 0)');
  });
});

describe('a price increase', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('is a neutral panel with both amounts and a line for each part, and the amount is in the button', async () => {
    endpoint.respondWith(() =>
      json(
        sessionAnswer({
          type: 'split',
          amounts: { subtotal: 10_493, total: 10_493, hsa_amount: 6495, regular_amount: 3998 },
        }),
      ),
    );
    const button = await mount();
    await press(button);
    expect(button.state).to.equal('confirm');
    expect(button.matches(':state(confirm)')).to.equal(true);
    const panel = part(button, 'price');
    expect(panel.closest('[role]')!.getAttribute('role')).to.equal('status');
    expect(panel.querySelector('span')!.textContent).to.contain('from $89.93 to $104.93');
    expect(linesOf(panel)).to.deep.equal([
      'May be paid with HSA/FSA $64.95',
      'You’ll use another card $39.98',
      'Total before shipping and tax $104.93',
    ]);
    expect(label(button).textContent).to.equal('Continue with $104.93');
    expect(liveRegionText(button, 'alert')).to.equal('');
    expect(part(button, 'badge')).to.equal(null);
    const { borderInlineStartColor, color } = getComputedStyle(panel);
    expect(borderInlineStartColor).to.equal(color);
  });
});

describe('the lines of a cart', () => {
  it('never hide a certain amount behind a conditional one, and add up to the total', async () => {
    const cart = splitCart();
    cart.line_items.push({ product_id: 'letter', price: 2000, quantity: 1, requires_lmn: true });
    const button = await mount({ cart });
    expect(linesOf(part(button, 'badge'))).to.deep.equal([
      'May be paid with HSA/FSA $49.95',
      'May be HSA/FSA eligible with a Letter of Medical Necessity $20.00',
      'You’ll use another card $39.98',
      'Total before shipping and tax $109.93',
    ]);
    cart.line_items.splice(1, 1);
    await button.refresh();
    await button.updateComplete;
    expect(linesOf(part(button, 'badge'))).to.deep.equal([
      'May be paid with HSA/FSA $49.95',
      'May be HSA/FSA eligible with a Letter of Medical Necessity $20.00',
      'Total before shipping and tax $69.95',
    ]);
  });

  it('have marks that differ at 16 pixels', async () => {
    const cart = splitCart();
    cart.line_items.push({ product_id: 'letter', price: 2000, quantity: 1, requires_lmn: true });
    const button = await mount({ cart });
    const shapes = [...part(button, 'badge').querySelectorAll('path')].map((path) => path.getAttribute('d'));
    expect(shapes).to.have.length(3);
    expect(new Set(shapes).size).to.equal(3);
  });

  it('are explained by “Learn more” on the button', async () => {
    const button = await mount({ learnMore: true });
    const more = part(button, 'learn-more');
    expect(more.textContent.trim()).to.equal('Learn more');
    more.click();
    const dialog = () =>
      button.shadowRoot!.querySelector('hsa-learn-more')?.shadowRoot?.querySelector('dialog');
    while (!dialog()?.open) await nextTask();
    expect(button.state).to.equal('idle');
  });
});

describe('the outcome of a payment page that the shopper has come back from', () => {
  const page = location.href;
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = new Endpoint();
    history.replaceState(null, '', '?hsa_checkout=v1.return');
  });
  afterEach(() => {
    endpoint.restore();
    history.replaceState(null, '', page);
  });

  for (const [reason, text] of [
    ['cancelled', 'Payment cancelled. Nothing was charged.'],
    ['failed', 'The payment didn’t go through. Nothing was charged.'],
    [undefined, 'This checkout expired. Nothing was charged.'],
  ] as const)
    it(`is announced politely for ${reason ?? 'an expired session'}, once in a tab`, async () => {
      endpoint.respondWith(() => json({ checkout_id: 'cs_1', status: 'expired', reason }));
      const button = await mount();
      await untilRendered(button, () => !!part(button, 'outcome'));
      expect(liveRegionText(button, 'status')).to.equal(text);
      expect(visibleText(button)).to.contain(text);
      expect(endpoint.sent.map(({ url }) => new URL(url, location.href).search)).to.deep.equal([
        '?token=v1.return',
      ]);
      const second = await mount();
      await second.refresh();
      await second.updateComplete;
      expect(part(second, 'outcome')).to.equal(null);
      expect(endpoint.sent).to.have.length(1);
    });

  it('is gone after the next press', async () => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({ checkout_id: 'cs_1', status: 'expired', reason: 'cancelled' }));
    const button = await mount();
    await untilRendered(button, () => !!part(button, 'outcome'));
    endpoint.respondWith(() => json({}, 500));
    await press(button);
    expect(part(button, 'outcome')).to.equal(null);
    expect(liveRegionText(button, 'status')).to.equal('');
  });

  it('is left to a status element on the page', async () => {
    endpoint.respondWith(() => json({ checkout_id: 'cs_1', status: 'expired', reason: 'cancelled' }));
    const status = document.createElement('hsa-checkout-status');
    status.endpoint = '/api/checkout';
    await fixture<HTMLElement>(html`<div>${status}</div>`);
    const button = await mount();
    await untilRendered(status, () => visibleText(status).includes('Nothing was charged'));
    await button.refresh();
    await button.updateComplete;
    expect(part(button, 'outcome')).to.equal(null);
  });
});
