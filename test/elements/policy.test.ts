import { expect } from '@open-wc/testing';
import type { CheckoutStatus } from '../../src/status.js';
import { ADA, DetailsPage } from './details-page.js';
import { nextPage, openFrame } from './frame.js';
import { becomes, control, says, shows, turn } from './page.js';

/** What the pages of a frame complained of, told by the script that they load first. */
declare global {
  var violations: string[];
}

async function openCart(policy: string): Promise<HTMLIFrameElement> {
  sessionStorage.clear();
  globalThis.violations = [];
  return openFrame({ src: `/shop/${policy}/cart` });
}

/** Waits for the browser to report a broken policy, which it does a little later. */
async function reported(): Promise<string> {
  if (!violations.length)
    await new Promise((resolve) => addEventListener('violation', resolve, { once: true }));
  return violations.join();
}

const inside = (frame: HTMLIFrameElement) => frame.contentDocument!;

/** Buys what is in the cart: the press, for a guest the dialog, the payment page, the return page. */
async function buy(frame: HTMLIFrameElement, isGuest = false): Promise<void> {
  const button = inside(frame).querySelector('hsa-checkout-button')!;
  await frame.contentWindow!.customElements.whenDefined('hsa-checkout-button');
  if (button.eligibility !== 'eligible') await button.refresh();
  await button.updateComplete;
  expect(shows(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
  // The badge asks for itself, and may be told later than the button.
  const badge = inside(frame).querySelector('hsa-eligibility-badge')!;
  await becomes(badge, () => shows(badge) === 'HSA/FSA eligible');
  // Styled, whatever the policy says of styles.
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
  await says(status, 'Payment received.');
  // What is still to be reported.
  await turn();
}

describe('a whole purchase breaks no policy', () => {
  it('the test hears of a broken one', async () => {
    const frame = await openCart('broken');
    expect(await reported()).to.match(/^\/shop\/broken\/cart script-src/);
    expect(inside(frame).title).to.equal('cart');
  });

  it('fault 107, 110: under the strictest policy, with no Trusted Types policy at all, by the script-tag file', async () => {
    await buy(await openCart('script-tag'));
    expect(violations).to.deep.equal([]);
  });

  it('fault 107, 110: under the strictest policy, with the one name that the guide prints, by the modules', async () => {
    await buy(await openCart('modules'));
    expect(violations).to.deep.equal([]);
  });

  for (const policy of ['script-tag', 'modules', 'nonce'])
    it(`nor does that of a guest, through the dialog that loads late: ${policy}`, async () => {
      await buy(await openCart(policy), true);
      expect(violations).to.deep.equal([]);
    });

  it('fault 112: beside another copy of Lit, which has taken the only name there is', async () => {
    const frame = await openCart('second-lit');
    await frame.contentWindow!.customElements.whenDefined('other-element');
    await buy(frame);
    expect(violations).to.deep.equal([]);
  });

  it('fault 108: where a nonce admits the script, and nothing else does', async () => {
    await buy(await openCart('nonce'));
    expect(violations).to.deep.equal([]);
  });
});

describe('a Trusted Types policy that the page forgot', () => {
  /** Where the tests run on the script-tag files, a page that asks for the modules gets these. */
  const usesLit = async () => !(await (await fetch('/src/index.ts')).text()).includes('/dist/cdn/');

  it('fault 111: leaves the page’s own way to check out where Lit needs it, and the browser names the directive; the script-tag file does not', async () => {
    const frame = await openCart('unlisted');
    const isBlocked = (await usesLit()) && 'trustedTypes' in window;
    if (isBlocked) expect(await reported()).to.match(/trusted-types .*lit-html/);
    else await frame.contentWindow!.customElements.whenDefined('hsa-checkout-button');
    expect(!!inside(frame).querySelector('hsa-checkout-button')!.shadowRoot).to.equal(!isBlocked);
    expect(inside(frame).querySelector('a')!.getClientRects().length).to.equal(isBlocked ? 1 : 0);
    if (!isBlocked) expect(violations).to.deep.equal([]);
  });
});
