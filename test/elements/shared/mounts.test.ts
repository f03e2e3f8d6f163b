import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import { Endpoint, json } from '../support/endpoint.js';
import { ResourceCounter } from '../support/resource-counter.js';
import {
  cartOf,
  control,
  mount,
  nextEvent,
  recordEvents,
  splitCart,
  preventNavigation,
  nextTask,
} from '../support/page.js';

describe('an element that is connected and disconnected', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('leaves no listener, timer or node behind after a thousand times', async () => {
    endpoint.respondWith(() => json({ products: [] }));
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const resources = new ResourceCounter();
    try {
      for (let i = 0; i < 1_000; i++) {
        const button = document.createElement('hsa-checkout-button');
        Object.assign(button, { endpoint: '/api/checkout', cart: i % 2 ? splitCart() : cartOf({}) });
        const badge = document.createElement('hsa-eligibility-badge');
        Object.assign(badge, { endpoint: '/api/checkout', productId: `p${i % 10}` });
        const status = document.createElement('hsa-checkout-status');
        Object.assign(status, { endpoint: '/api/checkout', checkoutId: 'cs_1', token: 'token' });
        place.append(button, badge, status);
        if (i % 3) await button.updateComplete;
        // A checkout in progress ends with its button.
        if (i % 10 === 0) void button.checkout();
        place.replaceChildren();
      }
      // The scheduler's remaining entries end when they find their element disconnected.
      for (let i = 0; resources.count && i < 100_000; i++) await nextTask();
      expect(place.childNodes).to.have.length(0);
      expect(resources.count).to.equal(0);
    } finally {
      resources.restore();
    }
  });

  it('adds a listener or timer at a press, so that the count can fail', async () => {
    const resources = new ResourceCounter();
    try {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const button = document.createElement('hsa-checkout-button');
      Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
      place.append(button);
      const release = endpoint.holdResponses();
      const idle = resources.count;
      void button.checkout();
      expect(resources.count).to.be.greaterThan(idle);
      release();
      place.replaceChildren();
    } finally {
      resources.restore();
    }
  });

  it('listens to the page only while it is connected', async () => {
    let reads = 0;
    const cart = () => (reads++, splitCart());
    const button = await mount({ cart });
    const restoreFromCache = () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    const before = reads;
    restoreFromCache();
    expect(reads).to.equal(before + 1);
    button.remove();
    restoreFromCache();
    expect(reads).to.equal(before + 1);
  });

  it('sends one request when it is mounted, removed and mounted again, as StrictMode does', async () => {
    endpoint.respondWith(({ url }) =>
      url.endsWith('/eligibility')
        ? json({ products: [{ product_id: 'twice-mounted', eligibility: 'eligible' }] })
        : json({}, 500),
    );
    const events = recordEvents('hsa-eligibility');
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const button = document.createElement('hsa-checkout-button');
    const cart = { line_items: [{ product_id: 'twice-mounted', quantity: 1 }] };
    Object.assign(button, { endpoint: '/api/checkout', cart });
    const eligibilityFired = nextEvent(button, 'hsa-eligibility');
    place.append(button);
    button.remove();
    place.append(button);
    await eligibilityFired;
    await nextTask();
    expect(endpoint.sent.map(({ url }) => new URL(url).pathname)).to.deep.equal([
      '/api/checkout/eligibility',
    ]);
    expect(events).to.have.length(1);
  });

  it('continues a checkout when it is removed and reinserted during it', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const button = document.createElement('hsa-checkout-button');
    Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
    place.append(button);
    await nextEvent(button, 'hsa-eligibility');
    await button.updateComplete;
    preventNavigation(button);
    const release = endpoint.holdResponses();
    const fired = nextEvent(button, 'hsa-checkout-session');
    control(button).click();
    button.remove();
    place.append(button);
    release();
    await fired;
    expect(endpoint.sent).to.have.length(1);
  });
});
