import { expect } from '@open-wc/testing';
import { DetailsPage } from '../details/details-page.js';
import { openFrame } from '../support/frame.js';
import {
  control,
  nextEvent,
  nextTask,
  untilRendered,
  untilState,
  untilText,
  visibleText,
} from '../support/page.js';

const SPANISH = 'Pagar con HSA/FSA | Todos los artículos son elegibles para HSA/FSA';

/** The lazy files that a page has requested, without their path. */
const lazyFiles = (frame: HTMLIFrameElement): string[] =>
  frame
    .contentWindow!.performance.getEntriesByType('resource')
    .map(({ name }) => /hsa-checkout-[A-Za-z-]+-\d.*$/.exec(name)?.[0])
    .filter((name) => name !== undefined);

async function openCart(policy: string, lang = 'es'): Promise<HTMLIFrameElement> {
  sessionStorage.clear();
  globalThis.violations = [];
  const frame = await openFrame({ src: `/shop/${policy}/cart?lang=${lang}` });
  await frame.contentWindow!.customElements.whenDefined('hsa-checkout-button');
  return frame;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const buttonOf = (frame: HTMLIFrameElement) => frame.contentDocument!.querySelector('hsa-checkout-button')!;

describe('a lazy file', () => {
  it('is not requested by a page that does not need it', async () => {
    const frame = await openCart('script-tag', 'en');
    await buttonOf(frame).refresh();
    await nextTask();
    expect(lazyFiles(frame)).to.deep.equal([]);
  });

  for (const [policy, title] of [
    ['script-tag', 'under the strictest policy'],
    ['module', 'where the script tag is a module'],
    ['elsewhere', 'where the script is under another path than the page'],
    ['nonce', 'where a nonce admits the script, and nothing else does'],
  ] as const)
    it(`loads once for all elements that need it, ${title}`, async () => {
      const frame = await openCart(policy);
      await untilText(buttonOf(frame), SPANISH);
      await untilText(
        frame.contentDocument!.querySelector('hsa-eligibility-badge')!,
        'Elegible para HSA/FSA',
      );
      expect(lazyFiles(frame)).to.deep.equal(['hsa-checkout-es-0.1.0.js']);
      await nextTask();
      expect(violations).to.deep.equal([]);
    });

  it('leaves a working button when it is missing, and is requested again under a new URL', async () => {
    const frame = await openCart('gone');
    const button = buttonOf(frame);
    await untilRendered(button, () => visibleText(button).includes(' | '));
    expect(control(button).disabled).to.equal(false);
    // Once a frame, because a loop of tasks can keep WebKit from loading anything.
    while (visibleText(button) !== SPANISH) {
      await nextFrame();
      await button.refresh();
    }
    expect(lazyFiles(frame).at(-1)).to.match(/^hsa-checkout-es-0\.1\.0\.js\?retry=\d$/);
  });

  it('leaves the error details_required when the dialog’s file is missing, and is requested again at the next press', async () => {
    const frame = await openCart('gone', 'en');
    const button = buttonOf(frame);
    (frame.contentWindow as Window & typeof globalThis).console.error = () => {};
    button.endpoint += '?guest';
    await button.updateComplete;
    const failed = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    expect((await failed).code).to.equal('details_required');
    void button.checkout();
    const dialog = await DetailsPage.of(button);
    expect(dialog.focused).to.equal('customer.email');
    expect(lazyFiles(frame).at(-1)).to.match(/^hsa-checkout-details-0\.1\.0\.js\?retry=2$/);
    dialog.button('Cancel').click();
    await untilState(button, 'idle');
  });
});
