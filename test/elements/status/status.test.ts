import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import type { CheckoutStatus } from '../../../src/status.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { openFrame } from '../support/frame.js';
import { mount as mountButton, untilState, recordEvents, untilMessage, nextTask } from '../support/page.js';

const CONFIRMING = 'Confirming your payment…';
const UNCONFIRMED = 'Not confirmed yet. Check your email before you pay again.';
const RETRYING = 'Still confirming your payment. Retrying…';
const PAID = 'Payment received.';
const MISSING = 'We couldn’t find this checkout.';

const { hidden, readyState } = Object.getOwnPropertyDescriptors(Document.prototype);
const restoreDocument = () => Object.defineProperties(Document.prototype, { hidden, readyState });

describe('<hsa-checkout-status>', () => {
  const pageUrl = location.href;
  let endpoint: Endpoint;
  let clock: Clock;
  beforeEach(() => {
    endpoint = new Endpoint();
    clock = new Clock();
  });
  afterEach(() => {
    clock.restore();
    endpoint.restore();
    history.replaceState(null, '', pageUrl);
    restoreDocument();
    Reflect.deleteProperty(navigator, 'onLine');
  });

  const create = (properties: Partial<CheckoutStatus> = {}): CheckoutStatus =>
    Object.assign(document.createElement('hsa-checkout-status'), {
      endpoint: '/api/checkout',
      ...properties,
    });
  const mount = async (element: CheckoutStatus): Promise<CheckoutStatus> => {
    await fixture<HTMLElement>(html`<div>${element}</div>`);
    return element;
  };
  const mountWithSession = (properties: Partial<CheckoutStatus> = {}) =>
    mount(create({ checkoutId: 'cs_1', token: 'token', ...properties }));

  /** Sets the endpoint's status for every session. */
  const respondWithStatus = (status: unknown, fields: object = {}) =>
    endpoint.respondWith(({ url }) =>
      json({ checkout_id: new URL(url).searchParams.get('id') ?? 'cs_1', status, ...fields }),
    );
  const requests = () =>
    endpoint.sent.map(({ method, url }) => `${method} ${url.replace(location.origin, '')}`);
  const retryLink = (element: CheckoutStatus) => element.shadowRoot!.querySelector('a');

  /**
   * Presses a real button whose payment page is a fragment of this page, so that the press is not cancelled and the page is not
   * unloaded.
   */
  const pressButton = async () => {
    endpoint.respondWith(() =>
      json(sessionAnswer({ checkout_url: `${location.href}#pay`, checkout_id: 'cs_7' })),
    );
    const button = await mountButton();
    void button.checkout();
    await untilState(button, 'redirecting');
    button.remove();
    endpoint.sent.length = 0;
  };

  const setHidden = (isHidden: boolean) => {
    Object.defineProperty(Document.prototype, 'hidden', { get: () => isHidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const setOnline = (isOnline: boolean) =>
    Object.defineProperty(navigator, 'onLine', { get: () => isOnline, configurable: true });

  describe('finds the session', () => {
    it('by its attributes', async () => {
      respondWithStatus('paid');
      const place = await fixture<HTMLElement>(
        html`<div>
          <hsa-checkout-status
            endpoint="/api/checkout"
            checkout-id="cs_1"
            token="token-1"
          ></hsa-checkout-status>
        </div>`,
      );
      await untilMessage(place.firstElementChild as CheckoutStatus, PAID);
      expect(requests()).to.deep.equal(['GET /api/checkout/status?id=cs_1&token=token-1']);
    });

    it('by the return token in the URL', async () => {
      respondWithStatus('paid');
      history.replaceState(null, '', '?hsa_checkout=back.again');
      await untilMessage(await mount(create()), PAID);
      expect(requests()).to.deep.equal(['GET /api/checkout/status?token=back.again']);
    });

    it('by the session that the button stored in this tab', async () => {
      await pressButton();
      respondWithStatus('paid');
      await untilMessage(await mount(create()), PAID);
      expect(requests()).to.deep.equal(['GET /api/checkout/status?id=cs_7&token=token']);
    });

    it('by its attributes before the URL, and by the URL before the stored session', async () => {
      await pressButton();
      respondWithStatus('paid');
      history.replaceState(null, '', '?hsa_checkout=back');
      await untilMessage(await mount(create()), PAID);
      await untilMessage(await mountWithSession(), PAID);
      expect(requests()).to.deep.equal([
        'GET /api/checkout/status?token=back',
        'GET /api/checkout/status?id=cs_1&token=token',
      ]);
    });

    it('not by the stored session, when the page names another one', async () => {
      await pressButton();
      expectConsole(/invalid_config/);
      respondWithStatus('paid');
      await untilMessage(await mount(create({ checkoutId: 'cs_8' })), MISSING);
      expect(requests()).to.deep.equal([]);
    });

    it('again when its attributes change, and does not show the old outcome for the new one', async () => {
      respondWithStatus('paid');
      const element = await mountWithSession();
      await untilMessage(element, PAID);
      const release = endpoint.holdResponses();
      element.token = 'token-2';
      element.checkoutId = 'cs_2';
      await untilMessage(element, CONFIRMING);
      release(json({ checkout_id: 'cs_2', status: 'expired' }));
      await untilMessage(element, /expired/);
      expect(requests()[1]).to.equal('GET /api/checkout/status?id=cs_2&token=token-2');
    });
  });

  describe('a return token in the URL that the handler does not know', () => {
    it('falls back to the session stored in this tab', async () => {
      await pressButton();
      history.replaceState(null, '', '?hsa_checkout=cut.off');
      endpoint.respondWith(({ url }) =>
        url.includes('cut.off')
          ? json({ code: 'not_found' }, 404)
          : json({ checkout_id: 'cs_7', status: 'paid' }),
      );
      const errors = recordEvents('hsa-checkout-error');
      await untilMessage(await mount(create()), PAID);
      expect(requests()).to.deep.equal([
        'GET /api/checkout/status?token=cut.off',
        'GET /api/checkout/status?id=cs_7&token=token',
      ]);
      expect(errors).to.have.length(0);
    });

    it('has no fallback when the page names the session itself', async () => {
      expectConsole(/not_found/);
      await pressButton();
      endpoint.respondWith(() => json({ code: 'not_found' }, 404));
      await untilMessage(await mountWithSession(), MISSING);
      expect(requests()).to.have.length(1);
    });

    it('has no fallback while the handler does not answer', async () => {
      expectConsole(/server_error/);
      await pressButton();
      history.replaceState(null, '', '?hsa_checkout=back');
      endpoint.respondWith(() => json({}, 500));
      await untilMessage(await mount(create()), RETRYING);
      expect(requests()).to.have.length(1);
    });
  });

  describe('shows that it cannot find the checkout, without a request,', () => {
    const cases: [title: string, properties: Partial<CheckoutStatus>, search?: string][] = [
      ['without an id and a token anywhere', {}],
      ['without an endpoint', { endpoint: undefined, checkoutId: 'cs_1', token: 'token' }],
      ['with an endpoint that is no URL of a handler', { endpoint: 'javascript:0', token: 'token' }],
      ['with a token that no handler makes', { token: '"><script>' }],
      ['with such a token in the URL', {}, '?hsa_checkout=a%20b'],
      ['with a token that is too long', { token: 'x'.repeat(513) }],
    ];
    for (const [title, properties, search] of cases)
      it(title, async () => {
        expectConsole(/invalid_config/);
        if (search) history.replaceState(null, '', search);
        const errors = recordEvents('hsa-checkout-error');
        const element = await mount(create({ retryHref: '/cart', ...properties }));
        await untilMessage(element, MISSING);
        expect(errors.map(({ code, retryable }) => [code, retryable])).to.deep.equal([
          ['invalid_config', false],
        ]);
        expect(retryLink(element)!.getAttribute('href')).to.equal('/cart');
        expect(requests()).to.deep.equal([]);
        expect(clock.running).to.deep.equal([]);
      });

    it('when it has no attribute at all', async () => {
      expectConsole(/invalid_config/);
      await untilMessage(await mount(document.createElement('hsa-checkout-status')), MISSING);
    });
  });

  describe('a paid session', () => {
    it('fires one event for each id, also with a second element and a second mount', async () => {
      respondWithStatus('paid');
      const events = recordEvents('hsa-checkout-paid');
      const element = await mountWithSession();
      await untilMessage(element, PAID);
      const place = element.parentElement!;
      element.remove();
      place.append(element);
      await untilMessage(await mountWithSession(), PAID);
      await untilMessage(await mountWithSession({ checkoutId: 'cs_2' }), PAID);
      expect(events.map(({ checkoutId }) => checkoutId)).to.deep.equal(['cs_1', 'cs_2']);
      expect([events[0]!.bubbles, events[0]!.composed, events[0]!.cancelable]).to.deep.equal([
        true,
        true,
        false,
      ]);
      expect(!!retryLink(element)).to.equal(false);
    });

    it('fires its event after the page’s own scripts have run, however late', async () => {
      const { contentDocument } = await openFrame({
        srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8"><title>none</title>
          <script>fetch = async () => Response.json({ checkout_id: 'cs_3', status: 'paid' });</script>
          <script type="module" src="/src/status.ts"></script>
          <script type="module" src="/shop/slow.js"></script>
          <hsa-checkout-status endpoint="/api/checkout" checkout-id="cs_3" token="token"></hsa-checkout-status>`,
      });
      await untilMessage(contentDocument!.querySelector('hsa-checkout-status')!, PAID);
      while (contentDocument!.title === 'none') await nextTask();
      expect(contentDocument!.title).to.equal('cs_3');
    });

    it('fires its event after ten seconds on a page that does not finish loading', async () => {
      Object.defineProperty(Document.prototype, 'readyState', {
        get: () => 'interactive',
        configurable: true,
      });
      respondWithStatus('paid');
      const events = recordEvents('hsa-checkout-paid');
      await untilMessage(await mountWithSession({ checkoutId: 'cs_6' }), PAID);
      await clock.untilTimer(10_000);
      expect(events).to.have.length(0);
      clock.advance(10_000);
      await nextTask();
      expect(events.map(({ checkoutId }) => checkoutId)).to.deep.equal(['cs_6']);
    });

    it('fires its event on the element that is connected then, when a framework has replaced the first', async () => {
      const { contentDocument } = await openFrame({
        srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8"><title>none</title>
          <script>fetch = async () => Response.json({ checkout_id: 'cs_4', status: 'paid' });</script>
          <script type="module" src="/src/status.ts"></script>
          <script type="module">
            const old = document.querySelector('hsa-checkout-status');
            const replace = () => old.shadowRoot.textContent.includes('received')
              ? old.replaceWith(old.cloneNode())
              : setTimeout(replace);
            replace();
          </script>
          <script type="module" src="/shop/slow.js"></script>
          <hsa-checkout-status endpoint="/api/checkout" checkout-id="cs_4" token="token"></hsa-checkout-status>`,
      });
      while (contentDocument!.title === 'none') await nextTask();
      expect(contentDocument!.title).to.equal('cs_4');
    });

    it('fires its event on an element that was moved meanwhile', async () => {
      const { contentDocument } = await openFrame({
        srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8"><title>none</title>
          <script>fetch = async () => Response.json({ checkout_id: 'cs_5', status: 'paid' });</script>
          <script type="module" src="/src/status.ts"></script>
          <script type="module">
            const element = document.querySelector('hsa-checkout-status');
            const move = () => element.shadowRoot.textContent.includes('received')
              ? document.body.prepend(element)
              : setTimeout(move);
            move();
          </script>
          <script type="module" src="/shop/slow.js"></script><p></p>
          <hsa-checkout-status endpoint="/api/checkout" checkout-id="cs_5" token="token"></hsa-checkout-status>`,
      });
      while (contentDocument!.title === 'none') await nextTask();
      expect(contentDocument!.title).to.equal('cs_5');
    });

    it('is not requested again', async () => {
      respondWithStatus('paid');
      await untilMessage(await mountWithSession(), PAID);
      await nextTask();
      expect(clock.running).to.deep.equal([]);
      expect(requests()).to.have.length(1);
    });

    it('stays paid when the element moves while the endpoint is down', async () => {
      respondWithStatus('paid');
      const element = await mountWithSession();
      await untilMessage(element, PAID);
      endpoint.respondWith(() => json({}, 500));
      const place = element.parentElement!;
      element.remove();
      place.append(element);
      await nextTask();
      await element.updateComplete;
      await untilMessage(element, PAID);
    });

    it('is not assumed from the URL', async () => {
      respondWithStatus('open');
      history.replaceState(null, '', '?hsa_checkout=back&status=paid&paid=1&payment_status=paid#paid');
      const events = recordEvents('hsa-checkout-paid');
      const element = await mount(create());
      await clock.untilTimer(2_000);
      await untilMessage(element, CONFIRMING);
      expect(events).to.have.length(0);
    });

    it('is not assumed from the URL while the endpoint is down', async () => {
      expectConsole(/offline/);
      setOnline(false);
      history.replaceState(null, '', '?hsa_checkout=back&status=paid');
      const events = recordEvents('hsa-checkout-paid');
      await untilMessage(await mount(create()), RETRYING);
      expect(events).to.have.length(0);
    });

    for (const word of ['PAID', 'complete', 'Completed'])
      it(`is recognised for the status ${word}`, async () => {
        respondWithStatus(word);
        const events = recordEvents('hsa-checkout-paid');
        await untilMessage(await mountWithSession(), PAID);
        expect(events).to.have.length(1);
      });

    for (const word of [
      'UNPAID',
      'paid_pending',
      'not paid',
      '',
      'constructor',
      null,
      undefined,
      true,
      ['paid'],
      {},
    ])
      it(`is not assumed for the status ${JSON.stringify(word) ?? 'nothing at all'}`, async () => {
        respondWithStatus(word);
        const events = recordEvents('hsa-checkout-paid');
        const element = await mountWithSession();
        await clock.untilTimer(2_000);
        await untilMessage(element, CONFIRMING);
        expect(events).to.have.length(0);
      });
  });

  describe('an open session', () => {
    it('is polled after 2, 3, 5, 8 and 13 seconds, and shown as unconfirmed after 60', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      for (const [i, wait] of [2, 3, 5, 8, 13, 13, 13, 3].entries()) {
        await clock.untilTimer(wait * 1000);
        expect(requests()).to.have.length(i + 1);
        await untilMessage(element, CONFIRMING);
        clock.advance(wait * 1000);
      }
      await untilMessage(element, UNCONFIRMED);
      expect(requests()).to.have.length(9);
    });

    it('is polled for no longer than two minutes', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      for (const wait of [2, 3, 5, 8, 13, 13, 13, 3, 13, 13, 13]) {
        await clock.untilTimer(wait * 1000);
        clock.advance(wait * 1000);
      }
      await nextTask();
      expect(clock.running).to.deep.equal([]);
      expect(requests()).to.have.length(11);
      await untilMessage(element, UNCONFIRMED);
    });

    it('becomes paid as soon as the server confirms it, also after a minute', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      for (const wait of [2, 3, 5, 8, 13, 13, 13, 3]) {
        await clock.untilTimer(wait * 1000);
        clock.advance(wait * 1000);
      }
      await untilMessage(element, UNCONFIRMED);
      respondWithStatus('paid');
      await clock.untilTimer(13_000);
      clock.advance(13_000);
      await untilMessage(element, PAID);
    });

    it('is not polled while the page is hidden, and is polled at once when it is visible again', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      await clock.untilTimer(2_000);
      setHidden(true);
      clock.advance(3_600_000);
      await nextTask();
      expect(requests()).to.have.length(1);
      respondWithStatus('paid');
      setHidden(false);
      await untilMessage(element, PAID);
      expect(requests()).to.have.length(2);
    });

    it('is not polled after the element was removed', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      await clock.untilTimer(2_000);
      element.remove();
      expect(clock.running).to.deep.equal([]);
      clock.advance(60_000);
      await nextTask();
      expect(requests()).to.have.length(1);
    });

    it('is not polled when the element was removed while the page was hidden', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      await clock.untilTimer(2_000);
      setHidden(true);
      clock.advance(2_000);
      await nextTask();
      element.remove();
      setHidden(false);
      await nextTask();
      expect(requests()).to.have.length(1);
    });

    it('is not polled for an element that was removed at once', async () => {
      respondWithStatus('open');
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const element = create({ checkoutId: 'cs_1', token: 'token' });
      place.append(element);
      element.remove();
      await element.updateComplete;
      await nextTask();
      expect(requests()).to.deep.equal([]);
      place.append(element);
      await clock.untilTimer(2_000);
      expect(requests()).to.have.length(1);
    });

    it('aborts its request, and fires nothing, when the element is removed during it', async () => {
      endpoint.holdResponses();
      const errors = recordEvents('hsa-checkout-error');
      const element = await mountWithSession();
      while (!endpoint.sent.length) await nextTask();
      element.remove();
      expect(endpoint.sent[0]!.signal!.aborted).to.equal(true);
      await nextTask();
      expect(errors).to.have.length(0);
      expect(clock.running).to.deep.equal([]);
    });

    it('is polled again when the element is reconnected', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      const place = element.parentElement!;
      await clock.untilTimer(2_000);
      element.remove();
      respondWithStatus('paid');
      place.append(element);
      await untilMessage(element, PAID);
      expect(requests()).to.have.length(2);
    });

    it('is not polled again when theme or texts change', async () => {
      respondWithStatus('open');
      const element = await mountWithSession();
      await clock.untilTimer(2_000);
      element.theme = 'dark';
      element.strings = { confirming: 'One moment…' };
      await untilMessage(element, 'One moment…');
      expect(requests()).to.have.length(1);
      expect(clock.running).to.deep.equal([2_000]);
    });
  });

  describe('a session that has ended', () => {
    const cases: [answer: object, words: string, canRetry: boolean][] = [
      [{ status: 'expired' }, 'This checkout expired. Nothing was charged by this checkout.', true],
      [{ status: 'expired', reason: 'failed' }, 'The payment didn’t go through. Nothing was charged.', true],
      [{ status: 'expired', reason: 'cancelled' }, 'This checkout was cancelled. Nothing was charged.', true],
      [{ status: 'canceled' }, 'This checkout was cancelled. Nothing was charged.', true],
      [{ status: 'FAILED' }, 'The payment didn’t go through. Nothing was charged.', true],
      [{ status: 'expired', reason: 'refunded' }, 'This payment was refunded.', false],
      [
        { status: 'expired', reason: 'aliens' },
        'This checkout expired. Nothing was charged by this checkout.',
        true,
      ],
    ];
    for (const [answer, text, canRetry] of cases)
      it(`is shown ${canRetry ? 'with' : 'without'} a link to start again: ${JSON.stringify(answer)}`, async () => {
        endpoint.respondWith(() => json({ checkout_id: 'cs_1', ...answer }));
        const errors = recordEvents('hsa-checkout-error');
        const paid = recordEvents('hsa-checkout-paid');
        const element = await mountWithSession({ retryHref: '/cart' });
        await untilMessage(element, text);
        expect(retryLink(element)?.textContent).to.equal(canRetry ? 'Start again' : undefined);
        await nextTask();
        expect(clock.running).to.deep.equal([]);
        expect([requests().length, errors.length, paid.length]).to.deep.equal([1, 0, 0]);
      });

    for (const reason of [undefined, 'failed', 'cancelled'])
      it(`gives the cart of its tab a new key, and so a new session${reason ? `: ${reason}` : ''}`, async () => {
        const keys = () => endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));
        endpoint.respondWith(() =>
          json(sessionAnswer({ checkout_url: `${location.href}#pay`, checkout_id: 'cs_7' })),
        );
        const button = await mountButton();
        void button.checkout();
        await untilState(button, 'redirecting');
        button.remove();
        const [first] = keys();
        respondWithStatus('expired', { checkout_id: 'cs_7', reason });
        await untilMessage(await mount(create()), /expired|through|cancelled/);
        endpoint.sent.length = 0;
        endpoint.respondWith(() => json(sessionAnswer({ checkout_id: 'cs_8' })));
        const again = await mountButton();
        again.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
        await again.checkout();
        expect(keys()).to.have.length(1);
        expect(keys()[0]).to.match(/^[\da-f-]{36}$/);
        expect(keys()[0]).not.to.equal(first);
      });

    it('keeps the key of another session', async () => {
      await pressButton();
      const kept = JSON.stringify({ ...sessionStorage });
      respondWithStatus('expired', { checkout_id: 'cs_other' });
      await untilMessage(await mountWithSession({ checkoutId: 'cs_other' }), /expired/);
      expect(JSON.stringify({ ...sessionStorage })).to.equal(kept);
    });

    it('has no link without retry-href', async () => {
      respondWithStatus('expired');
      const element = await mountWithSession();
      await untilMessage(element, /expired/);
      expect(!!retryLink(element)).to.equal(false);
    });

    it('is not shown as paid when the response has a reason', async () => {
      respondWithStatus('expired', { reason: 'paid' });
      await untilMessage(await mountWithSession(), /expired/);
    });
  });

  describe('an endpoint that does not answer', () => {
    for (const status of [404, 401, 403])
      it(`with a ${status}: shows that the checkout cannot be found, and fires one event`, async () => {
        expectConsole(status === 404 ? /not_found/ : /unauthorized/);
        endpoint.respondWith(() => json({ code: 'not_found' }, status));
        const errors = recordEvents('hsa-checkout-error');
        const element = await mountWithSession();
        await untilMessage(element, MISSING);
        await nextTask();
        expect(errors.map((error) => error.status)).to.deep.equal([status]);
        expect(clock.running).to.deep.equal([]);
      });

    const failures: [title: string, code: string, start: () => void][] = [
      ['with anything but a 500', 'server_error', () => endpoint.respondWith(() => json({}, 500))],
      ['with JSON', 'bad_response', () => endpoint.respondWith(() => new Response('<h1>Hello</h1>'))],
      [
        'with anything but the shop’s own 404, where nobody has mounted the status',
        'server_error: .*404.* mount the handler',
        () => endpoint.respondWith(() => new Response('<h1>Not found</h1>', { status: 404 })),
      ],
      [
        'with anything but a framework’s 404',
        'server_error: .*404.* mount the handler',
        () => endpoint.respondWith(() => json({ statusCode: 404, error: 'Not Found' }, 404)),
      ],
      ['because the browser is offline', 'offline', () => setOnline(false)],
    ];
    for (const [title, code, start] of failures)
      it(`${title}: is polled again, fires one event, and recovers with the next response`, async () => {
        expectConsole(new RegExp(code));
        respondWithStatus('open');
        const errors = recordEvents('hsa-checkout-error');
        const element = await mountWithSession();
        await clock.untilTimer(2_000);
        start();
        for (const wait of [2_000, 3_000, 5_000]) {
          await clock.untilTimer(wait);
          clock.advance(wait);
          await untilMessage(element, RETRYING);
        }
        await clock.untilTimer(8_000);
        expect(errors.map((error) => [error.code, error.retryable])).to.deep.equal([
          [code.split(':')[0], true],
        ]);
        setOnline(true);
        respondWithStatus('paid');
        clock.advance(8_000);
        await untilMessage(element, PAID);
        expect(errors).to.have.length(1);
      });

    it('for the whole time: never shows paid, and ends with advice for the shopper', async () => {
      expectConsole(/server_error/);
      endpoint.respondWith(() => json({}, 500));
      const element = await mountWithSession();
      for (const wait of [2, 3, 5, 8, 13, 13, 13, 3, 13, 13, 13]) {
        await clock.untilTimer(wait * 1000);
        clock.advance(wait * 1000);
      }
      await untilMessage(element, UNCONFIRMED);
      expect(clock.running).to.deep.equal([]);
    });
  });

  it('puts its texts into a live region that is rendered before them and kept', async () => {
    const release = endpoint.holdResponses();
    const element = await mountWithSession();
    const region = element.shadowRoot!.querySelector('[role="status"]');
    await untilMessage(element, CONFIRMING);
    release(json({ checkout_id: 'cs_1', status: 'paid' }));
    await untilMessage(element, PAID);
    expect(element.shadowRoot!.querySelector('[role="status"]')).to.equal(region);
  });

  it('has its live region before it shows that it cannot find the checkout', async () => {
    expectConsole(/invalid_config/);
    const element = create();
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(element);
    await element.updateComplete;
    const region = element.shadowRoot!.querySelector('[role="status"]')!;
    expect(region.textContent.trim()).to.equal(CONFIRMING);
    await untilMessage(element, MISSING);
    expect(element.shadowRoot!.querySelector('[role="status"]')).to.equal(region);
  });

  it('shows texts with markup as text', async () => {
    respondWithStatus('paid');
    const text = '<img src=x onerror="alert(1)">Paid';
    const element = await mountWithSession({ strings: { paid: text } });
    await untilMessage(element, text);
    expect(!!element.shadowRoot!.querySelector('img')).to.equal(false);
  });
});
