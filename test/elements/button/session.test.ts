import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutCart } from '../../../src/index.js';
import { sendKeys } from '../../support/browser-commands.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  liveRegionText,
  cartOf,
  control,
  mount,
  nextEvent,
  untilState,
  recordEvents,
  untilMessage,
  visibleText,
  splitCart,
  preventNavigation,
  nextTask,
} from '../support/page.js';

/** A payment page that is a fragment of this page. */
const here = () => `${location.href.split('#')[0]}#payment`;

describe('one session, whatever happens', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => {
    endpoint.restore();
    history.replaceState(null, '', here().split('#')[0]);
  });
  const keys = () => endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));

  it('sends one request for a touch with its mouse events, and for an Enter key with its click', async () => {
    const release = endpoint.holdResponses();
    const button = await mount();
    preventNavigation(button);
    const inner = control(button);
    for (const type of ['pointerdown', 'touchstart', 'touchend', 'pointerup', 'mousedown', 'mouseup'])
      inner.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    inner.click();
    button.focus();
    await sendKeys({ press: 'Enter' });
    inner.click();
    release();
    await untilState(button, 'idle');
    expect(endpoint.sent).to.have.length(1);
  });

  it('ignores a press while the payment page is opening', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: here() })));
    const starts = recordEvents('hsa-checkout-start');
    const button = await mount();
    await button.checkout();
    expect(button.state).to.equal('redirecting');
    control(button).click();
    await button.checkout();
    expect(location.href).to.equal(here());
    expect(starts).to.have.length(1);
    expect(endpoint.sent).to.have.length(1);
  });

  it('reports that it is offline, sends nothing, and clears the message when it is online again', async () => {
    expectConsole(/offline/);
    const button = await mount();
    preventNavigation(button);
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    try {
      await button.checkout();
    } finally {
      delete (navigator as { onLine?: boolean }).onLine;
    }
    await button.updateComplete;
    expect(liveRegionText(button, 'alert')).to.equal(
      'You appear to be offline. Check your connection and try again.',
    );
    expect(endpoint.sent).to.have.length(0);
    dispatchEvent(new Event('online'));
    await untilState(button, 'idle');
    expect(liveRegionText(button, 'alert')).to.equal('');
    // No checkout starts without a press.
    expect(endpoint.sent).to.have.length(0);
  });

  it('offers to buy a paid order again, as a new session', async () => {
    expectConsole(/session_closed/);
    endpoint.respondWith(() => json({ code: 'session_closed' }, 409));
    const button = await mount();
    preventNavigation(button);
    await button.checkout();
    await button.updateComplete;
    expect(liveRegionText(button, 'alert')).to.equal('This order is already paid.');
    expect(visibleText(button)).to.match(/^Buy again/);
    endpoint.respondWith(() => json(sessionAnswer()));
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    await fired;
    const [first, second] = keys();
    expect(second).not.to.equal(first);
  });

  it('is marked as a test only when the endpoint sets test', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: here() })));
    const events: boolean[] = [];
    const button = await mount();
    button.addEventListener('hsa-checkout-session', ({ test }) => events.push(test));
    const before = visibleText(button);
    await button.checkout();
    await button.updateComplete;
    expect(visibleText(button)).to.match(/^Test checkout…/);
    expect(visibleText(button).split(' | ')[1]).to.equal(before.split(' | ')[1]);
    const live = await mount();
    preventNavigation(live);
    live.addEventListener('hsa-checkout-session', ({ test }) => events.push(test));
    endpoint.respondWith(() =>
      json(sessionAnswer({ test: false, checkout_url: 'https://checkout.withgale.com/c/1' })),
    );
    await live.checkout();
    expect(events).to.deep.equal([true, false]);
  });

  it('asks for confirmation of a higher total, and navigates at the next press', async () => {
    endpoint.respondWith(() =>
      json(sessionAnswer({ checkout_url: here(), amounts: { subtotal: 9093, total: 10003 } })),
    );
    const sessions = recordEvents('hsa-checkout-session');
    const button = await mount();
    button.focus();
    await button.checkout();
    await button.updateComplete;
    expect(sessions.map(({ repriced }) => repriced)).to.deep.equal([true]);
    expect(location.href).not.to.equal(here());
    expect(button.state).to.equal('confirm');
    expect(liveRegionText(button, 'status')).to.equal(
      'The price of your items changed from $89.93 to $90.93, before shipping and tax.',
    );
    expect(liveRegionText(button, 'alert')).to.equal('');
    expect(visibleText(button)).to.match(/^Continue with \$90\.93 \| The price/);
    expect(button.shadowRoot!.activeElement).to.equal(control(button));
    control(button).click();
    await untilState(button, 'redirecting');
    expect(location.href).to.equal(here());
    const [first, second] = keys();
    expect(second).to.equal(first);
  });

  for (const [title, cart, amounts] of [
    ['a lower total', splitCart(), { subtotal: 8000, total: 8000 }],
    ['shipping and tax that the page did not state', splitCart(), { subtotal: 8993, total: 9903 }],
    ['any price where the page stated none', cartOf({}), { subtotal: 1000, total: 99_999 }],
  ] as const)
    it(`asks for no confirmation for ${title}`, async () => {
      endpoint.respondWith(() => json(sessionAnswer({ checkout_url: here(), amounts })));
      const button = await mount({ cart, eligibility: 'eligible' });
      await button.checkout();
      expect(button.state).to.equal('redirecting');
    });

  it('asks for confirmation when the total is higher than the page’s lines, shipping and tax', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ amounts: { subtotal: 8993, total: 9904 } })));
    const button = await mount({ cart: { ...splitCart(), shipping: 500, tax: 410 } });
    await button.checkout();
    await button.updateComplete;
    expect(liveRegionText(button, 'status')).to.equal('The total changed from $99.03 to $99.04.');
  });

  it('is idle again after Back from the payment page, with the current cart', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: here() })));
    let cart = splitCart();
    const button = await mount({ cart: () => cart });
    await button.checkout();
    expect(button.state).to.equal('redirecting');
    cart = cartOf({ hsa_fsa_eligible: true });
    const fired = nextEvent(button, 'hsa-eligibility');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await fired;
    await button.updateComplete;
    expect(button.state).to.equal('idle');
    expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    expect(control(button).hasAttribute('aria-busy')).to.equal(false);
  });

  it('keeps the key when the element is replaced by a new one', async () => {
    const first = await mount();
    preventNavigation(first);
    await first.checkout();
    first.remove();
    const second = await mount();
    preventNavigation(second);
    await second.checkout();
    const [a, b] = keys();
    expect(b).to.equal(a);
  });

  it('gives up when the cart changes during the request, and never navigates with the old cart', async () => {
    expectConsole(/aborted/);
    const errors = recordEvents('hsa-checkout-error');
    const sessions = recordEvents('hsa-checkout-session');
    const release = endpoint.holdResponses();
    const button = await mount();
    const pressed = button.checkout();
    button.cart = cartOf({ hsa_fsa_eligible: true });
    await untilState(button, 'error');
    release();
    await pressed;
    expect(errors.map(({ code, reason, retryable }) => ({ code, reason, retryable }))).to.deep.equal([
      { code: 'aborted', reason: 'cart_changed', retryable: true },
    ]);
    await untilMessage(button, 'Your cart changed. Please try again.');
    expect(endpoint.sent[0]!.signal!.aborted).to.equal(true);
    expect(sessions).to.have.length(0);
    endpoint.respondWith(() => json(sessionAnswer()));
    preventNavigation(button);
    await button.checkout();
    const [first, second] = keys();
    expect(second).not.to.equal(first);
  });

  it('continues when the page sets the same cart again', async () => {
    const release = endpoint.holdResponses();
    const button = await mount();
    preventNavigation(button);
    const pressed = button.checkout();
    button.cart = splitCart();
    await button.refresh();
    expect(button.state).to.equal('creating');
    const fired = nextEvent(button, 'hsa-checkout-session');
    release();
    await fired;
    await pressed;
  });

  it('never navigates with the old cart while the new one is read several times', async () => {
    expectConsole(/aborted/);
    const sessions = recordEvents('hsa-checkout-session');
    const reads: ((cart: CheckoutCart) => void)[] = [];
    const release = endpoint.holdResponses();
    const button = await mount();
    const pressed = button.checkout();
    button.cart = () => new Promise((resolve) => reads.push(resolve));
    await button.updateComplete;
    release();
    // Reading the response takes some tasks; then the checkout waits for the cart.
    for (let i = 0; i < 20; i++) await nextTask();
    void button.refresh();
    reads[0]!(splitCart());
    await nextTask();
    reads[1]!(cartOf({ hsa_fsa_eligible: true }));
    await pressed;
    expect(sessions).to.have.length(0);
    await untilMessage(button, 'Your cart changed. Please try again.');
  });

  it('is unavailable when the cart is emptied during the request', async () => {
    expectConsole(/empty_cart/);
    const errors = recordEvents('hsa-checkout-error');
    const release = endpoint.holdResponses();
    const button = await mount();
    const pressed = button.checkout();
    button.cart = { line_items: [] };
    await untilState(button, 'unavailable');
    release();
    await pressed;
    expect(errors.map(({ code }) => code)).to.deep.equal(['empty_cart']);
    expect(button.state).to.equal('unavailable');
  });

  it('ends when the element is removed, and continues when it is only moved', async () => {
    const errors = recordEvents('hsa-checkout-error');
    const release = endpoint.holdResponses();
    const button = await mount();
    preventNavigation(button);
    const pressed = button.checkout();
    button.parentElement!.prepend(button);
    await Promise.resolve();
    expect(button.state).to.equal('creating');
    const fired = nextEvent(button, 'hsa-checkout-session');
    release();
    await fired;
    await pressed;

    const again = endpoint.holdResponses();
    const second = button.checkout();
    button.remove();
    await Promise.resolve();
    again(json(sessionAnswer({ checkout_url: here() })));
    await second;
    expect(endpoint.sent[1]!.signal!.aborted).to.equal(true);
    expect(location.href).not.to.equal(here());
    expect(errors).to.have.length(0);
  });

  it('sends nothing that outlives the page: no keepalive, no beacon', async () => {
    const options: RequestInit[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input, init = {}) => {
      options.push(init);
      return fetch(input, init);
    };
    let beacons = 0;
    const { sendBeacon } = navigator;
    navigator.sendBeacon = () => !!++beacons;
    try {
      const button = await mount();
      preventNavigation(button);
      await button.checkout();
      button.remove();
    } finally {
      globalThis.fetch = fetch;
      navigator.sendBeacon = sendBeacon;
    }
    expect(options.map(({ keepalive, method, cache }) => ({ keepalive, method, cache }))).to.deep.equal([
      { keepalive: undefined, method: 'POST', cache: 'no-store' },
    ]);
    expect(beacons).to.equal(0);
  });

  it('does not accept a page from a service worker’s cache as a response', async () => {
    expectConsole(/bad_response/);
    endpoint.respondWith(
      () => new Response('<!doctype html><h1>Offline</h1>', { headers: { 'content-type': 'text/html' } }),
    );
    const button = await mount();
    const fired = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    expect((await fired).code).to.equal('bad_response');
    await button.updateComplete;
    expect(button.shadowRoot!.querySelector('h1')).to.equal(null);
  });

  it('opens no connection before it is needed', async () => {
    const button = await mount();
    const before = document.head.innerHTML;
    control(button).dispatchEvent(new PointerEvent('pointerenter'));
    control(button).dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    await button.updateComplete;
    expect(document.head.innerHTML).to.equal(before);
    expect(endpoint.sent).to.have.length(0);
  });
});
