import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import '../../src/status.js';
import { Endpoint, json } from './endpoint.js';
import { cartOf, control, next, record, splitCart, stay, turn } from './page.js';

/** Counts what a page has taken and not given back: listeners on things that outlive an element, and timers. */
class Ledger {
  readonly #undo: (() => void)[] = [];
  readonly #listeners = new Set<string>();
  readonly #timers = new Set<unknown>();

  constructor() {
    for (const target of [window, document] as EventTarget[]) this.#countListeners(target);
    this.#countTimers('setTimeout', 'clearTimeout');
    this.#countTimers('setInterval', 'clearInterval');
  }

  get open(): number {
    return this.#listeners.size + this.#timers.size;
  }

  restore(): void {
    for (const undo of this.#undo) undo();
  }

  #countListeners(target: EventTarget): void {
    const { addEventListener, removeEventListener } = target;
    const ids = new WeakMap<object, number>();
    let last = 0;
    const nameOf = (type: string, listener: object) => {
      if (!ids.has(listener)) ids.set(listener, ++last);
      return `${target === window ? 'window' : 'document'} ${type} ${ids.get(listener)}`;
    };
    target.addEventListener = (
      type: string,
      listener: EventListener | null,
      options?: AddEventListenerOptions,
    ) => {
      const name = nameOf(type, listener!);
      this.#listeners.add(name);
      options?.signal?.addEventListener('abort', () => this.#listeners.delete(name));
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListener | null) => {
      this.#listeners.delete(nameOf(type, listener!));
      removeEventListener.call(target, type, listener);
    };
    this.#undo.push(() => Object.assign(target, { addEventListener, removeEventListener }));
  }

  #countTimers(set: 'setTimeout' | 'setInterval', clear: 'clearTimeout' | 'clearInterval'): void {
    const own = { [set]: window[set], [clear]: window[clear] };
    const start = window[set] as (handler: () => void, ms?: number) => number;
    const stop = window[clear];
    Object.assign(window, {
      [set]: (handler: () => void, ms?: number) => {
        const id = start(() => {
          if (set === 'setTimeout') this.#timers.delete(id);
          handler();
        }, ms);
        this.#timers.add(id);
        return id;
      },
      [clear]: (id: number) => {
        this.#timers.delete(id);
        stop(id);
      },
    });
    this.#undo.push(() => Object.assign(window, own));
  }
}

describe('an element that comes and goes', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('fault 117: leaves no listener, no timer and no node behind, a thousand times over', async () => {
    endpoint.answers(() => json({ products: [] }));
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const ledger = new Ledger();
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
        // A press that is still under way goes with its button.
        if (i % 10 === 0) void button.checkout();
        place.replaceChildren();
      }
      // What is left waits for its turn, and finds that nobody needs it any more.
      for (let i = 0; ledger.open && i < 100_000; i++) await turn();
      expect(place.childNodes).to.have.length(0);
      expect(ledger.open).to.equal(0);
    } finally {
      ledger.restore();
    }
  });

  it('is counted while it is there: the counting can fail', async () => {
    const ledger = new Ledger();
    try {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const button = document.createElement('hsa-checkout-button');
      Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
      place.append(button);
      expect(ledger.open).to.be.greaterThan(0);
      const release = endpoint.holds();
      const idle = ledger.open;
      void button.checkout();
      expect(ledger.open).to.be.greaterThan(idle);
      release();
      place.replaceChildren();
    } finally {
      ledger.restore();
    }
  });

  it('fault 116: mounted, taken out and mounted again in one go, as StrictMode does, asks once for what it is asked for once', async () => {
    endpoint.answers(({ url }) =>
      url.endsWith('/eligibility')
        ? json({ products: [{ product_id: 'twice-mounted', eligibility: 'eligible' }] })
        : json({}, 500),
    );
    const told = record('hsa-eligibility');
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const button = document.createElement('hsa-checkout-button');
    const cart = { line_items: [{ product_id: 'twice-mounted', quantity: 1 }] };
    Object.assign(button, { endpoint: '/api/checkout', cart });
    const known = next(button, 'hsa-eligibility');
    place.append(button);
    button.remove();
    place.append(button);
    await known;
    await turn();
    expect(endpoint.sent.map(({ url }) => new URL(url).pathname)).to.deep.equal([
      '/api/checkout/eligibility',
    ]);
    expect(told).to.have.length(1);
  });

  it('fault 116: taken out and put in again under a press goes on with that press', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const button = document.createElement('hsa-checkout-button');
    Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
    place.append(button);
    await next(button, 'hsa-eligibility');
    await button.updateComplete;
    stay(button);
    const release = endpoint.holds();
    const told = next(button, 'hsa-checkout-session');
    control(button).click();
    await next(button, 'hsa-checkout-start');
    button.remove();
    place.append(button);
    release();
    await told;
    expect(endpoint.sent).to.have.length(1);
  });
});
