import { expect, fixture, html } from '@open-wc/testing';
import type { CheckoutButton } from '../../../src/index.js';
import { Endpoint } from '../support/endpoint.js';
import { nextPage, openFrame, type Page } from '../support/frame.js';
import { untilText, control, nextEvent, visibleText, preventNavigation, nextTask } from '../support/page.js';

/** Loads the elements: the modules, or the script-tag file when the tests run on that. */
const SCRIPT = '<script type="module" src="/src/index.ts"></script>';
const CART = '{"line_items":[{"product_id":"bp-monitor","price":4995,"quantity":1,"hsa_fsa_eligible":true}]}';
// A page in `srcdoc` has an empty `location.host`.
const BUTTON = `<hsa-checkout-button endpoint="/api/checkout" checkout-hosts="${location.host}" cart='${CART}'><a href="/checkout">Check out</a></hsa-checkout-button>`;

/** A page in a frame, with its console messages and its fake endpoint. */
interface Around {
  page: Page & { said: [level: string, text: string][]; errors: string[] };
  button: CheckoutButton;
  endpoint: Endpoint;
}

/** Opens a page that runs a script before the elements load. */
async function open(script: string, { head = '', scripts = SCRIPT, body = BUTTON } = {}): Promise<Around> {
  sessionStorage.clear();
  const frame = await openFrame({
    srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8">${head}<script>
      window.errors = [];
      window.said = [];
      addEventListener('error', ({ message }) => errors.push(message), true);
      for (const level of ['warn', 'error']) console[level] = (text) => said.push([level, String(text)]);
      ${script}</script>${scripts}<body>${body}</body></html>`,
  });
  const page = frame.contentWindow as Around['page'];
  const button = page.document.querySelector('hsa-checkout-button')!;
  const endpoint = new Endpoint(page);
  // The script-tag file defines the badge in a separate task.
  await new Promise((resolve) => page.setTimeout(resolve));
  // Another library's element has no such method.
  await (button as Partial<CheckoutButton>).refresh?.();
  await (button as Partial<CheckoutButton>).updateComplete;
  return { page, button, endpoint };
}

/** Presses the button, and returns its session. */
async function press({ button }: Around): Promise<void> {
  preventNavigation(button);
  const fired = nextEvent(button, 'hsa-checkout-session');
  control(button).click();
  await fired;
}

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Pages with missing or unusual features, on which a press must work. */
const UNUSUAL_PAGES: [title: string, script: string][] = [
  [
    'without crypto.randomUUID and crypto.subtle, as on plain http',
    `delete Crypto.prototype.randomUUID;
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
    Math.random = () => 0;`,
  ],
  [
    'without AbortSignal.any, AbortSignal.timeout and structuredClone',
    'delete AbortSignal.any; delete AbortSignal.timeout; delete window.structuredClone;',
  ],
  [
    'whose fetch another script has wrapped',
    'const own = fetch; window.fetch = function (...rest) { return own.apply(this, rest); };',
  ],
  [
    'whose storage is blocked',
    `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });`,
  ],
  [
    'whose storage is full',
    `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  ],
  [
    'whose libraries have added to every object, list and text',
    `for (const { prototype } of [Object, Array, String, Function])
      prototype.junk = function () { throw new Error('nobody may call this'); };`,
  ],
  [
    'whose element internals know no state without dashes (Chrome 90 to 124)',
    `if (window.CustomStateSet) CustomStateSet.prototype.add = () => { throw new DOMException('dashes', 'SyntaxError'); };`,
  ],
  [
    'whose element internals know no states at all (Firefox before 126, Safari before 17.4)',
    `Object.defineProperty(ElementInternals.prototype, 'states', { value: undefined });`,
  ],
];

describe('a press works on a page', () => {
  for (const [title, script] of UNUSUAL_PAGES)
    it(title, async () => {
      const around = await open(script);
      const { page, button, endpoint } = around;
      expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
      await press(around);
      await press(around);
      const keys = endpoint.sent.map(({ headers }) => headers.get('idempotency-key'));
      expect(keys).to.have.length(2);
      expect(keys[0]).to.match(UUID_V4);
      // The key is random even when `Math.random` is replaced.
      expect(keys[0]).not.to.contain('0000000');
      expect(keys[1]).to.equal(keys[0]);
      expect(endpoint.sent[0]!.body).to.deep.equal(JSON.parse(CART));
      expect(page.errors).to.deep.equal([]);
      expect(page.said).to.deep.equal([]);
    });

  it('that resets all styles, and hides undefined elements', async () => {
    const around = await open('', {
      head: '<style>* { all: unset } hsa-checkout-button:not(:defined) { display: none }</style>',
    });
    const { page, button } = around;
    const { width, height } = control(button).getBoundingClientRect();
    expect(width).to.be.at.least(44);
    expect(height).to.be.at.least(44);
    const { borderTopLeftRadius, borderTopStyle, display } = page.getComputedStyle(control(button));
    expect([borderTopLeftRadius, borderTopStyle, display]).to.deep.equal(['8px', 'solid', 'grid']);
    await press(around);
  });

  it('without adopted style sheets, with a style element instead', async () => {
    const withoutSheets = `for (const { prototype } of [Document, ShadowRoot]) delete prototype.adoptedStyleSheets;
      delete CSSStyleSheet.prototype.replace;`;
    const around = await open(withoutSheets);
    expect(around.page.getComputedStyle(control(around.button)).minHeight).to.equal('48px');
    await press(around);
    const policy =
      '<meta http-equiv="Content-Security-Policy" content="style-src \'nonce-r4nd0m\'; connect-src \'self\'">';
    for (const [nonce, height] of [
      ['r4nd0m', '48px'],
      ['another', '0px'],
    ]) {
      const { page, button } = await open(`${withoutSheets} window.litNonce = '${nonce}';`, { head: policy });
      expect(page.getComputedStyle(control(button)).minHeight.replace('auto', '0px'), nonce).to.equal(height);
    }
  });

  it('beside another copy of Lit', async () => {
    const other = `<script type="module">
      import { html, render } from '/node_modules/lit-html/lit-html.js?another';
      render(html\`<p id="other">from another copy</p>\`, document.body.appendChild(document.createElement('div')));
    </script>`;
    for (const scripts of [other + SCRIPT, SCRIPT + other]) {
      const around = await open('', { scripts });
      expect(around.page.document.querySelector('#other')!.textContent).to.equal('from another copy');
      await press(around);
      expect(around.page.errors).to.deep.equal([]);
    }
  });

  it('in two nested shadow roots, with its events and its language', async () => {
    const around = await open('', {
      body: `<main lang="de"></main>${BUTTON}`,
    });
    const { page } = around;
    const { document } = page;
    let place: Element | ShadowRoot = document.querySelector('main')!;
    for (let depth = 0; depth < 2; depth++) {
      const host: Element = document.createElement('div');
      place.append(host);
      place = host.attachShadow({ mode: 'open' });
    }
    const button = document.createElement('hsa-checkout-button');
    Object.assign(button, { endpoint: '/api/checkout', checkoutHosts: location.host });
    const { line_items } = JSON.parse(CART) as { line_items: object[] };
    button.cart = {
      line_items: [...line_items, { product_id: 'tote', price: 2000, quantity: 1, hsa_fsa_eligible: false }],
    } as CheckoutButton['cart'];
    const fired = nextEvent(button, 'hsa-eligibility');
    place.append(button);
    await fired;
    await button.updateComplete;
    expect(visibleText(button).replace(/\s/g, ' ')).to.contain('May be paid with HSA/FSA $49.95 ');
    const received: string[] = [];
    for (const type of ['hsa-checkout-start', 'hsa-checkout-session', 'hsa-checkout-state'] as const)
      document.addEventListener(type, ({ type: name }) => received.push(name));
    await press({ ...around, button });
    expect(received).to.include.members(['hsa-checkout-state', 'hsa-checkout-start', 'hsa-checkout-session']);
  });
});

describe('a page', () => {
  it('without fetch reports an error, and nothing else happens', async () => {
    const around = await open('');
    const { page, button } = around;
    Reflect.deleteProperty(page, 'fetch');
    Object.defineProperty(page, 'fetch', { value: undefined });
    const fired = nextEvent(button, 'hsa-checkout-error');
    control(button).click();
    const { code, message } = await fired;
    expect([code, message]).to.deep.equal(['invalid_config', 'fetch is missing on this page']);
    expect(page.said.join()).to.contain('fetch is missing');
  });

  it('that is only prerendered sends no request until it is shown', async () => {
    const script = `Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
      window.asked = 0;
      window.fetch = async () => {
        asked++;
        return new Response('{"products":[{"product_id":"bp-monitor","eligibility":"eligible"}]}', {
          headers: { 'content-type': 'application/json' },
        });
      };`;
    sessionStorage.clear();
    const frame = await openFrame({
      srcdoc: `<!doctype html><html lang="en"><script>${script}</script>${SCRIPT}<body>
        <hsa-checkout-button endpoint="/api/checkout"
          cart='{"line_items":[{"product_id":"bp-monitor","quantity":1}]}'></hsa-checkout-button></body></html>`,
    });
    const page = frame.contentWindow as Page & { asked: number };
    const button = page.document.querySelector('hsa-checkout-button')!;
    await nextTask();
    await nextTask();
    expect(page.asked).to.equal(0);
    expect(visibleText(button)).to.equal('Pay with HSA/FSA');
    const fired = nextEvent(button, 'hsa-eligibility');
    Object.defineProperty(page.document, 'prerendering', { value: false });
    page.document.dispatchEvent(new page.Event('prerenderingchange'));
    expect((await fired).eligibility).to.equal('eligible');
    expect(page.asked).to.equal(1);
  });

  it('stays eligible for the back/forward cache, with one listener for all its buttons', async () => {
    const around = await open(
      `window.heard = [];
      const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        heard.push(type);
        return add.call(this, type, ...rest);
      };`,
      { body: BUTTON.repeat(3) },
    );
    await press(around);
    around.button.remove();
    const { heard } = around.page as Around['page'] & { heard: string[] };
    expect(heard.filter((type) => type === 'pageshow')).to.have.length(1);
    expect(heard).not.to.include('unload');
    expect(heard).not.to.include('beforeunload');
  });

  describe('with more than one script', () => {
    const FILE = '<script src="/dist/cdn/hsa-checkout.js"></script>';
    /** The script-tag file with the version of another release. */
    const other = async () => {
      const code = await (await fetch('/dist/cdn/hsa-checkout.js')).text();
      expect(code.split('"0.1.0"').length + code.split('`0.1.0`').length).to.be.greaterThan(2);
      return `<script>${code.replaceAll('0.1.0', '0.0.9')}</script>`;
    };

    it('of the same version defines the element once, without a warning', async () => {
      const around = await open('', { scripts: FILE + FILE + SCRIPT });
      await press(around);
      expect(around.endpoint.sent).to.have.length(1);
      expect(around.page.errors).to.deep.equal([]);
      expect(around.page.said).to.deep.equal([]);
    });

    it('of two versions keeps the first, and logs both versions once', async () => {
      for (const [scripts, first, second] of [
        [(await other()) + FILE, '0.0.9', '0.1.0'],
        [FILE + (await other()), '0.1.0', '0.0.9'],
      ] as const) {
        const around = await open('', { scripts });
        const { page } = around;
        expect(page.customElements.get('hsa-checkout-button')).to.have.property('version', first);
        expect(page.said).to.deep.equal([
          ['warn', `<hsa-checkout-button> is version ${first} here: version ${second} loaded later`],
        ]);
        await press(around);
        expect(page.errors).to.deep.equal([]);
      }
    });

    it('shows the properties that a badge got before its script ran, or while it waits', async () => {
      const { page } = await open('', {
        scripts: '',
        body: `${'<hsa-eligibility-badge></hsa-eligibility-badge>'.repeat(30)}<script>
          const badges = [...document.querySelectorAll('hsa-eligibility-badge')];
          for (const badge of badges.slice(0, -1)) badge.type = 'eligible';
          customElements.whenDefined('hsa-eligibility-badge').then(() => (badges.at(-1).type = 'lmn'));
        </script>${FILE}${BUTTON}`,
      });
      const badges = [...page.document.querySelectorAll('hsa-eligibility-badge')];
      await badges.at(-1)!.updateComplete;
      await untilText(badges.at(-1)!, 'May be HSA/FSA eligible with a Letter of Medical Necessity');
      expect(badges.slice(0, -1).map(visibleText)).to.deep.equal(Array(29).fill('HSA/FSA eligible'));
    });

    it('keeps another library’s element of the same name, and logs it; another tag name can be used', async () => {
      const around = await open(
        `customElements.define('hsa-checkout-button', class extends HTMLElement {});`,
      );
      const { page, button } = around;
      expect(button.shadowRoot).to.equal(null);
      expect(page.document.querySelector('a')!.getClientRects().length).to.equal(1);
      expect(page.said).to.deep.equal([
        ['error', '<hsa-checkout-button> is another element here: version 0.1.0 loaded later'],
      ]);
      expect(page.customElements.get('hsa-eligibility-badge')).to.have.property('version', '0.1.0');
      expect(page.errors).to.deep.equal([]);

      const { CheckoutButton } = await import('../../../src/index.js');
      customElements.define('my-checkout-button', class extends CheckoutButton {});
      const mine = document.createElement('my-checkout-button') as CheckoutButton;
      Object.assign(mine, { endpoint: '/api/checkout', cart: JSON.parse(CART) as object });
      const fired = nextEvent(mine, 'hsa-eligibility');
      await fixture<HTMLElement>(html`<div>${mine}</div>`);
      await fired;
      await mine.updateComplete;
      expect(visibleText(mine)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    });
  });

  it('whose parser reads the element, then half of its child, then the rest, has a cart and no error', async () => {
    const frame = await openFrame({
      srcdoc: `<!doctype html><html lang="en">${SCRIPT}<script>window.said = [];
        console.error = (text) => said.push(text);</script><body></body></html>`,
    });
    const page = frame.contentDocument!;
    const window = frame.contentWindow as Page & { said: string[] };
    await window.customElements.whenDefined('hsa-checkout-button');
    page.open();
    page.write('<!doctype html><html lang="en"><body><hsa-checkout-button endpoint="/api/checkout">');
    const button = page.querySelector('hsa-checkout-button')!;
    const states: string[] = [];
    button.addEventListener('hsa-checkout-state', ({ state }) => states.push(state));
    const errors: string[] = [];
    button.addEventListener('hsa-checkout-error', ({ code }) => errors.push(code));
    await nextTask();
    const fired = nextEvent(button, 'hsa-eligibility');
    page.write(`<script type="application/json">${CART.slice(0, 30)}`);
    await nextTask();
    page.write(`${CART.slice(30)}</script></hsa-checkout-button><p>More of the page</p>`);
    expect((await fired).eligibility).to.equal('eligible');
    page.close();
    await nextTask();
    expect(button.state).to.equal('idle');
    expect(states).to.deep.equal(['unavailable', 'idle']);
    expect(errors).to.deep.equal([]);
    expect(window.said).to.deep.equal([]);
  });

  it('that is parsed, and whose child is not JSON, gets an error', async () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html><html lang="en">${SCRIPT}<script>console.error = (text) => { window.said = text; };
        addEventListener('hsa-checkout-error', ({ code }) => { window.code = code; });</script>
      <body><hsa-checkout-button endpoint="/api/checkout"><script type="application/json">{ oops</script></hsa-checkout-button></body></html>`;
    const loaded = nextPage(frame);
    await fixture<HTMLElement>(html`<div>${frame}</div>`);
    await loaded;
    await nextTask();
    const window = frame.contentWindow as Page & { said: string; code: string };
    expect(window.code).to.equal('invalid_cart');
    expect(window.said).to.match(/\$: expected JSON/);
  });
});
