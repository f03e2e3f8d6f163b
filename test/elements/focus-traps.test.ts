import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import type { CheckoutButton } from '../../src/index.js';
import { sendKeys } from '../support/browser-commands.js';
import { becomes, control, mount, splitCart } from './page.js';

/** What themes take for focusable, as Dawn does. */
const FOCUSABLE =
  "summary, a[href], button:enabled, [tabindex]:not([tabindex^='-']), [draggable], area, input:not([type=hidden]):enabled, select:enabled, textarea:enabled, object, iframe";

/** A trap for the keyboard. WebKitGTK names Shift+Tab "Unidentified": as Dawn does, traps ask for the code of the key. */
type Trap = (drawer: HTMLElement, signal: AbortSignal) => void;

/** A trap that lists what it takes for focusable once, and turns round at both ends of the list. */
const bySelector: Trap = (drawer, signal) => {
  const all = [...drawer.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [all[0]!, all.at(-1)!];
  drawer.addEventListener(
    'keydown',
    (event) => {
      if (event.code !== 'Tab' || event.target !== (event.shiftKey ? first : last)) return;
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    },
    { signal },
  );
};

/**
 * A trap that lists what has a place in the order of tabs, looks at where an event really began, and brings back a focus that
 * has left. It sees no shadow root either.
 */
const byTabOrder: Trap = (drawer, signal) => {
  const all = [...drawer.querySelectorAll<HTMLElement>('a[href], button, [tabindex]')].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length,
  );
  const [first, last] = [all[0]!, all.at(-1)!];
  let latest: HTMLElement = first;
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.code !== 'Tab' || event.composedPath()[0] !== (event.shiftKey ? first : last)) return;
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    },
    { capture: true, signal },
  );
  document.addEventListener(
    'focusin',
    (event) => {
      const target = event.composedPath()[0] as HTMLElement;
      if (event.composedPath().includes(drawer)) latest = target;
      else latest.focus();
    },
    { capture: true, signal },
  );
};

describe('in the focus trap of a drawer', () => {
  let trap: AbortController;
  beforeEach(() => (trap = new AbortController()));
  afterEach(() => trap.abort());

  /** A drawer whose last control is the button. */
  async function openDrawer(keep: Trap, properties: Partial<CheckoutButton> = {}): Promise<CheckoutButton> {
    const button = await mount({ cart: splitCart(), ...properties });
    const drawer = document.createElement('div');
    const close = Object.assign(document.createElement('button'), { textContent: 'Close' });
    button.before(drawer);
    drawer.append(close, button);
    await button.updateComplete;
    keep(drawer, trap.signal);
    close.focus();
    return button;
  }

  const focused = (button: CheckoutButton) =>
    document.activeElement === button ? button.shadowRoot!.activeElement : document.activeElement;

  for (const [name, keep] of Object.entries({ bySelector, byTabOrder })) {
    it(`is reached with Tab and with Shift+Tab (${name})`, async () => {
      const button = await openDrawer(keep);
      const close = button.previousElementSibling;
      await sendKeys({ press: 'Tab' });
      expect(focused(button)).to.equal(control(button));
      await sendKeys({ press: 'Shift+Tab' });
      expect(focused(button)).to.equal(close);
      await sendKeys({ press: 'Shift+Tab' });
      expect(focused(button)).to.equal(control(button));
    });

    it(`is no end of the trap while it is disabled (${name})`, async () => {
      const button = await openDrawer(keep, { disabled: true });
      const close = button.previousElementSibling;
      for (const press of ['Tab', 'Shift+Tab']) {
        await sendKeys({ press });
        expect(focused(button)).to.equal(close);
      }
    });
  }

  it('the focus turns round behind it', async () => {
    const button = await openDrawer(bySelector);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(focused(button)).to.equal(button.previousElementSibling);
  });
});

describe('in the order of tabs', () => {
  it('is one stop', async () => {
    const button = await mount();
    const [before, after] = [button.previousElementSibling, button.nextElementSibling] as HTMLElement[];
    before!.focus();
    await sendKeys({ press: 'Tab' });
    expect(button.shadowRoot!.activeElement).to.equal(control(button));
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement).to.equal(after);
    await sendKeys({ press: 'Shift+Tab' });
    expect(button.shadowRoot!.activeElement).to.equal(control(button));
    await sendKeys({ press: 'Shift+Tab' });
    expect(document.activeElement).to.equal(before);
  });

  it('a badge is a stop only where it has “Learn more”', async () => {
    const badge = Object.assign(document.createElement('hsa-eligibility-badge'), { type: 'lmn' as const });
    await fixture<HTMLElement>(html`<div><a href="#top">before</a>${badge}<a href="#end">after</a></div>`);
    await becomes(badge, () => /Medical/.test(badge.shadowRoot!.textContent));
    expect(badge.hasAttribute('tabindex')).to.equal(false);
    badge.learnMore = true;
    await badge.updateComplete;
    (badge.previousElementSibling as HTMLElement).focus();
    await sendKeys({ press: 'Tab' });
    expect(badge.shadowRoot!.activeElement!.getAttribute('part')).to.equal('learn-more');
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement).to.equal(badge.nextElementSibling);
  });

  it('keeps the place that the page gives it', async () => {
    const button = await mount({ tabIndex: -1 });
    button.disabled = true;
    await button.updateComplete;
    expect(button.getAttribute('tabindex')).to.equal('-1');
  });
});
