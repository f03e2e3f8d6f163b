import { expect, fixture, html } from '@open-wc/testing';
import { createApp, createSSRApp, h, nextTick, reactive, ref, shallowRef, type App, type VNode } from 'vue';
import { renderToString } from 'vue/server-renderer';
import {
  CheckoutButton,
  CheckoutStatus,
  EligibilityBadge,
  type CheckoutErrorEvent,
  type CheckoutSessionEvent,
} from '../../src/frameworks/vue.js';
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

/** The behaviour of the components, in all supported versions of Vue. */
export function expectVueComponents(version: string): void {
  describe(`the components for Vue ${version}`, () => {
    let endpoint: Endpoint;
    let place: HTMLElement;
    let app: App | undefined;
    beforeEach(async () => {
      endpoint = new Endpoint();
      place = await fixture<HTMLElement>(html`<div></div>`);
    });
    afterEach(() => {
      app?.unmount();
      app = undefined;
      endpoint.restore();
    });

    const mountApp = (content: () => VNode | VNode[]) => {
      app = createApp({ render: content });
      // Vue's warnings go to the console, where they fail the test.
      app.mount(place);
    };
    const button = () => place.querySelector('hsa-checkout-button')!;
    const onCheckoutSession = (event: CheckoutSessionEvent) => event.preventDefault();
    const props = () => ({ endpoint: '/api/checkout', cart: splitCart(), onCheckoutSession });

    it('set their props', async () => {
      mountApp(() => [
        h(CheckoutButton, {
          ...props(),
          locale: 'en-US',
          whenRegular: 'hide',
          checkoutHosts: 'pay.example',
          disabled: true,
          class: 'wide',
          'aria-label': 'pay',
        }),
        h(EligibilityBadge, { type: 'lmn', learnMore: true }),
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
      const isPlain = ref(false);
      mountApp(() =>
        h(CheckoutButton, {
          ...props(),
          ...(isPlain.value ? { disabled: false } : { disabled: true, theme: 'dark' }),
        }),
      );
      await button().updateComplete;
      expect(control(button()).disabled).to.equal(true);
      isPlain.value = true;
      await untilRendered(button(), () => !control(button()).disabled);
      expect(button().hasAttribute('disabled')).to.equal(false);
      await button().updateComplete;
      expect(button().hasAttribute('theme')).to.equal(false);
    });

    it('emit each event unchanged', async () => {
      const events: unknown[] = [];
      mountApp(() =>
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
      const onCheckoutError = (event: CheckoutErrorEvent) => events.push(event);
      // @ts-expect-error The types require an endpoint; JavaScript can omit it.
      mountApp(() => h(CheckoutButton, { cart: splitCart(), onCheckoutError }));
      await untilState(button(), 'unavailable');
      expect(events.map(({ code }) => code)).to.deep.equal(['invalid_config']);
    });

    it('show a cart again that has changed in place', async () => {
      const cart = reactive(splitCart());
      mountApp(() => h(CheckoutButton, { ...props(), cart }));
      await untilRendered(button(), () => visibleText(button()).includes(SPLIT));
      cart.line_items[1]!.hsa_fsa_eligible = true;
      await untilRendered(button(), () => /All items are HSA\/FSA eligible/.test(visibleText(button())));
      cart.line_items.pop();
      await nextTick();
      await button().checkout();
      expect(endpoint.sent[0]!.body.line_items).to.have.length(1);
    });

    it('render named slots into the element’s slots', async () => {
      mountApp(() => h(CheckoutButton, props(), { label: () => 'Checkout now', icon: () => h('i') }));
      const slotted = (name: string) =>
        button().shadowRoot?.querySelector<HTMLSlotElement>(`slot[name=${name}]`)?.assignedElements()[0];
      await untilRendered(button(), () => slotted('label')?.textContent === 'Checkout now');
      expect(slotted('icon')!.innerHTML).to.equal('<i></i>');
    });

    it('expose the element through a template ref', async () => {
      const component = shallowRef<InstanceType<typeof CheckoutButton>>();
      mountApp(() => h(CheckoutButton, { ...props(), ref: component }));
      expect(component.value!.element).to.equal(button());
      await component.value!.element!.checkout();
      expect(endpoint.sent).to.have.length(1);
    });

    it('send one request for two quick clicks', async () => {
      endpoint.respondWith(({ url }) =>
        url.endsWith('/eligibility')
          ? json({ products: [{ product_id: 'vue', eligibility: 'eligible' }] })
          : json(sessionAnswer()),
      );
      const cart = reactive({ line_items: [{ product_id: 'vue', quantity: 1 }] });
      mountApp(() => h(CheckoutButton, { ...props(), cart }));
      await untilRendered(button(), () => /eligible/.test(visibleText(button())));
      control(button()).click();
      control(button()).click();
      await nextEvent(button(), 'hsa-checkout-session');
      expect(endpoint.sent.map(({ url }) => new URL(url).pathname)).to.deep.equal([
        '/api/checkout/eligibility',
        '/api/checkout',
      ]);
    });

    it('abort the request of an element whose key has changed, and start again', async () => {
      const release = endpoint.holdResponses();
      const failed = recordEvents('hsa-checkout-error');
      const key = ref('a');
      mountApp(() => h(CheckoutButton, { ...props(), key: key.value }));
      const old = button();
      await old.updateComplete;
      control(old).click();
      await nextTask();
      expect(endpoint.sent).to.have.length(1);
      key.value = 'b';
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
      mountApp(() => [h('div', h(CheckoutButton, props())), h('section')]);
      await button().updateComplete;
      const fired = nextEvent(button(), 'hsa-checkout-session');
      control(button()).click();
      place.querySelector('section')!.append(button());
      await nextTask();
      release();
      await fired;
      expect(endpoint.sent).to.have.length(1);
    });

    it('leave no listener and no timer behind', async () => {
      endpoint.respondWith(() => json({ status: 'open', checkout_id: 'cs_1' }));
      // The first app of a page starts a timer for Vue's developer tools.
      mountApp(() => h('p'));
      app!.unmount();
      const resources = new ResourceCounter();
      try {
        const round = ref(0);
        mountApp(() =>
          round.value < 0
            ? h('p')
            : h('div', { key: round.value }, [
                h(CheckoutButton, { ...props(), onCheckoutStart: () => {} }),
                h(EligibilityBadge, { type: 'eligible', onEligibility: () => {} }),
                h(CheckoutStatus, { endpoint: '/api/checkout', checkoutId: 'cs_1', token: 't' }),
              ]),
        );
        for (; round.value < 20; round.value++) {
          await nextTick();
          if (round.value % 2) void button().checkout();
        }
        expect(resources.count).to.be.greaterThan(0);
        round.value = -1;
        for (let i = 0; i < 10; i++) await nextTask();
        expect(resources.count).to.equal(0);
      } finally {
        resources.restore();
      }
    });

    it('enable an element that a server has rendered as disabled, and disable it again', async () => {
      const isAgreed = ref(false);
      app = createSSRApp({ render: () => h(CheckoutButton, { ...props(), disabled: !isAgreed.value }) });
      place.innerHTML = await renderToString(app);
      await button().updateComplete;
      app.mount(place);
      for (const now of [true, false, true]) {
        isAgreed.value = now;
        await nextTick();
        await button().updateComplete;
        expect(control(button()).disabled).to.equal(!now);
        await button().checkout();
        expect(endpoint.sent.length > 0).to.equal(now);
        endpoint.sent.length = 0;
      }
    });

    it('hydrate server-rendered markup: the fallback stays, without a warning', async () => {
      const events: string[] = [];
      app = createSSRApp({
        render: () =>
          h(
            CheckoutButton,
            { ...props(), whenRegular: 'hide', theme: 'dark', onCheckoutStart: () => events.push('start') },
            () => h('a', { href: '/checkout' }, 'Continue to checkout'),
          ),
      });
      place.innerHTML = await renderToString(app);
      const fallback = place.querySelector('a')!;
      const server = button();
      expect(server.getAttribute('endpoint')).to.equal('/api/checkout');
      expect(server.getAttribute('when-regular')).to.equal('hide');
      // The element is upgraded before Vue hydrates.
      await server.updateComplete;
      app.mount(place);
      await untilRendered(server, () => visibleText(server).includes(SPLIT));
      expect(button()).to.equal(server);
      expect(place.querySelector('a')).to.equal(fallback);
      await server.checkout();
      expect(events).to.deep.equal(['start']);
      expect(endpoint.sent).to.have.length(1);
    });

    it('show the status of a session on the return page', async () => {
      endpoint.respondWith(() => json({ status: 'paid', checkout_id: 'cs_vue' }));
      const events: string[] = [];
      mountApp(() =>
        h(CheckoutStatus, {
          endpoint: '/api/checkout',
          checkoutId: 'cs_vue',
          token: 'token',
          retryHref: '/cart',
          onCheckoutPaid: ({ checkoutId }) => events.push(checkoutId),
        }),
      );
      const status = place.querySelector('hsa-checkout-status')!;
      await untilRendered(status, () => /^Payment received/.test(status.shadowRoot!.textContent.trim()));
      expect(events).to.deep.equal(['cs_vue']);
    });
  });
}
