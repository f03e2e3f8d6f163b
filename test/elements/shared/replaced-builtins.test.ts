import { expect } from '@open-wc/testing';
import { json, sessionAnswer } from '../support/endpoint.js';
import { BUILDS, BUTTON, CART, openPage, press } from '../support/page-in-frame.js';
import { untilText, control, nextEvent, part, untilState } from '../support/page.js';

/** Changes that libraries make to the globals of a page before the elements load. */
const LIBRARIES = {
  'Prototype 1.6': `
    Array.from = (list) => {
      const copy = [];
      for (let i = 0; i < (list?.length ?? 0); i++) copy[i] = list[i];
      return copy;
    };
    Object.keys = (object) => { const names = []; for (const name in object) names.push(name); return names; };
    Object.values = (object) => Object.keys(object).map((name) => object[name]);
    const method = Function.prototype;
    method.bind = function (object, ...given) {
      const own = this;
      return object === undefined ? own : function (...rest) { return own.call(object, ...given, ...rest); };
    };
    const list = Array.prototype;
    list.reduce = function () { return this.length > 1 ? this : this[0]; };
    list.entries = list.toArray = function () { return this.slice(); };
    list.filter = function (isKept, context) {
      const kept = [];
      for (const [i, item] of Object.entries(this)) if (isKept.call(context, item, +i)) kept.push(item);
      return kept;
    };
    list.toJSON = function () { return '[' + this.map((item) => JSON.stringify(item)).join(', ') + ']'; };
    Object.prototype.inspectable = function () {};
    String.prototype.toJSON = function () { return '"' + this + '"'; };
    Number.prototype.toJSON = function () { return String(this); };
    Object.prototype.toJSON = function () { return 'an object'; };
    String.prototype.startsWith = function (text) { return this.indexOf(text) === 0; };`,
  'MooTools 1.4': `
    window.Event = function (event) { this.type = event.type.toLowerCase(); };
    window.Element = function () {};
    Array.from = (item) => (item && typeof item === 'object' && 'length' in item ? [].slice.call(item) : [item]);
    Function.prototype.bind = function (self, args) {
      const own = this;
      return function () { return own.apply(self, args ?? arguments); };
    };`,
  'an old copy of a CustomEvent polyfill': `
    window.CustomEvent = function (type) { return document.createEvent('CustomEvent').initCustomEvent(type); };
    window.CustomEvent.prototype = window.Event.prototype;
    window.Event = function () { throw new Error('not a constructor'); };`,
};

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const WITH_CART = (cart: string) => BUTTON.replace(CART, cart);
const SPLIT = `{"line_items":[{"product_id":"a","price":4995,"quantity":1,"hsa_fsa_eligible":true},
  {"product_id":"b","price":1000,"quantity":2,"hsa_fsa_eligible":false}]}`;

for (const [title, build] of Object.entries(BUILDS))
  for (const [library, code] of Object.entries(LIBRARIES))
    describe(`on a page with ${library} (${title})`, () => {
      const before = `<script>{${code}}</script>`;

      it('a press sends the cart, with known fields only, under a random key', async () => {
        const opened = await openPage({
          before,
          build,
          body: WITH_CART(CART.replace('{"line_items"', '{"coupon":"x","line_items"')),
        });
        const { endpoint, page } = opened;
        await press(opened);
        await press(opened);
        const [first, second] = endpoint.sent;
        expect(first!.body).to.deep.equal(JSON.parse(CART));
        expect(first!.headers.get('idempotency-key')).to.match(UUID_V4);
        expect(second!.headers.get('idempotency-key')).to.equal(first!.headers.get('idempotency-key'));
        expect(page.errors).to.deep.equal([]);
        expect(page.messages).to.deep.equal([]);
      });

      it('a cart with a price in fractions of a cent is rejected', async () => {
        const { button, page } = await openPage({
          before,
          build,
          body: WITH_CART(CART.replace('4995', '49.95')),
        });
        expect(button.state).to.equal('unavailable');
        expect(page.messages.join()).to.contain('line_items[0].price: expected integer cents');
        expect(page.errors).to.deep.equal([]);
      });

      it('a badge requests its product, and caches the answer', async () => {
        const tag =
          '<hsa-eligibility-badge product-id="one" endpoint="/api/checkout"></hsa-eligibility-badge>';
        const { endpoint, page } = await openPage({ before, build });
        endpoint.respondWith(() => json({ products: [{ product_id: 'one', eligibility: 'lmn' }] }));
        page.document.body.insertAdjacentHTML('beforeend', tag);
        const badge = page.document.querySelector('hsa-eligibility-badge')!;
        await badge.updateComplete;
        await untilText(badge, 'May be HSA/FSA eligible with a Letter of Medical Necessity');
        expect(endpoint.sent.map(({ body }) => body)).to.deep.equal([{ product_ids: ['one'] }]);
        const [kept] = JSON.parse(
          page.sessionStorage.getItem(`hsa-checkout:eligibility ${location.origin}/api/checkout`)!,
        ) as unknown[][];
        expect(kept!.slice(0, 2)).to.deep.equal(['one', 'lmn']);
      });

      it('amounts are added up, and a higher price is confirmed first', async () => {
        const { button, endpoint } = await openPage({ before, build, body: WITH_CART(SPLIT) });
        expect(part(button, 'badge').textContent.replace(/\s+/g, ' ')).to.contain(
          'HSA/FSA $49.95 You’ll use another card $20.00 Total before shipping and tax $69.95',
        );
        endpoint.respondWith(() => json(sessionAnswer({ amounts: { subtotal: 7000, total: 7000 } })));
        control(button).click();
        await untilState(button, 'creating');
        await untilState(button, 'confirm');
        expect(part(button, 'price').textContent).to.contain('from $69.95 to $70.00');
      });
    });

describe('on a page whose events cannot be sent', () => {
  it('a press ends in a state that allows the next press', async () => {
    const { button, endpoint, page } = await openPage();
    const { dispatchEvent } = button;
    button.dispatchEvent = () => {
      throw new Error('dispatchEvent is broken');
    };
    endpoint.respondInOrder(json({}, 500));
    await button.checkout();
    await button.updateComplete;
    expect(button.state).to.equal('error');
    expect(part(button, 'message').textContent).not.to.equal('');
    expect(page.errors).to.deep.equal([]);
    expect(page.messages.join()).to.contain('dispatchEvent is broken');
    button.dispatchEvent = dispatchEvent;
    button.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
    const session = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    expect((await session).checkoutId).to.equal('cs_1');
    expect(button.state).to.equal('idle');
  });
});
