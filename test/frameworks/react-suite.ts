import { expect, fixture, html } from '@open-wc/testing';
import { act, createElement as h, createRef, StrictMode, Suspense, type ReactNode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import {
  CheckoutButton,
  CheckoutStatus,
  EligibilityBadge,
  type CheckoutButtonElement,
  type CheckoutErrorEvent,
  type CheckoutSessionEvent,
} from '../../src/frameworks/react.js';
import { Endpoint, json, sessionAnswer } from '../elements/support/endpoint.js';
import { ResourceCounter } from '../elements/support/resource-counter.js';
import {
  untilRendered,
  control,
  nextEvent,
  untilState,
  recordEvents,
  visibleText,
  splitCart,
  nextTask,
} from '../elements/support/page.js';
import { expectConsole } from '../support/browser-setup.js';

const SPLIT =
  'May be paid with HSA/FSA $49.95 You’ll use another card $39.98 Total before shipping and tax $89.93';
const paths = ({ sent }: Endpoint) => sent.map(({ url }) => new URL(url).pathname);

/** The behaviour of the components, in all supported versions of React. */
export function expectReactComponents(version: string): void {
  describe(`the components for React ${version}`, () => {
    let endpoint: Endpoint;
    let place: HTMLElement;
    let root: Root | undefined;
    beforeEach(async () => {
      Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
      endpoint = new Endpoint();
      place = await fixture<HTMLElement>(html`<div></div>`);
    });
    afterEach(async () => {
      await act(async () => root?.unmount());
      root = undefined;
      endpoint.restore();
    });

    const render = (content: ReactNode) =>
      act(async () => {
        root ??= createRoot(place);
        root.render(content);
      });
    const button = () => place.querySelector('hsa-checkout-button')!;
    const stay = (event: CheckoutSessionEvent) => event.preventDefault();
    const props = () => ({ endpoint: '/api/checkout', cart: splitCart(), onCheckoutSession: stay });

    it('set their props', async () => {
      await render([
        h(CheckoutButton, {
          key: 1,
          ...props(),
          locale: 'en-US',
          whenRegular: 'hide',
          checkoutHosts: 'pay.example',
          disabled: true,
          className: 'wide',
          'aria-label': 'pay',
        }),
        h(EligibilityBadge, { key: 2, type: 'lmn', learnMore: true }),
      ]);
      await untilRendered(button(), () => visibleText(button()) === `Pay with HSA/FSA | ${SPLIT}`);
      expect(button().whenRegular).to.equal('hide');
      expect(button().checkoutHosts).to.equal('pay.example');
      expect(button().className).to.equal('wide');
      expect(button().getAttribute('aria-label')).to.equal('pay');
      expect(control(button()).disabled).to.equal(true);
      const badge = place.querySelector('hsa-eligibility-badge')!;
      await untilRendered(badge, () => /Medical Necessity.*Learn more/s.test(badge.shadowRoot!.textContent));
    });

    it('remove a prop that is no longer set, and treat false as not set', async () => {
      await render(h(CheckoutButton, { ...props(), disabled: true, theme: 'dark' }));
      await render(h(CheckoutButton, { ...props(), disabled: false }));
      await untilRendered(button(), () => !control(button()).disabled);
      expect(button().hasAttribute('disabled')).to.equal(false);
      await button().updateComplete;
      expect(button().hasAttribute('theme')).to.equal(false);
    });

    it('call each handler with its event', async () => {
      const events: unknown[] = [];
      await render(
        h(CheckoutButton, {
          ...props(),
          onCheckoutStart: ({ cart }) => events.push(cart.line_items.length),
          onCheckoutSession: (event) => {
            event.preventDefault();
            events.push(event.checkoutId);
          },
          onCheckoutState: ({ state }) => events.push(state),
          onEligibility: ({ eligibility }) => events.push(eligibility),
        }),
      );
      await untilRendered(button(), () => visibleText(button()).includes(SPLIT));
      await button().checkout();
      expect(events).to.deep.equal(['split', 'creating', 2, 'cs_1', 'idle']);
    });

    it('report an error', async () => {
      expectConsole(/invalid_config/);
      const events: CheckoutErrorEvent[] = [];
      // @ts-expect-error The types require an endpoint; JavaScript can omit it.
      await render(h(CheckoutButton, { cart: splitCart(), onCheckoutError: (event) => events.push(event) }));
      await untilState(button(), 'unavailable');
      expect(events.map(({ code }) => code)).to.deep.equal(['invalid_config']);
    });

    it('call the handler of the latest render, and none that was removed', async () => {
      const events: string[] = [];
      const say = (word: string) => () => events.push(word);
      await render(h(CheckoutButton, { ...props(), onCheckoutStart: say('first') }));
      await render(h(CheckoutButton, { ...props(), onCheckoutStart: say('second') }));
      await button().checkout();
      await render(h(CheckoutButton, props()));
      await button().checkout();
      expect(events).to.deep.equal(['second']);
      expect(endpoint.sent).to.have.length(2);
    });

    it('call a cart function that closes over state with the state at the press', async () => {
      const withQuantity = (quantity: number) => () => ({
        line_items: [{ product_id: 'bp-monitor', price: 4995, quantity, hsa_fsa_eligible: true }],
      });
      await render(h(CheckoutButton, { ...props(), cart: withQuantity(1) }));
      await render(h(CheckoutButton, { ...props(), cart: withQuantity(3) }));
      await button().checkout();
      expect(endpoint.sent[0]!.body.line_items[0]!.quantity).to.equal(3);
    });

    it('set the cart before the element’s first render', async () => {
      const drawn: unknown[] = [];
      const ref = (element: CheckoutButtonElement | null) =>
        void element?.updateComplete.then(() => drawn.push(element.cart));
      const cart = splitCart();
      await render(h(CheckoutButton, { ...props(), cart, ref }));
      expect(drawn).to.deep.equal([cart]);
    });

    it('remove a cart that is no longer set, and keep one that was set through the ref', async () => {
      await render(h(CheckoutButton, props()));
      expect(button().cart).to.be.an('object');
      const { cart, ...withoutCart } = props();
      await render(h(CheckoutButton, withoutCart));
      expect(button().cart).to.equal(undefined);
      button().cart = cart;
      await render(h(CheckoutButton, { ...withoutCart, theme: 'dark' }));
      expect(button().cart).to.equal(cart);
    });

    it('call a handler once under StrictMode, and while Suspense hides the button', async () => {
      const events: string[] = [];
      const never = new Promise<void>(() => {});
      const Wait = ({ isWaiting }: { isWaiting: boolean }) => {
        // React suspends on a promise that a component throws.
        if (isWaiting) throw never;
        return null;
      };
      const content = (isWaiting: boolean) =>
        h(
          StrictMode,
          null,
          h(
            Suspense,
            { fallback: 'Wait' },
            h(CheckoutButton, { ...props(), onCheckoutStart: () => events.push('start') }),
            h(Wait, { isWaiting }),
          ),
        );
      await render(content(false));
      await button().checkout();
      expect(events).to.have.length(1);
      await render(content(true));
      expect(place.textContent).to.contain('Wait');
      await button().checkout();
      expect(events).to.have.length(2);
      await render(content(false));
      await button().checkout();
      expect(events).to.have.length(3);
    });

    it('call a ref function once, and again only for another function', async () => {
      const events: string[] = [];
      const refOf = (name: string) => (element: CheckoutButtonElement | null) => {
        events.push(`${name} ${element ? element.localName : 'null'}`);
      };
      const [first, second] = [refOf('first'), refOf('second')];
      await render(h(CheckoutButton, { ...props(), ref: first }));
      await render(h(CheckoutButton, { ...props(), theme: 'dark', ref: first }));
      expect(events).to.deep.equal(['first hsa-checkout-button']);
      await render(h(CheckoutButton, { ...props(), ref: second }));
      await render(null);
      expect(events.slice(1)).to.deep.equal(['first null', 'second hsa-checkout-button', 'second null']);
    });

    if (version !== '18')
      it('call the cleanup of a ref function when the element is removed', async () => {
        const events: string[] = [];
        const ref = () => () => void events.push('gone');
        await render(h(CheckoutButton, { ...props(), ref }));
        expect(events).to.deep.equal([]);
        await render(null);
        expect(events).to.deep.equal(['gone']);
      });

    it('set a ref to the element, and clear it', async () => {
      const ref = createRef<CheckoutButtonElement>();
      await render(h(CheckoutButton, { ...props(), ref }));
      expect(ref.current).to.equal(button());
      await ref.current!.checkout();
      expect(endpoint.sent).to.have.length(1);
      await render(null);
      expect(ref.current).to.equal(null);
    });

    it('send one request when StrictMode mounts them twice', async () => {
      endpoint.respondWith(({ url }) =>
        url.endsWith('/eligibility')
          ? json({ products: [{ product_id: `strict-${version}`, eligibility: 'eligible' }] })
          : json(sessionAnswer()),
      );
      const events = recordEvents('hsa-eligibility');
      const cart = { line_items: [{ product_id: `strict-${version}`, quantity: 1 }] };
      await render(h(StrictMode, null, h(CheckoutButton, { ...props(), cart })));
      await untilRendered(button(), () => /eligible/.test(visibleText(button())));
      control(button()).click();
      control(button()).click();
      await nextEvent(button(), 'hsa-checkout-session');
      expect(paths(endpoint)).to.deep.equal(['/api/checkout/eligibility', '/api/checkout']);
      expect(events).to.have.length(1);
    });

    it('abort the request of an element whose key has changed, and start again', async () => {
      const release = endpoint.holdResponses();
      const failed = recordEvents('hsa-checkout-error');
      await render(h(CheckoutButton, { ...props(), key: 'a' }));
      const old = button();
      control(old).click();
      await nextTask();
      expect(endpoint.sent).to.have.length(1);
      await render(h(CheckoutButton, { ...props(), key: 'b' }));
      await nextTask();
      expect(old.isConnected).to.equal(false);
      expect(endpoint.sent[0]!.signal!.aborted).to.equal(true);
      expect(button().state).to.equal('idle');
      release();
      await nextTask();
      expect(endpoint.sent).to.have.length(1);
      endpoint.respondWith(() => json(sessionAnswer()));
      await button().checkout();
      expect(endpoint.sent).to.have.length(2);
      expect(failed).to.have.length(0);
    });

    it('continue a checkout while the element is moved', async () => {
      const release = endpoint.holdResponses();
      await render([h('div', { key: 1 }, h(CheckoutButton, props())), h('section', { key: 2 })]);
      const fired = nextEvent(button(), 'hsa-checkout-session');
      control(button()).click();
      const home = button().parentElement!;
      place.querySelector('section')!.append(button());
      await nextTask();
      release();
      await fired;
      expect(endpoint.sent).to.have.length(1);
      // React removes its node from the parent into which it was inserted.
      home.append(button());
    });

    it('leave no listener and no timer behind', async () => {
      endpoint.respondWith(() => json({ status: 'open', checkout_id: 'cs_1' }));
      const resources = new ResourceCounter();
      try {
        for (let i = 0; i < 20; i++) {
          await render(
            h(StrictMode, null, [
              h(CheckoutButton, { key: `b${i}`, ...props(), onCheckoutStart: () => {} }),
              h(EligibilityBadge, { key: `e${i}`, type: 'eligible', onEligibility: () => {} }),
              h(CheckoutStatus, { key: `s${i}`, endpoint: '/api/checkout', checkoutId: 'cs_1', token: 't' }),
            ]),
          );
          if (i % 2) void button().checkout();
        }
        expect(resources.count).to.be.greaterThan(0);
        await render(null);
        for (let i = 0; i < 10; i++) await nextTask();
        expect(place.childNodes).to.have.length(0);
        expect(resources.count).to.equal(0);
      } finally {
        resources.restore();
      }
    });

    it('hydrate server-rendered markup: the fallback stays, without a warning', async () => {
      const events: string[] = [];
      const content = h(
        StrictMode,
        null,
        h(
          CheckoutButton,
          { ...props(), whenRegular: 'hide', theme: 'dark', onCheckoutStart: () => events.push('start') },
          h('a', { href: '/checkout' }, 'Continue to checkout'),
        ),
      );
      place.innerHTML = renderToString(content);
      const fallback = place.querySelector('a')!;
      const server = button();
      expect(server.getAttribute('endpoint')).to.equal('/api/checkout');
      expect(server.getAttribute('when-regular')).to.equal('hide');
      // The element is upgraded before React hydrates.
      await server.updateComplete;
      await act(async () => {
        root = hydrateRoot(place, content);
      });
      await untilRendered(server, () => visibleText(server).includes(SPLIT));
      expect(button()).to.equal(server);
      expect(place.querySelector('a')).to.equal(fallback);
      await server.checkout();
      expect(events).to.deep.equal(['start']);
      expect(endpoint.sent).to.have.length(1);
    });

    it('enable an element that a server has rendered as disabled, and disable it again', async () => {
      const content = (isAgreed: boolean) => h(CheckoutButton, { ...props(), disabled: !isAgreed });
      place.innerHTML = renderToString(content(false));
      await button().updateComplete;
      await act(async () => {
        root = hydrateRoot(place, content(false));
      });
      for (const isAgreed of [true, false, true]) {
        await render(content(isAgreed));
        await button().updateComplete;
        expect(control(button()).disabled).to.equal(!isAgreed);
        await button().checkout();
        expect(endpoint.sent.length > 0).to.equal(isAgreed);
        endpoint.sent.length = 0;
      }
    });

    if (version !== '18')
      it('enable a plain tag that a server has rendered as disabled', async () => {
        const content = (isAgreed: boolean) =>
          h('hsa-checkout-button', { endpoint: '/api/checkout', disabled: !isAgreed });
        place.innerHTML = renderToString(content(false));
        button().cart = splitCart();
        button().addEventListener('hsa-checkout-session', stay);
        await button().updateComplete;
        await act(async () => {
          root = hydrateRoot(place, content(false));
        });
        await render(content(true));
        await button().checkout();
        expect(endpoint.sent).to.have.length(1);
      });

    it('show the status of a session on the return page', async () => {
      endpoint.respondWith(() => json({ status: 'paid', checkout_id: `cs_${version}` }));
      const events: string[] = [];
      await render(
        h(CheckoutStatus, {
          endpoint: '/api/checkout',
          checkoutId: `cs_${version}`,
          token: 'token',
          retryHref: '/cart',
          onCheckoutPaid: ({ checkoutId }) => events.push(checkoutId),
        }),
      );
      const status = place.querySelector('hsa-checkout-status')!;
      await untilRendered(status, () => /^Payment received/.test(status.shadowRoot!.textContent.trim()));
      expect(events).to.deep.equal([`cs_${version}`]);
    });
  });
}
