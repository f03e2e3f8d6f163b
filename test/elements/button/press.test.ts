import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/index.js';
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
  visibleText,
  splitCart,
  preventNavigation,
} from '../support/page.js';

describe('pressing the button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('requests one session, with the validated cart and an idempotency key', async () => {
    const button = await mount();
    preventNavigation(button);
    control(button).click();
    await nextEvent(button, 'hsa-checkout-session');
    expect(endpoint.sent).to.have.length(1);
    const [{ url, method, headers, body }] = endpoint.sent as [(typeof endpoint.sent)[0]];
    expect(url).to.equal(`${location.origin}/api/checkout`);
    expect(method).to.equal('POST');
    expect(body).to.deep.equal(splitCart());
    expect(headers.get('content-type')).to.equal('application/json');
    expect(headers.get('idempotency-key')).to.match(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it('sends the request within the press when the cart is available, before rendering', async () => {
    const button = await mount();
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    expect(endpoint.sent).to.have.length(1);
    expect(control(button).hasAttribute('aria-busy')).to.equal(false);
    await button.updateComplete;
    expect(control(button).getAttribute('aria-busy')).to.equal('true');
    await fired;
  });

  for (const type of ['pointerenter', 'focus'])
    it(`opens the storage on ${type}, without a write or a request`, async () => {
      const button = await mount();
      const read: string[] = [];
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (name) {
        read.push(name);
        return getItem.call(this, name);
      };
      try {
        sessionStorage.clear();
        control(button).dispatchEvent(new Event(type));
      } finally {
        Storage.prototype.getItem = getItem;
      }
      expect(read).to.deep.equal(['hsa-checkout:']);
      expect(sessionStorage).to.have.length(0);
      expect(endpoint.sent).to.have.length(0);
      expect(button.state).to.equal('idle');
    });

  it('opens one session for two quick clicks', async () => {
    const release = endpoint.holdResponses();
    const starts = recordEvents('hsa-checkout-start');
    const button = await mount();
    preventNavigation(button);
    control(button).click();
    control(button).click();
    const fired = nextEvent(button, 'hsa-checkout-session');
    release();
    await fired;
    expect(endpoint.sent).to.have.length(1);
    expect(starts).to.have.length(1);
  });

  it('opens one session for an Enter key that is held down', async () => {
    const release = endpoint.holdResponses();
    const button = await mount();
    preventNavigation(button);
    let clicks = 0;
    button.addEventListener('click', () => clicks++);
    button.focus();
    for (let i = 0; i < 4; i++) await sendKeys({ down: 'Enter' });
    await sendKeys({ up: 'Enter' });
    const fired = nextEvent(button, 'hsa-checkout-session');
    release();
    await fired;
    // WebKit's driver cannot send a key repeat.
    if (!/WebKit.*Version/.test(navigator.userAgent)) expect(clicks).to.be.greaterThan(1);
    expect(endpoint.sent).to.have.length(1);
  });

  for (const key of ['Enter', 'Space'])
    it(`starts with the ${key} key, and keeps the focus`, async () => {
      const button = await mount();
      preventNavigation(button);
      const fired = nextEvent(button, 'hsa-checkout-session');
      await sendKeys({ press: 'Tab' });
      if (document.activeElement !== button) button.focus();
      await sendKeys({ press: key });
      await fired;
      await button.updateComplete;
      expect(document.activeElement).to.equal(button);
      expect(button.shadowRoot!.activeElement).to.equal(control(button));
    });

  it('is busy from the press on: announces it once, stays in the tab order, ignores a second press', async () => {
    const release = endpoint.holdResponses();
    const states = recordEvents('hsa-checkout-state');
    const button = await mount();
    preventNavigation(button);
    control(button).click();
    expect(button.state).to.equal('creating');
    await button.updateComplete;
    expect(control(button).getAttribute('aria-busy')).to.equal('true');
    expect(control(button).getAttribute('aria-disabled')).to.equal('true');
    expect(control(button).disabled).to.equal(false);
    expect(visibleText(button)).to.contain('Opening checkout…');
    expect(liveRegionText(button, 'status')).to.equal('Opening checkout…');
    expect(button.matches(':state(creating)')).to.equal(true);
    release();
    await untilState(button, 'idle');
    expect(states.map(({ state }) => state)).to.deep.equal(['creating', 'idle']);
    expect(liveRegionText(button, 'status')).to.equal('');
  });

  it('fires a start event with ids, quantities and amounts only, and does nothing when it is cancelled', async () => {
    const button = await mount();
    const errors = recordEvents('hsa-checkout-error');
    button.addEventListener('hsa-checkout-start', (event) => event.preventDefault());
    const fired = nextEvent(button, 'hsa-checkout-start');
    await button.checkout();
    const { cart, bubbles, composed } = await fired;
    expect(cart).to.deep.equal({
      line_items: [
        { product_id: 'bp-monitor', quantity: 1, price: 4995 },
        { product_id: 'multivitamin', quantity: 2, price: 1999 },
      ],
    });
    expect([bubbles, composed]).to.deep.equal([true, true]);
    expect(endpoint.sent).to.have.length(0);
    expect(button.state).to.equal('idle');
    expect(errors).to.have.length(0);
  });

  it('fires the session event before it navigates, and stays when that is cancelled', async () => {
    endpoint.respondWith(() =>
      json(sessionAnswer({ type: 'split', expires_at: '2030-01-01T00:00:00Z', amounts: { subtotal: 8993 } })),
    );
    const button = await mount();
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    const { checkoutId, checkoutUrl, checkoutType, expiresAt, repriced, test } = await fired;
    expect({ checkoutId, checkoutUrl, checkoutType, expiresAt, repriced, test }).to.deep.equal({
      checkoutId: 'cs_1',
      checkoutUrl: `${location.origin}/test/elements/paid.html`,
      checkoutType: 'split',
      expiresAt: '2030-01-01T00:00:00Z',
      repriced: false,
      test: true,
    });
    expect(button.state).to.equal('idle');
  });

  it('sets repriced when the server’s total is higher than the page’s', async () => {
    endpoint.respondWith(() => json(sessionAnswer({ amounts: { subtotal: 9093 } })));
    const button = await mount();
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    expect((await fired).repriced).to.equal(true);
  });

  it('keeps the session’s token out of its events', async () => {
    const button = await mount();
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    expect(JSON.stringify(await fired)).not.to.contain('token');
  });

  it('continues when a listener throws', async () => {
    const button = await mount();
    preventNavigation(button);
    button.addEventListener('hsa-checkout-start', () => {
      throw new Error('a listener’s own mistake');
    });
    expectConsole(/own mistake/);
    const report = window.onerror;
    window.onerror = null;
    try {
      await button.checkout();
    } finally {
      window.onerror = report;
    }
    expect(endpoint.sent).to.have.length(1);
  });

  it('does nothing while it is disabled', async () => {
    const button = await mount({ disabled: true });
    control(button).click();
    await button.checkout();
    expect(control(button).disabled).to.equal(true);
    expect(endpoint.sent).to.have.length(0);
  });

  it('does nothing in a disabled fieldset, which can be disabled and enabled at any time', async () => {
    const button = await mount();
    preventNavigation(button);
    const fieldset = document.createElement('fieldset');
    button.replaceWith(fieldset);
    fieldset.append(button);
    for (const disabled of [true, false, true]) {
      fieldset.disabled = disabled;
      await button.updateComplete;
      expect(control(button).disabled).to.equal(disabled);
      const before = endpoint.sent.length;
      control(button).click();
      await button.checkout();
      expect(endpoint.sent.length - before).to.equal(disabled ? 0 : 1);
    }
    fieldset.replaceWith(button);
    await button.updateComplete;
    expect(control(button).disabled).to.equal(false);
  });

  it('cannot be focused or pressed while its page is inert', async () => {
    const button = await mount();
    preventNavigation(button);
    const place = button.parentElement!;
    place.inert = true;
    button.focus();
    expect(document.activeElement).not.to.equal(button);
    const { left, top, width, height } = control(button).getBoundingClientRect();
    const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    await sendMouse({ type: 'click', position });
    expect(endpoint.sent).to.have.length(0);
    place.inert = false;
    const fired = nextEvent(button, 'hsa-checkout-session');
    await sendMouse({ type: 'click', position });
    await fired;
    await sendMouse({ type: 'move', position: [0, 0] });
  });

  it('opens no new tab for a click with Control or with the middle button', async () => {
    const button = await mount();
    preventNavigation(button);
    const open = window.open;
    let opened = 0;
    window.open = () => {
      opened++;
      return null;
    };
    try {
      const { left, top, width, height } = control(button).getBoundingClientRect();
      const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
      await sendMouse({ type: 'click', position, button: 'middle' });
      // In WebKit this is an ordinary click, as on every button.
      const fired = nextEvent(button, 'hsa-checkout-session');
      control(button).dispatchEvent(
        new MouseEvent('click', { ctrlKey: true, bubbles: true, composed: true }),
      );
      await fired;
      expect(opened).to.equal(0);
    } finally {
      window.open = open;
      await sendMouse({ type: 'move', position: [0, 0] });
    }
  });

  it('does not submit the form around it', async () => {
    const button = await mount();
    preventNavigation(button);
    const form = document.createElement('form');
    let submits = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submits++;
    });
    button.parentElement!.append(form);
    form.append(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    await fired;
    expect(submits).to.equal(0);
  });
});

describe('the idempotency key of a cart', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());
  const keys = () => endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));

  it('is the same for a second press and a second button, and different for another cart', async () => {
    const first = await mount();
    preventNavigation(first);
    await first.checkout();
    await first.checkout();
    const second = await mount();
    preventNavigation(second);
    await second.checkout();
    second.cart = cartOf({});
    await second.checkout();
    const [a, b, c, d] = keys();
    expect([b, c]).to.deep.equal([a, a]);
    expect(d).not.to.equal(a);
  });

  it('is kept for a retry after a failure', async () => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({ code: 'hook_failed' }, 500));
    const button = await mount();
    preventNavigation(button);
    await button.checkout();
    endpoint.respondWith(() => json(sessionAnswer()));
    await button.checkout();
    const [a, b] = keys();
    expect(b).to.equal(a);
  });

  it('is renewed when the session turns out closed', async () => {
    expectConsole(/session_closed/);
    endpoint.respondWith(() => json({ code: 'session_closed' }, 409));
    const button = await mount();
    preventNavigation(button);
    await button.checkout();
    endpoint.respondWith(() => json(sessionAnswer()));
    await button.checkout();
    const [a, b] = keys();
    expect(b).not.to.equal(a);
  });
});

describe('a press that fails', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const cases: [
    title: string,
    answer: () => Response | Promise<Response>,
    code: string,
    words: string,
    retryable: boolean,
  ][] = [
    [
      'a 500',
      () => json({}, 500),
      'server_error',
      'Something went wrong on our side. Please try again.',
      true,
    ],
    [
      'a 401',
      () => json({}, 401),
      'unauthorized',
      'Something went wrong on our side. You can use another payment method.',
      false,
    ],
    [
      'a 404',
      () => json({}, 404),
      'not_found',
      'Something went wrong on our side. You can use another payment method.',
      false,
    ],
    [
      'a 413',
      () => json({}, 413),
      'rejected',
      'Your cart is too large for this payment method. Please remove some items. You can use another payment method.',
      false,
    ],
    [
      'a 422',
      () => json({ code: 'validation_error' }, 422),
      'rejected',
      'Some cart details need attention. Please review your cart. You can use another payment method.',
      false,
    ],
    [
      'missing details',
      () => json({ code: 'details_required' }, 422),
      'details_required',
      'Some cart details need attention. Please review your cart. You can use another payment method.',
      false,
    ],
    [
      'a 429',
      () => json({}, 429),
      'rate_limited',
      'Too many requests. Please try again in 30 seconds.',
      true,
    ],
    [
      'a paid session',
      () => json({ code: 'session_closed' }, 409),
      'session_closed',
      'This order is already paid.',
      false,
    ],
    [
      'a page instead of JSON',
      () => new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } }),
      'bad_response',
      'Something went wrong on our side. Please try again.',
      true,
    ],
    [
      'an ended session',
      () => json(sessionAnswer({ expires_in: 0 })),
      'session_expired',
      'That checkout link expired. Please try again.',
      true,
    ],
    [
      'no checkout_url',
      () => json({ ...sessionAnswer(), checkout_url: undefined }),
      'bad_response',
      'Something went wrong on our side. Please try again.',
      true,
    ],
    [
      'an http URL',
      () => json(sessionAnswer({ checkout_url: 'http://checkout.withgale.com/c' })),
      'unsafe_url',
      'Something went wrong on our side. You can use another payment method.',
      false,
    ],
    [
      'another host',
      () => json(sessionAnswer({ checkout_url: 'https://checkout.withgale.com.evil.example/c' })),
      'unsafe_url',
      'Something went wrong on our side. You can use another payment method.',
      false,
    ],
    [
      'a script',
      () => json(sessionAnswer({ checkout_url: 'javascript:alert(1)' })),
      'unsafe_url',
      'Something went wrong on our side. You can use another payment method.',
      false,
    ],
  ];
  for (const [title, answer, code, text, retryable] of cases)
    it(`is reported for ${title}: by code to the page, as a text to the shopper, once, with the focus kept`, async () => {
      expectConsole(new RegExp(code));
      endpoint.respondWith(answer);
      const errors = recordEvents('hsa-checkout-error');
      const button = await mount();
      button.focus();
      await button.checkout();
      await button.updateComplete;
      expect(errors.map((error) => [error.code, error.retryable])).to.deep.equal([[code, retryable]]);
      expect(button.state).to.equal('error');
      expect(liveRegionText(button, 'alert')).to.equal(text);
      expect(control(button).hasAttribute('aria-disabled')).to.equal(false);
      expect(button.shadowRoot!.activeElement).to.equal(control(button));
      expect(location.pathname).not.to.contain('paid');
    });

  it('reports the status, the request id and the fields of the response', async () => {
    expectConsole(/rejected/);
    const fields = [{ path: 'line_items[0].quantity', code: 'out_of_stock', message: 'Only one is left' }];
    endpoint.respondWith(() => {
      const response = json({ code: 'validation_error', errors: fields }, 422);
      response.headers.set('x-request-id', 'r-1');
      return response;
    });
    const button = await mount();
    const fired = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    const error = await fired;
    expect(error.status).to.equal(422);
    expect(error.requestId).to.equal('r-1');
    expect(error.fields).to.deep.equal(fields);
    expect(error.reason).to.equal('validation_error');
  });

  it('logs the attribute to add when the payment page is on another host', async () => {
    expectConsole(/checkout-hosts="[^"]*pay\.other\.example"/);
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: 'https://pay.other.example/c' })));
    const button = await mount();
    await button.checkout();
    button.checkoutHosts = 'pay.other.example';
    preventNavigation(button);
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    expect((await fired).checkoutUrl).to.equal('https://pay.other.example/c');
  });

  it('can be retried at once, which removes the message', async () => {
    expectConsole(/server_error/);
    endpoint.respondWith(() => json({}, 500));
    const button = await mount();
    preventNavigation(button);
    await button.checkout();
    endpoint.respondWith(() => json(sessionAnswer()));
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    await fired;
    await button.updateComplete;
    expect(liveRegionText(button, 'alert')).to.equal('');
  });

  it('is no failure when the element is removed: no event, no pending request', async () => {
    endpoint.holdResponses();
    const errors = recordEvents('hsa-checkout-error');
    const button = await mount();
    const pressed = button.checkout();
    button.remove();
    await pressed;
    expect(endpoint.sent[0]!.signal!.aborted).to.equal(true);
    expect(errors).to.have.length(0);
    expect(button.state).to.equal('idle');
  });

  it('is reset when the shopper returns from the payment page', async () => {
    endpoint.holdResponses();
    const button = await mount();
    void button.checkout();
    expect(button.state).to.equal('creating');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await button.updateComplete;
    expect(button.state).to.equal('idle');
    expect(control(button).hasAttribute('aria-busy')).to.equal(false);
  });
});
