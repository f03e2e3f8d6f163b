import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { EligibilityBadge } from '../../../src/index.js';
import { sendKeys } from '../../support/browser-commands.js';
import { axeFindings } from '../support/axe.js';
import { openFrame } from '../support/frame.js';
import { untilRendered, cartOf, nextEvent, nextTask } from '../support/page.js';

const DECIDES = 'Not tax advice. Your plan administrator decides.';

async function mount(properties: Partial<EligibilityBadge> = {}): Promise<EligibilityBadge> {
  const badge = document.createElement('hsa-eligibility-badge');
  Object.assign(badge, { type: 'lmn', learnMore: true }, properties);
  const fired = nextEvent(badge, 'hsa-eligibility');
  await fixture<HTMLElement>(html`<div><a href="#top">before</a>${badge}<a href="#end">after</a></div>`);
  await fired;
  await badge.updateComplete;
  return badge;
}

const more = (badge: HTMLElement) =>
  badge.shadowRoot!.querySelector<HTMLButtonElement>('[part="learn-more"]')!;
const dialogOf = (badge: HTMLElement) =>
  badge.shadowRoot!.querySelector('hsa-learn-more')?.shadowRoot?.querySelector('dialog') ?? undefined;

/** Resolves with the dialog when it is open. */
async function opened(badge: HTMLElement): Promise<HTMLDialogElement> {
  await untilRendered(badge, () => !!badge.shadowRoot!.querySelector('hsa-learn-more'));
  while (!dialogOf(badge)?.open) await nextTask();
  return dialogOf(badge)!;
}

async function closed(badge: HTMLElement): Promise<void> {
  await untilRendered(badge, () => !badge.shadowRoot!.querySelector('hsa-learn-more'));
}

describe('“Learn more” in the badge', () => {
  it('opens a dialog that explains the terms, and who decides', async () => {
    const badge = await mount();
    expect(more(badge).textContent.trim()).to.equal('Learn more');
    more(badge).click();
    const dialog = await opened(badge);
    for (const text of ['HSA', 'FSA', 'Letter of Medical Necessity', 'another card for the rest', DECIDES])
      expect(dialog.textContent).to.contain(text);
    expect(dialog.matches(':modal')).to.equal(true);
  });

  it('explains the letter under headings of its own: what it is, who writes it, when, and what is without it', async () => {
    const badge = await mount();
    more(badge).click();
    const dialog = await opened(badge);
    const parts = [...dialog.querySelectorAll('h3')].map((heading) => [
      heading.textContent,
      heading.nextElementSibling!.textContent,
    ]);
    expect(parts.map(([title]) => title)).to.deep.equal([
      'What HSA and FSA are for',
      'Items that may be eligible with a Letter of Medical Necessity',
      'Who writes it',
      'When you are asked for it',
      'Without a letter',
      'When only a part is eligible',
      'Who decides',
    ]);
    const text = Object.fromEntries(parts) as Record<string, string>;
    expect(text['Who writes it']).to.contain('A licensed practitioner');
    expect(text['When you are asked for it']).to.match(
      /payment or after it.*provider.*only if an item needs one/,
    );
    expect(text['Without a letter']).to.match(/cannot be paid with HSA\/FSA.*another card.*may still say no/);
    expect(text['Who decides']).to.equal(DECIDES);
  });

  for (const [width, height] of [
    [320, 256],
    [375, 667],
  ] as const)
    it(`opens at its heading, with Close in sight, on a page of ${width} x ${height}`, async () => {
      const frame = await openFrame({ src: '/shop/script-tag/cart' });
      frame.style.cssText = `width: ${width}px; height: ${height}px; border: 0`;
      const page = frame.contentWindow as Window & typeof globalThis;
      await page.customElements.whenDefined('hsa-eligibility-badge');
      const badge = page.document.querySelector('hsa-eligibility-badge')!;
      Object.assign(badge, { type: 'lmn', learnMore: true });
      while (!badge.shadowRoot || !more(badge)) await nextTask();
      more(badge).click();
      while (!dialogOf(badge)?.open) await nextTask();
      const dialog = dialogOf(badge)!;
      for (const animation of dialog.getAnimations()) animation.finish();
      const root = dialog.getRootNode() as ShadowRoot;
      const [heading, close] = [dialog.querySelector('h2')!, dialog.querySelector('button')!];
      const isInSight = (element: Element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return top >= 0 && bottom <= height && hit === element;
      };
      expect(root.activeElement).to.equal(heading);
      expect(dialog.scrollTop).to.equal(0);
      expect(isInSight(heading)).to.equal(true);
      expect(isInSight(close)).to.equal(true);
      const { left, right, bottom } = dialog.getBoundingClientRect();
      expect([left, right, bottom]).to.deep.equal([0, width, height]);
      expect(dialog.scrollHeight).to.be.greaterThan(dialog.clientHeight);
      const last = [...dialog.querySelectorAll('p')].at(-1)!;
      dialog.scrollTop = dialog.scrollHeight;
      expect(isInSight(last)).to.equal(true);
      expect(isInSight(close)).to.equal(true);
    });

  it('is shown only with the attribute learn-more, and only when the badge has a text', async () => {
    expect(!!more(await mount({ learnMore: false }))).to.equal(false);
    expect(!!more(await mount({ type: 'regular' }))).to.equal(false);
  });

  it('opens with the keyboard, closes with Escape, and returns the focus', async () => {
    const badge = await mount();
    more(badge).focus();
    await sendKeys({ press: 'Enter' });
    const dialog = await opened(badge);
    expect(dialog.contains((dialog.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await closed(badge);
    expect(badge.shadowRoot!.activeElement).to.equal(more(badge));
  });

  it('closes with its button, and opens again', async () => {
    const badge = await mount();
    more(badge).focus();
    for (let i = 0; i < 2; i++) {
      more(badge).click();
      (await opened(badge)).querySelector('button')!.click();
      await closed(badge);
      expect(badge.shadowRoot!.activeElement).to.equal(more(badge));
    }
  });

  it('opens one dialog for two quick presses', async () => {
    const badge = await mount();
    more(badge).click();
    more(badge).click();
    await opened(badge);
    await nextTask();
    expect(badge.shadowRoot!.querySelectorAll('hsa-learn-more')).to.have.length(1);
  });

  it('is a target of 44 pixels without a layout shift', async () => {
    const without = (await mount({ learnMore: false, type: 'eligible' })).offsetHeight;
    const badge = await mount({ type: 'eligible' });
    const { width, height } = more(badge).getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(44);
    expect(badge.offsetHeight).to.be.within(without, without + 1);
    more(badge).click();
    const close = (await opened(badge)).querySelector('button')!.getBoundingClientRect();
    expect(Math.min(close.width, close.height)).to.be.at.least(44);
  });

  it('shows its whole focus ring above the button below it', async () => {
    const badge = await mount();
    const button = document.createElement('hsa-checkout-button');
    Object.assign(button, { endpoint: '/api/checkout', cart: cartOf({ hsa_fsa_eligible: true }) });
    const fired = nextEvent(button, 'hsa-eligibility');
    badge.after(button);
    await fired;
    (badge.previousElementSibling as HTMLElement).focus();
    await sendKeys({ press: 'Tab' });
    const { left, bottom } = more(badge).getBoundingClientRect();
    expect(button.getBoundingClientRect().top).to.be.below(bottom - 2);
    expect(document.elementFromPoint(left + 4, bottom - 2)?.localName).to.equal(badge.localName);
  });

  it('is shown in Spanish, and with the page’s own texts', async () => {
    const badge = await mount({ locale: 'es' });
    await untilRendered(badge, () => more(badge).textContent.trim() === 'Más información');
    badge.strings = { learnTitle: 'Nuestro título' };
    await badge.updateComplete;
    more(badge).click();
    const dialog = await opened(badge);
    expect(dialog.textContent).to.contain('Nuestro título');
    expect(dialog.textContent).to.contain('El administrador de su plan decide.');
  });

  it('has a lang attribute when the page is in another language (WCAG 3.1.2)', async () => {
    const badge = await mount({ locale: 'es' });
    await untilRendered(badge, () => more(badge).textContent.trim() === 'Más información');
    more(badge).click();
    const { host } = (await opened(badge)).getRootNode() as ShadowRoot;
    expect(host.closest('[lang]')!.getAttribute('lang')).to.equal('es');
  });

  for (const theme of ['auto', 'light', 'dark', 'outline'] as const)
    it(`passes axe, closed and open, with the theme ${theme}`, async () => {
      const badge = await mount({ theme });
      badge.parentElement!.style.background = theme === 'dark' ? '#14181a' : '#fff';
      badge.parentElement!.style.color = theme === 'dark' ? '#eee' : '#222';
      expect(await axeFindings(badge)).to.deep.equal([]);
      more(badge).click();
      await opened(badge);
      expect(await axeFindings(badge)).to.deep.equal([]);
    });

  it('works under a strict policy, and loads at the first press', async () => {
    globalThis.violations = [];
    const frame = await openFrame({ src: '/shop/script-tag/cart' });
    const page = frame.contentWindow as Window & typeof globalThis;
    await page.customElements.whenDefined('hsa-eligibility-badge');
    const badge = page.document.querySelector('hsa-eligibility-badge')!;
    Object.assign(badge, { type: 'lmn', learnMore: true });
    while (!badge.shadowRoot || !more(badge)) await nextTask();
    const files = () =>
      page.performance.getEntriesByType('resource').filter(({ name }) => /learn-more/.test(name));
    expect(files()).to.have.length(0);
    more(badge).click();
    while (!dialogOf(badge)?.open) await nextTask();
    expect(files()).to.have.length(1);
    expect(violations).to.deep.equal([]);
  });

  it('does not change the badge when its file is missing, and loads at a later press', async () => {
    globalThis.violations = [];
    const frame = await openFrame({ src: '/shop/gone/cart' });
    const page = frame.contentWindow as Window & typeof globalThis;
    await page.customElements.whenDefined('hsa-eligibility-badge');
    const badge = page.document.querySelector('hsa-eligibility-badge')!;
    Object.assign(badge, { type: 'lmn', learnMore: true });
    while (!badge.shadowRoot || !more(badge)) await nextTask();
    const message = new Promise((resolve) => Object.assign(page, { console: { ...console, warn: resolve } }));
    more(badge).click();
    expect(await message).to.match(/learn-more did not load/);
    expect(more(badge).isConnected).to.equal(true);
    more(badge).click();
    while (!dialogOf(badge)?.open) await nextTask();
  });
});
