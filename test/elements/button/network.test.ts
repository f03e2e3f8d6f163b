import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  liveRegionText,
  control,
  mount,
  nextEvent,
  untilState,
  visibleText,
  preventNavigation,
} from '../support/page.js';

/** Opens a page in a frame, and waits until it has loaded. */
async function frameOf(path: string): Promise<Window & typeof globalThis> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="page" src=${path}></iframe>`);
  if (
    frame.contentDocument?.readyState !== 'complete' ||
    frame.contentWindow?.location.href === 'about:blank'
  )
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return frame.contentWindow as Window & typeof globalThis;
}

describe('the network between the page and the endpoint', () => {
  it('announces after five seconds that it is still working, once and politely, with one request', async () => {
    const endpoint = new Endpoint();
    const clock = new Clock();
    try {
      const button = await mount();
      preventNavigation(button);
      const release = endpoint.holdResponses();
      const pressed = button.checkout();
      await clock.untilTimer(5_000);
      const status = button.shadowRoot!.querySelector('[role="status"]')!;
      await button.updateComplete;
      expect(liveRegionText(button, 'status')).to.equal('Opening checkout…');
      let changes = 0;
      const observer = new MutationObserver((records) => (changes += records.length));
      observer.observe(status, { childList: true, characterData: true, subtree: true });
      clock.advance(20_000);
      await button.updateComplete;
      await Promise.resolve();
      expect(liveRegionText(button, 'status')).to.equal('Still working…');
      expect(visibleText(button)).to.match(/^Still working…/);
      expect(changes).to.equal(1);
      expect(control(button).getAttribute('aria-busy')).to.equal('true');
      expect(control(button).disabled).to.equal(false);
      expect(endpoint.sent).to.have.length(1);
      release();
      await pressed;
      await untilState(button, 'idle');
    } finally {
      clock.restore();
      endpoint.restore();
    }
  });

  it('logs CORS among the possible causes when the browser reports only a failure', async () => {
    expectConsole(/CORS \(http.* is not in origins/);
    // The file of the messages loads first, because the fake clock below does not wait for it.
    await import('../../../src/elements/message/message.js');
    const endpoint = new Endpoint();
    const clock = new Clock();
    try {
      endpoint.respondWith(() => Promise.reject(new TypeError('Failed to fetch')));
      const button = await mount({ endpoint: 'https://elsewhere.example/api' });
      const fired = nextEvent(button, 'hsa-checkout-error');
      const pressed = button.checkout();
      const runTimers = setInterval(() => clock.advance(2_000));
      expect((await fired).code).to.equal('network');
      clearInterval(runTimers);
      await pressed;
      await button.updateComplete;
      expect(liveRegionText(button, 'alert')).to.equal('We couldn’t reach checkout. Please try again.');
      expect(endpoint.sent).to.have.length(3);
    } finally {
      clock.restore();
      endpoint.restore();
    }
  });

  it('reports that the page’s own policy blocked the request, and does not retry', async () => {
    const page = await frameOf('/test/elements/pages/no-connect.html');
    page.console.error = () => undefined;
    const button = page.document.querySelector('hsa-checkout-button')!;
    let requests = 0;
    const { fetch } = page;
    page.fetch = (...rest) => {
      requests++;
      return fetch(...rest);
    };
    const fired = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    const { code, reason } = await fired;
    expect([code, reason]).to.deep.equal(['network', 'csp']);
    expect(requests).to.equal(1);
  });

  it('keeps the page’s own checkout link when a blocker stops the script', async () => {
    const page = await frameOf('/test/elements/pages/blocked.html');
    expect(page.customElements.get('hsa-checkout-button')).to.equal(undefined);
    const link = page.document.querySelector('a')!;
    expect(link.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('waits for the Retry-After of a 429, up to five seconds, and retries once with the same key', async () => {
    const endpoint = new Endpoint();
    const clock = new Clock();
    try {
      const button = await mount();
      preventNavigation(button);
      let answers = 0;
      endpoint.respondWith(() => {
        if (answers++) return json(sessionAnswer());
        const response = json({ code: 'rate_limited' }, 429);
        response.headers.set('retry-after', '2');
        return response;
      });
      const fired = nextEvent(button, 'hsa-checkout-session');
      const pressed = button.checkout();
      await clock.untilTimer(2_000);
      expect(endpoint.sent).to.have.length(1);
      clock.advance(1_999);
      expect(endpoint.sent).to.have.length(1);
      clock.advance(1);
      await fired;
      await pressed;
      const [first, second] = endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));
      expect(second).to.equal(first);
    } finally {
      clock.restore();
      endpoint.restore();
    }
  });
});
