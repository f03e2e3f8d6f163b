import { expect } from '@open-wc/testing';
import type { CheckoutStatus } from '../../../src/status.js';
import { ADA, DetailsPage } from '../details/details-page.js';
import { nextPage, openFrame, type Page } from '../support/frame.js';
import { untilRendered, control, untilMessage, visibleText, nextTask } from '../support/page.js';

/** Policy violations and console errors of the pages in a frame, reported by their first script. */
declare global {
  var violations: string[];
  var errors: string[];
}

async function openCart(policy: string): Promise<HTMLIFrameElement> {
  sessionStorage.clear();
  globalThis.violations = [];
  globalThis.errors = [];
  return openFrame({ src: `/shop/${policy}/cart` });
}

/** Waits for the browser's report of a violation, which is asynchronous. */
async function reported(): Promise<string> {
  if (!violations.length)
    await new Promise((resolve) => addEventListener('violation', resolve, { once: true }));
  return violations.join();
}

const inside = (frame: HTMLIFrameElement) => frame.contentDocument!;

/** Completes a purchase: the press, the dialog for a guest, the payment page, the return page. */
async function buy(frame: HTMLIFrameElement, isGuest = false): Promise<void> {
  const button = inside(frame).querySelector('hsa-checkout-button')!;
  await frame.contentWindow!.customElements.whenDefined('hsa-checkout-button');
  if (button.eligibility !== 'eligible') await button.refresh();
  await button.updateComplete;
  expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
  // The badge sends its own request, and its response may arrive after the button's.
  const badge = inside(frame).querySelector('hsa-eligibility-badge')!;
  await untilRendered(badge, () => visibleText(badge) === 'HSA/FSA eligible');
  // The styles apply under every policy.
  expect(frame.contentWindow!.getComputedStyle(control(button)).minHeight).to.equal('48px');

  const payment = nextPage(frame);
  if (isGuest) button.endpoint += '?guest';
  control(button).click();
  if (isGuest) (await DetailsPage.of(button)).submit(ADA);
  await payment;
  const returned = nextPage(frame);
  inside(frame).querySelector<HTMLButtonElement>('button[value="pay"]')!.click();
  await returned;
  const status = inside(frame).querySelector('hsa-checkout-status') as CheckoutStatus;
  await frame.contentWindow!.customElements.whenDefined('hsa-checkout-status');
  await untilMessage(status, 'Payment received.');
  await printReceipt(frame, status);
  // Waits for pending reports.
  await nextTask();
}

/** Presses "Save or print" with the print dialog replaced, and reads the sheet that is printed. */
async function printReceipt(frame: HTMLIFrameElement, status: CheckoutStatus): Promise<void> {
  await untilRendered(status, () => !!control(status));
  const { prototype } = (frame.contentWindow as Page).HTMLIFrameElement;
  const { get } = Object.getOwnPropertyDescriptors(prototype).contentWindow;
  let printed: Page | undefined;
  Object.defineProperty(prototype, 'contentWindow', {
    get(this: HTMLIFrameElement) {
      const view = get!.call(this) as Page;
      view.print = () => (printed = view);
      return view;
    },
  });
  control(status).click();
  while (!printed) await nextTask();
  const { document } = printed;
  expect(document.querySelector('tbody td')!.textContent).to.equal('Monitor');
  // The style sheet applies under every policy.
  expect(printed.getComputedStyle(document.querySelector('.number')!).textAlign).to.equal('end');
}

describe('a purchase under a Content Security Policy', () => {
  it('a violation is reported to the test', async () => {
    const frame = await openCart('broken');
    expect(await reported()).to.match(/^\/shop\/broken\/cart script-src/);
    expect(inside(frame).title).to.equal('cart');
  });

  for (const policy of ['script-tag', 'modules', 'one-lit', 'nonce'])
    it(`a purchase causes no violation: ${policy}`, async () => {
      await buy(await openCart(policy));
      expect(violations).to.deep.equal([]);
    });

  for (const policy of ['script-tag', 'modules', 'nonce'])
    it(`a guest’s purchase, with the lazy dialog, causes no violation: ${policy}`, async () => {
      await buy(await openCart(policy), true);
      expect(violations).to.deep.equal([]);
    });

  it('a purchase beside another library’s copy of Lit causes no violation', async () => {
    const frame = await openCart('second-lit');
    await frame.contentWindow!.customElements.whenDefined('other-element');
    await buy(frame);
    expect(violations).to.deep.equal([]);
  });
});

/** Browsers without Trusted Types have no policies to restrict. */
const hasTrustedTypes = 'trustedTypes' in window;

describe('a Trusted Types policy that does not allow Lit’s', () => {
  for (const policy of ['unlisted-script-tag', 'unlisted-modules', 'taken'])
    it(`keeps the page’s own checkout link: ${policy}`, async () => {
      const frame = await openCart(policy);
      if (hasTrustedTypes) expect(await reported()).to.match(/trusted-types .*lit-html/);
      else await frame.contentWindow!.customElements.whenDefined('hsa-checkout-button');
      const fallback = inside(frame).querySelector('a')!;
      expect(fallback.getClientRects().length).to.equal(hasTrustedTypes ? 1 : 0);
    });

  for (const policy of ['unlisted-script-tag', 'taken'])
    it(`is named in the console by the script-tag file, with the policy to add: ${policy}`, async () => {
      await openCart(policy);
      if (hasTrustedTypes) await reported();
      expect(
        errors.filter((text) => String(text).includes("trusted-types lit-html 'allow-duplicates'")),
      ).to.have.length(hasTrustedTypes ? 1 : 0);
    });
});
