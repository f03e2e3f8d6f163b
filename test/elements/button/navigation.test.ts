import { expect, fixture, html } from '@open-wc/testing';
import type { CheckoutButton } from '../../../src/index.js';
import { Clock } from '../support/clock.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { control, nextEvent, untilState, untilMessage, visibleText, nextTask } from '../support/page.js';

type Page = Window & typeof globalThis;

const SHOP = '/test/elements/pages/shop.html';
const PAY = `${location.origin}/test/elements/pages/pay.html?cs_1#start`;

/** A shop's page in a frame, so that it can navigate without ending the test. */
interface Shop {
  page: Page;
  endpoint: Endpoint;
  button: CheckoutButton;
  /** The page's console messages. */
  complaints: string[];
}

/** Replaces `fetch` of a page that has just loaded. */
function shopOf(page: Page): Shop {
  const endpoint = new Endpoint(page);
  endpoint.respondWith(() => json(sessionAnswer({ checkout_url: PAY })));
  const messages: string[] = [];
  page.console.error = (text: string) => messages.push(text);
  return {
    page,
    endpoint,
    complaints: messages,
    button: page.document.querySelector('hsa-checkout-button')!,
  };
}

/**
 * Waits for the next page of a frame and the end of its load event: a navigation during that event replaces the history entry.
 */
const loaded = (frame: HTMLIFrameElement): Promise<void> =>
  new Promise<unknown>((resolve) => frame.addEventListener('load', resolve, { once: true })).then(nextTask);

describe('opening the payment page', () => {
  let frame: HTMLIFrameElement;
  let shop: Shop;

  const openShop = async (sandbox?: string): Promise<void> => {
    frame = document.createElement('iframe');
    if (sandbox) frame.setAttribute('sandbox', sandbox);
    frame.src = SHOP;
    const isThere = loaded(frame);
    await fixture<HTMLElement>(html`<div>${frame}</div>`);
    await isThere;
    shop = shopOf(frame.contentWindow as Page);
  };
  /**
   * A payment page that is a fragment of the shop's page: the browser navigates synchronously, so that a missing navigation is
   * visible at once.
   */
  const nearby = () => json(sessionAnswer({ checkout_url: `${shop.page.location.href}#pay` }));
  const path = () => frame.contentWindow!.location.href.replace(location.origin, '');

  beforeEach(() => sessionStorage.clear());

  it('opens only the validated URL of the session', async () => {
    await openShop();
    const { button, endpoint } = shop;
    const left = loaded(frame);
    control(button).click();
    await left;
    expect(frame.contentWindow!.location.href).to.equal(PAY);
    expect(endpoint.sent).to.have.length(1);
  });

  it('is redirecting and busy until the page is unloaded', async () => {
    await openShop();
    const { button } = shop;
    const left = loaded(frame);
    void button.checkout();
    await untilState(button, 'redirecting');
    expect(control(button).getAttribute('aria-busy')).to.equal('true');
    expect(visibleText(button)).to.contain('Test checkout…');
    await left;
  });

  it('adds an entry to the history, so that Back returns to the shop', async () => {
    await openShop();
    const left = loaded(frame);
    control(shop.button).click();
    await left;
    const back = loaded(frame);
    frame.contentWindow!.history.back();
    await back;
    expect(path()).to.equal(SHOP);
    const button = frame.contentDocument!.querySelector('hsa-checkout-button')!;
    expect(button.state).to.equal('idle');
  });

  it('gets the same session after Back and after a reload', async () => {
    await openShop();
    const keys: (string | null)[] = [];
    for (const step of ['press', 'back', 'reload'] as const) {
      if (step === 'reload') {
        const again = loaded(frame);
        frame.contentWindow!.location.reload();
        await again;
      }
      shop = shopOf(frame.contentWindow as Page);
      const left = loaded(frame);
      control(shop.button).click();
      await left;
      keys.push(shop.endpoint.sent[0]!.headers.get('idempotency-key'));
      const back = loaded(frame);
      frame.contentWindow!.history.back();
      await back;
    }
    expect(keys[0]).to.be.a('string');
    expect(keys).to.deep.equal([keys[0], keys[0], keys[0]]);
  });

  it('navigates at once to a fragment of the same page', async () => {
    await openShop();
    const { button, endpoint } = shop;
    endpoint.respondWith(nearby);
    await button.checkout();
    expect(path()).to.equal(`${SHOP}#pay`);
  });

  it('does not navigate when a listener cancels hsa-checkout-session', async () => {
    await openShop();
    const { button, endpoint } = shop;
    endpoint.respondWith(nearby);
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    button.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
    await button.checkout();
    expect(states).to.deep.equal(['creating', 'idle']);
    expect(path()).to.equal(SHOP);
  });

  it('does not navigate to a host that is not listed', async () => {
    await openShop();
    const { button, endpoint, complaints } = shop;
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: 'https://elsewhere.example/pay' })));
    await button.checkout();
    expect(button.state).to.equal('error');
    expect(complaints).to.have.length(1);
    expect(path()).to.equal(SHOP);
  });

  it('stays on the page when the button was removed during the request', async () => {
    await openShop();
    const { button, endpoint } = shop;
    const release = endpoint.holdResponses();
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    const pressed = button.checkout();
    button.remove();
    release(nearby());
    await pressed;
    expect(states).not.to.contain('redirecting');
    expect(path()).to.equal(SHOP);
  });

  it('stays on the page when a listener of hsa-checkout-session removes the button', async () => {
    await openShop();
    const { button, endpoint } = shop;
    endpoint.respondWith(nearby);
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    button.addEventListener('hsa-checkout-session', () => button.remove());
    await button.checkout();
    expect(states).not.to.contain('redirecting');
    expect(path()).to.equal(SHOP);
  });

  it('navigates when the button was only moved during the request', async () => {
    await openShop();
    const { page, button, endpoint } = shop;
    const release = endpoint.holdResponses();
    const left = loaded(frame);
    void button.checkout();
    page.document.body.append(page.document.createElement('main'));
    page.document.querySelector('main')!.append(button);
    release(json(sessionAnswer({ checkout_url: PAY })));
    await left;
    expect(frame.contentWindow!.location.href).to.equal(PAY);
  });

  it('navigates the window around the frame with target="top"', async () => {
    await openShop();
    const { button, endpoint } = shop;
    const before = location.href;
    // The window is the page of this test, so only its fragment may change.
    const checkoutUrl = `${before}#pay`;
    endpoint.respondWith(() => json(sessionAnswer({ checkout_url: checkoutUrl })));
    button.target = 'top';
    const gone = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    try {
      await button.checkout();
      await gone;
      expect(location.href).to.equal(checkoutUrl);
      expect(path()).to.equal(SHOP);
    } finally {
      history.replaceState(null, '', before);
    }
  });

  describe('a payment page that does not open', () => {
    /** Presses the button, then stops the navigation as the browser's Stop button does. */
    const pressAndStop = async (): Promise<Clock> => {
      await openShop();
      const { page, button } = shop;
      // Stop also ends the loading of a lazy file, so this one loads before.
      await button.loadMessages();
      const clock = new Clock(page);
      let isFirst = true;
      button.addEventListener('hsa-checkout-state', ({ state }) => {
        if (state !== 'redirecting' || !isFirst) return;
        isFirst = false;
        queueMicrotask(() => page.stop());
      });
      void button.checkout();
      await untilState(button, 'redirecting');
      await clock.untilTimer(10_000);
      return clock;
    };

    it('is reported after 10 seconds, with a link to the same URL', async () => {
      const clock = await pressAndStop();
      const { button, complaints } = shop;
      clock.advance(9_999);
      await button.updateComplete;
      expect(button.state).to.equal('redirecting');
      expect(!!button.shadowRoot!.querySelector('a')).to.equal(false);
      const fired = nextEvent(button, 'hsa-checkout-error');
      clock.advance(1);
      const { code, retryable } = await fired;
      await button.updateComplete;
      expect([code, retryable]).to.deep.equal(['navigation_blocked', true]);
      expect(button.state).to.equal('error');
      await untilMessage(button, 'The payment page didn’t open by itself.');
      expect(visibleText(button)).to.contain('open by itself. | Continue to checkout');
      expect(button.shadowRoot!.querySelector('a')!.href).to.equal(PAY);
      expect(control(button).hasAttribute('aria-busy')).to.equal(false);
      expect(complaints).to.have.length(1);
      expect(path()).to.equal(SHOP);
    });

    it('opens with a press on that link', async () => {
      const clock = await pressAndStop();
      clock.advance(10_000);
      await shop.button.updateComplete;
      const left = loaded(frame);
      shop.button.shadowRoot!.querySelector('a')!.click();
      await left;
      expect(frame.contentWindow!.location.href).to.equal(PAY);
    });

    it('removes the link at the next press, which requests the same session and navigates', async () => {
      const clock = await pressAndStop();
      clock.advance(10_000);
      const { button, endpoint } = shop;
      await button.updateComplete;
      const release = endpoint.holdResponses();
      control(button).click();
      await button.updateComplete;
      expect(!!button.shadowRoot!.querySelector('a')).to.equal(false);
      const [first, second] = endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));
      expect(second).to.equal(first);
      const left = loaded(frame);
      release(json(sessionAnswer({ checkout_url: PAY })));
      await left;
      expect(frame.contentWindow!.location.href).to.equal(PAY);
    });

    it('is not reported after a return from the payment page', async () => {
      const clock = await pressAndStop();
      const { page, button } = shop;
      page.dispatchEvent(new page.PageTransitionEvent('pageshow', { persisted: true }));
      expect(button.state).to.equal('idle');
      expect(clock.running).to.deep.equal([]);
    });

    it('because the frame may not navigate its window, is reported at once, with a link that does', async () => {
      await openShop('allow-scripts allow-same-origin');
      const { button, complaints } = shop;
      button.target = 'top';
      const fired = nextEvent(button, 'hsa-checkout-error');
      await button.checkout();
      expect((await fired).code).to.equal('navigation_blocked');
      await button.updateComplete;
      const link = button.shadowRoot!.querySelector('a')!;
      expect([link.href, link.target]).to.deep.equal([PAY, '_top']);
      expect(complaints).to.have.length(1);
      expect(path()).to.equal(SHOP);
    });
  });
});
