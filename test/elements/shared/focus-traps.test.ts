import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import { sendKeys } from '../../support/browser-commands.js';
import { untilRendered, control, mount, splitCart } from '../support/page.js';

/** The selector that Dawn and other themes use to find focusable elements. */
const FOCUSABLE =
  "summary, a[href], button:enabled, [tabindex]:not([tabindex^='-']), [draggable], area, input:not([type=hidden]):enabled, select:enabled, textarea:enabled, object, iframe";

/** Installs a focus trap. It compares `code`, as Dawn does: the `key` of Shift+Tab is "Unidentified" in WebKitGTK. */
type Trap = (drawer: HTMLElement, signal: AbortSignal) => void;

/** A trap that collects the focusable elements once, and wraps at both ends of the list. */
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
 * A trap that collects the tab stops, compares the innermost target of an event, and returns a focus that has left. It does not
 * look into shadow roots either.
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

/** Compares by identity, because the message of a failed `equal` would traverse all objects that an element refers to. */
function expectFocus(expected: Element | null): void {
  let focused = document.activeElement;
  while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
  expect(focused === expected, `the focus is on ${focused?.outerHTML}`).to.equal(true);
}

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

  for (const [name, keep] of Object.entries({ bySelector, byTabOrder })) {
    it(`is reached with Tab and with Shift+Tab (${name})`, async () => {
      const button = await openDrawer(keep);
      const close = button.previousElementSibling;
      await sendKeys({ press: 'Tab' });
      expectFocus(control(button));
      await sendKeys({ press: 'Shift+Tab' });
      expectFocus(close);
      await sendKeys({ press: 'Shift+Tab' });
      expectFocus(control(button));
    });

    it(`is not an end of the trap while it is disabled (${name})`, async () => {
      const button = await openDrawer(keep, { disabled: true });
      const close = button.previousElementSibling;
      for (const press of ['Tab', 'Shift+Tab']) {
        await sendKeys({ press });
        expectFocus(close);
      }
    });
  }

  it('the focus wraps around after it', async () => {
    const button = await openDrawer(bySelector);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expectFocus(button.previousElementSibling);
  });
});

describe('in the tab order', () => {
  it('is one tab stop with one focus ring', async () => {
    const button = await mount();
    const [before, after] = [button.previousElementSibling, button.nextElementSibling] as HTMLElement[];
    before!.focus();
    await sendKeys({ press: 'Tab' });
    expectFocus(control(button));
    const ringOf = (element: Element) => getComputedStyle(element).outlineStyle;
    expect([ringOf(button), ringOf(control(button))]).to.deep.equal(['none', 'solid']);
    await sendKeys({ press: 'Tab' });
    expectFocus(after!);
    await sendKeys({ press: 'Shift+Tab' });
    expectFocus(control(button));
    await sendKeys({ press: 'Shift+Tab' });
    expectFocus(before!);
  });

  it('a badge is a tab stop only with “Learn more”', async () => {
    const badge = Object.assign(document.createElement('hsa-eligibility-badge'), { type: 'lmn' as const });
    await fixture<HTMLElement>(html`<div><a href="#top">before</a>${badge}<a href="#end">after</a></div>`);
    await untilRendered(badge, () => /Medical/.test(badge.shadowRoot!.textContent));
    expect(badge.hasAttribute('tabindex')).to.equal(false);
    badge.learnMore = true;
    await badge.updateComplete;
    (badge.previousElementSibling as HTMLElement).focus();
    await sendKeys({ press: 'Tab' });
    expect(badge.shadowRoot!.activeElement!.getAttribute('part')).to.equal('learn-more');
    await sendKeys({ press: 'Tab' });
    expectFocus(badge.nextElementSibling);
  });

  it('keeps the tabindex that the page sets', async () => {
    const button = await mount({ tabIndex: -1 });
    button.disabled = true;
    await button.updateComplete;
    expect(button.getAttribute('tabindex')).to.equal('-1');
  });
});
