import { expect, fixture, html } from '@open-wc/testing';
import { CheckoutButton, EligibilityBadge } from '../../../src/index.js';
import { STATES } from '../button/button-states.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import {
  control,
  mount,
  nextEvent,
  part,
  visibleText,
  splitCart,
  preventNavigation,
  nextTask,
} from '../support/page.js';

const RED = 'rgb(200, 0, 0)';

describe('the styles that a page can change', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  /** Adds style rules to the page for the duration of the test. */
  const withRules = async (rules: string): Promise<void> => {
    await fixture<HTMLElement>(
      html`<style>
        ${rules}
      </style>`,
    );
  };

  const parts: [name: string, state: string][] = [
    ['button', 'split'],
    ['label', 'split'],
    ['badge', 'split'],
    ['line', 'split'],
    ['mark', 'split'],
    ['message', 'in error'],
    ['link', 'blocked, with a link'],
  ];
  for (const [name, state] of parts)
    it(`::part(${name}) applies`, async () => {
      const button = await STATES[state]!(endpoint);
      await withRules(`hsa-checkout-button::part(${name}) { color: ${RED} }`);
      expect(getComputedStyle(part(button, name)).color).to.equal(RED);
    });

  it('there are no undocumented parts, in any state', async () => {
    const documented = parts.map(([name]) => name);
    const found = new Set<string>();
    // Only one button at a time, because the styles are the page's.
    for (const state of ['split', 'in error', 'blocked, with a link', 'creating a session', 'unavailable']) {
      const button = await STATES[state]!(endpoint);
      for (const element of button.shadowRoot!.querySelectorAll('[part]')) found.add(element.part.value);
    }
    expect([...found].sort()).to.deep.equal(documented.sort());
  });

  const properties: [
    name: string,
    value: string,
    read: (button: CheckoutButton) => string,
    expected: string,
  ][] = [
    ['--hsa-background', RED, (button) => getComputedStyle(control(button)).backgroundColor, RED],
    ['--hsa-color', RED, (button) => getComputedStyle(control(button)).color, RED],
    ['--hsa-border-color', RED, (button) => getComputedStyle(control(button)).borderTopColor, RED],
    [
      '--hsa-accent',
      RED,
      (button) => {
        button.focus();
        return getComputedStyle(control(button)).outlineColor;
      },
      RED,
    ],
    [
      '--hsa-error-color',
      RED,
      (button) => getComputedStyle(part(button, 'message')).borderInlineStartColor,
      RED,
    ],
    ['--hsa-radius', '3px', (button) => getComputedStyle(control(button)).borderTopLeftRadius, '3px'],
    ['--hsa-height', '77px', (button) => `${control(button).getBoundingClientRect().height}px`, '77px'],
    ['--hsa-font', '20px/1 monospace', (button) => getComputedStyle(control(button)).fontSize, '20px'],
  ];
  for (const [name, value, read, expected] of properties)
    it(`${name} has its effect, set on the element and on an ancestor`, async () => {
      const button = await STATES['in error']!(endpoint);
      expect(read(button)).not.to.equal(expected);
      button.style.setProperty(name, value);
      expect(read(button)).to.equal(expected);
      button.style.removeProperty(name);
      expect(read(button)).not.to.equal(expected);
      button.parentElement!.style.setProperty(name, value);
      expect(read(button)).to.equal(expected);
    });

  it('there are no undocumented custom properties', async () => {
    // The styles of the messages load with the first press.
    const { shadowRoot } = await STATES['in error']!(endpoint);
    const sheets = shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) =>
      [...cssRules].map(({ cssText }) => cssText),
    );
    const read = new Set(sheets.join('\n').match(/--hsa-[a-z-]+/g));
    expect([...read].sort()).to.deep.equal(properties.map(([name]) => name).sort());
  });

  it('theme has the same effect as an attribute and as a property', async () => {
    const button = await mount();
    const fill = () => getComputedStyle(control(button)).backgroundColor;
    const light = fill();
    button.setAttribute('theme', 'dark');
    const dark = fill();
    expect(dark).not.to.equal(light);
    button.theme = 'light';
    await button.updateComplete;
    expect(fill()).to.equal(light);
    button.theme = 'dark';
    await button.updateComplete;
    expect(fill()).to.equal(dark);
  });

  it('a badge and a status also take theme as a property', async () => {
    await import('../../../src/status.js');
    for (const tag of ['hsa-eligibility-badge', 'hsa-checkout-status'] as const) {
      const element = Object.assign(document.createElement(tag), {
        endpoint: '/x',
        token: 't',
        theme: 'dark' as const,
      });
      await fixture<HTMLElement>(html`<div>${element}</div>`);
      await element.updateComplete;
      expect(getComputedStyle(element).colorScheme, tag).to.equal('dark');
    }
  });

  it('the slots replace the label and the icon, until their content is removed', async () => {
    const button = await mount();
    button.innerHTML = '<b slot="label">Check out</b><i slot="icon">★</i>';
    const [label, icon] = button.children as unknown as [HTMLElement, HTMLElement];
    const own = control(button).querySelector('svg')!;
    expect(label.getBoundingClientRect().width).to.be.greaterThan(0);
    expect(icon.getBoundingClientRect().right).to.be.at.most(label.getBoundingClientRect().left);
    expect(own.getClientRects().length).to.equal(0);
    label.remove();
    icon.remove();
    expect(own.getClientRects().length).to.equal(1);
    expect(visibleText(button)).to.contain('Pay with HSA/FSA');
  });

  it('a busy button shows its own label instead of the slot, and the slot again after it', async () => {
    const release = endpoint.holdResponses();
    const button = await mount();
    preventNavigation(button);
    button.innerHTML = '<b slot="label">Check out</b>';
    const pressed = button.checkout();
    await button.updateComplete;
    expect(visibleText(button)).to.contain('Opening checkout…');
    expect(button.firstElementChild!.checkVisibility({ visibilityProperty: true })).to.equal(false);
    release(json(sessionAnswer()));
    await pressed;
    await button.updateComplete;
    expect(button.firstElementChild!.checkVisibility({ visibilityProperty: true })).to.equal(true);
  });

  it('a cart without eligible items gets no icon, because nothing may hint at HSA or FSA', async () => {
    const button = await STATES['regular']!(endpoint);
    expect(!!button.shadowRoot!.querySelector('svg')).to.equal(false);
    expect(button.shadowRoot!.textContent).not.to.match(/HSA|FSA/);
  });

  it('the hidden attribute hides all three elements', async () => {
    await import('../../../src/status.js');
    const place = await fixture<HTMLElement>(
      html`<div>
        <hsa-checkout-button
          hidden
          eligibility="eligible"
          .cart=${splitCart()}
          endpoint="/x"
        ></hsa-checkout-button>
        <hsa-eligibility-badge hidden type="eligible"></hsa-eligibility-badge>
        <hsa-checkout-status hidden endpoint="/x" token="t"></hsa-checkout-status>
      </div>`,
    );
    await nextTask();
    for (const element of place.children) {
      expect(element.shadowRoot!.childElementCount, element.localName).to.be.greaterThan(0);
      expect(element.getClientRects().length, element.localName).to.equal(0);
    }
    expect(place.offsetHeight).to.equal(0);
  });

  for (const [state, enter] of Object.entries(STATES))
    it(`a strict policy finds no style attribute, style element or handler in a button that is ${state}`, async () => {
      const { shadowRoot } = await enter(endpoint);
      expect(shadowRoot!.querySelectorAll('[style], style, script, link').length).to.equal(0);
      const names = [...shadowRoot!.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
      expect(names.filter((name) => name.startsWith('on'))).to.deep.equal([]);
    });

  describe('texts with markup', () => {
    const evil = '<img src="x" onerror="document.title=1"><b>bold</b>';
    const titleBefore = document.title;

    it('in the strings are shown as text: in the button, the badge, the message and the link', async () => {
      const strings = {
        pay: evil,
        continue: evil,
        error: evil,
        partEligible: evil,
        navigation_blocked: evil,
      };
      for (const state of ['split', 'in error', 'blocked, with a link']) {
        const button = await STATES[state]!(endpoint, { strings });
        expect(visibleText(button)).to.contain(evil);
        expect(button.shadowRoot!.querySelectorAll('img').length).to.equal(0);
        expect(button.shadowRoot!.textContent).to.contain('<b>bold</b>');
      }
      expect(document.title).to.equal(titleBefore);
    });

    it('in a response of the endpoint are not shown', async () => {
      endpoint.respondWith(() =>
        json(
          { code: evil, title: evil, detail: evil, errors: [{ path: evil, code: evil, message: evil }] },
          500,
        ),
      );
      const button = await STATES['in error']!(endpoint);
      expect(button.shadowRoot!.textContent).not.to.contain('bold');
    });

    it('in the name of a product are not shown', async () => {
      const cart = splitCart();
      cart.line_items[0]!.name = evil;
      const button = await mount({ cart });
      expect(button.shadowRoot!.textContent).not.to.contain('bold');
    });
  });
});

describe('a page', () => {
  /** A page in a frame, with its errors. */
  const openPage = async (body: string): Promise<{ page: Window & typeof globalThis; errors: string[] }> => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html><html lang="en"><body>
      <script>window.errors = []; addEventListener('error', ({ message }) => errors.push(message), true);</script>
      ${body}</body></html>`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    await fixture<HTMLElement>(html`<div>${frame}</div>`);
    await loaded;
    const page = frame.contentWindow as Window & typeof globalThis & { errors: string[] };
    return { page, errors: page.errors };
  };
  const MARKUP = `<hsa-checkout-button endpoint="/api/checkout" eligibility="eligible"
      cart='{"line_items":[{"product_id":"a","price":100,"quantity":1}]}'><a href="/checkout">Check out</a></hsa-checkout-button>`;
  const link = (page: Window) => page.document.querySelector('a')!;

  it('shows the children of a button when no script runs', async () => {
    const { page } = await openPage(MARKUP);
    expect(link(page).getClientRects().length).to.equal(1);
  });

  const scripts: [title: string, tags: string][] = [
    ['the script-tag file', '<script src="/dist/cdn/hsa-checkout.js"></script>'],
    ['the script-tag file as a module', '<script type="module" src="/dist/cdn/hsa-checkout.js"></script>'],
    [
      'the script-tag file twice',
      '<script src="/dist/cdn/hsa-checkout.js"></script><script src="/dist/cdn/hsa-checkout.js"></script>',
    ],
    [
      'the script-tag file and then the module',
      '<script src="/dist/cdn/hsa-checkout.js"></script><script type="module" src="/src/index.ts"></script>',
    ],
    [
      'the module and then the script-tag file',
      '<script type="module" src="/src/index.ts"></script><script type="module" src="/dist/cdn/hsa-checkout.js"></script>',
    ],
  ];
  for (const [title, tags] of scripts)
    it(`shows the button instead of its children with ${title}, without an error`, async () => {
      const { page, errors } = await openPage(MARKUP + tags);
      const button = page.document.querySelector('hsa-checkout-button')!;
      await button.updateComplete;
      expect(errors).to.deep.equal([]);
      expect(link(page).getClientRects().length).to.equal(0);
      expect(control(button).getClientRects().length).to.equal(1);
      expect(visibleText(button)).to.contain('Pay with HSA/FSA');
    });

  it('that loads the script-tag file after the module keeps the first elements', async () => {
    const button = await mount();
    const script = document.createElement('script');
    script.src = '/dist/cdn/hsa-checkout.js';
    const loaded = new Promise((resolve, reject) =>
      Object.assign(script, { onload: resolve, onerror: reject }),
    );
    document.head.append(script);
    await loaded;
    script.remove();
    expect(customElements.get('hsa-checkout-button')).to.equal(CheckoutButton);
    expect(customElements.get('hsa-eligibility-badge')).to.equal(EligibilityBadge);
    expect(document.createElement('hsa-checkout-button')).to.be.instanceOf(CheckoutButton);
    const endpoint = new Endpoint();
    try {
      preventNavigation(button);
      const fired = nextEvent(button, 'hsa-checkout-session');
      control(button).click();
      await fired;
    } finally {
      endpoint.restore();
    }
  });
});
