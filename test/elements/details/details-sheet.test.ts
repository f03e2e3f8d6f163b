import { expect } from '@open-wc/testing';
import type { Page } from '../support/frame.js';
import { openFrame } from '../support/frame.js';
import { contrast } from '../support/contrast.js';
import { DetailsPage } from './details-page.js';

/** Widths and heights of small pages: two phones, and a page at 400 % zoom. */
const SMALL = [
  [375, 667],
  [320, 568],
  [320, 256],
] as const;

interface Sheet {
  page: Page;
  details: DetailsPage;
  dialog: HTMLDialogElement;
  actions: HTMLElement;
}

/** Opens the dialog for a guest on a page of the given size, without its opening animation. */
async function open(
  [width, height]: readonly [number, number],
  prepare: (page: Page) => void = () => undefined,
): Promise<Sheet> {
  const frame = await openFrame({ src: '/shop/script-tag/cart' });
  frame.style.cssText = `width: ${width}px; height: ${height}px; border: 0`;
  const page = frame.contentWindow as Page;
  await page.customElements.whenDefined('hsa-checkout-button');
  prepare(page);
  const button = page.document.querySelector('hsa-checkout-button')!;
  button.endpoint += '?guest';
  await button.updateComplete;
  void button.checkout();
  const details = await DetailsPage.of(button);
  const { dialog } = details;
  for (const animation of dialog.getAnimations()) animation.finish();
  return { page, details, dialog, actions: dialog.querySelector<HTMLElement>('.actions')! };
}

/** Resolves after the next frame of a page, in which its resize observers have run. */
const nextFrame = (page: Page) =>
  new Promise((resolve) => page.requestAnimationFrame(() => page.requestAnimationFrame(resolve)));

const boxOf = (element: Element) => element.getBoundingClientRect();

/** Whether the centre of an element is on the page, and nothing covers it. */
function isInSight({ details, page }: Sheet, element: Element): boolean {
  const { left, right, top, bottom } = boxOf(element);
  const hit = details.root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= page.innerHeight && element.contains(hit);
}

/** Focuses each field, and returns those that are not wholly between the sheet's upper edge and its actions. */
async function hiddenWithFocus({ details, dialog, actions, page }: Sheet): Promise<string[]> {
  const hidden: string[] = [];
  const entries = Object.entries(details.fields);
  for (const [path, field] of [...entries, ...entries.reverse()]) {
    field.focus();
    await nextFrame(page);
    const { top, bottom } = boxOf(field);
    const end = Math.min(boxOf(actions).top, boxOf(dialog).bottom);
    if (top < boxOf(dialog).top || bottom > end) hidden.push(`${path}: ${top} to ${bottom} of ${end}`);
  }
  return hidden;
}

describe('the details dialog on a small page', () => {
  for (const size of SMALL)
    it(`is a sheet with its actions in sight and every focused field above them: ${size.join(' x ')}`, async () => {
      const sheet = await open(size);
      const { details, dialog } = sheet;
      details.submit();
      await details.untilErrors();
      expect(Object.keys(details.errors).length).to.equal(7);
      const [width, height] = size;
      const { left, right, top, bottom } = boxOf(dialog);
      expect([left, right, bottom]).to.deep.equal([0, width, height]);
      expect(top).to.be.at.least(16);
      const { borderTopLeftRadius, borderBottomLeftRadius } = getComputedStyle(dialog);
      expect([borderTopLeftRadius, borderBottomLeftRadius]).to.deep.equal(['16px', '0px']);
      expect(dialog.scrollHeight).to.be.greaterThan(dialog.clientHeight);
      for (const text of ['Continue to payment', 'Cancel'])
        expect(isInSight(sheet, details.button(text)), text).to.equal(true);
      expect(details.focused).to.equal('customer.email');
      expect(await hiddenWithFocus(sheet)).to.deep.equal([]);
    });

  it('lets its actions scroll when texts of 200 % would leave no room for the fields', async () => {
    const sheet = await open([320, 568], ({ document }) => {
      document.documentElement.style.fontSize = '200%';
    });
    const { details, dialog, page } = sheet;
    details.submit();
    await details.untilErrors();
    await nextFrame(page);
    expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
    expect(await hiddenWithFocus(sheet)).to.deep.equal([]);
    const cancel = details.button('Cancel');
    cancel.focus();
    await nextFrame(page);
    expect(isInSight(sheet, cancel)).to.equal(true);
  });

  it('cuts nothing with the text spacing of WCAG 1.4.12', async () => {
    const sheet = await open([320, 568]);
    const { details, dialog, actions } = sheet;
    dialog.style.cssText = 'line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em';
    details.submit();
    await details.untilErrors();
    expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
    for (const button of actions.querySelectorAll('button')) {
      expect(button.scrollWidth, button.textContent).to.be.at.most(button.offsetWidth);
      expect(button.scrollHeight, button.textContent).to.be.at.most(button.offsetHeight);
      expect(isInSight(sheet, button), button.textContent).to.equal(true);
    }
    expect(await hiddenWithFocus(sheet)).to.deep.equal([]);
  });

  it('stays above an on-screen keyboard, and keeps its place when the shopper zooms in', async () => {
    const viewport = Object.assign(new EventTarget(), { scale: 1, offsetTop: 0, height: 667 });
    const sheet = await open([375, 667], (page) =>
      Object.defineProperty(page, 'visualViewport', { value: viewport }),
    );
    const { details, dialog, actions } = sheet;
    details.fields['shipping_info.city']!.focus();
    Object.assign(viewport, { height: 330, offsetTop: 20 });
    viewport.dispatchEvent(new Event('resize'));
    expect(boxOf(dialog).bottom).to.be.closeTo(350, 1);
    expect(boxOf(dialog).top).to.be.at.least(20);
    expect(boxOf(actions).bottom).to.be.closeTo(350, 2);
    const { top, bottom } = boxOf(details.fields['shipping_info.city']!);
    expect(top).to.be.at.least(boxOf(dialog).top);
    expect(bottom).to.be.at.most(boxOf(actions).top);
    Object.assign(viewport, { scale: 2, height: 165 });
    viewport.dispatchEvent(new Event('resize'));
    expect(boxOf(dialog).bottom).to.be.closeTo(350, 1);
    Object.assign(viewport, { scale: 1, height: 667, offsetTop: 0 });
    viewport.dispatchEvent(new Event('resize'));
    expect(boxOf(dialog).bottom).to.be.closeTo(667, 1);
  });

  it('slides in, and with reduced motion does not', async () => {
    const frame = await openFrame({ src: '/shop/script-tag/cart' });
    frame.style.cssText = 'width: 375px; height: 667px';
    const page = frame.contentWindow as Page;
    await page.customElements.whenDefined('hsa-checkout-button');
    const button = page.document.querySelector('hsa-checkout-button')!;
    button.endpoint += '?guest';
    void button.checkout();
    const { dialog } = await DetailsPage.of(button);
    const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    expect(getComputedStyle(dialog).animationName).to.equal(isReduced ? 'none' : 'rise');
  });
});

describe('the details dialog on a wide page', () => {
  it('is in the middle, with its actions in sight', async () => {
    const sheet = await open([900, 500]);
    const { details, dialog } = sheet;
    details.submit();
    await details.untilErrors();
    const { left, right, top, bottom } = boxOf(dialog);
    expect(left).to.be.closeTo(900 - right, 1);
    expect(top).to.be.closeTo(500 - bottom, 1);
    expect(left).to.be.greaterThan(100);
    expect(isInSight(sheet, details.button('Cancel'))).to.equal(true);
    expect(await hiddenWithFocus(sheet)).to.deep.equal([]);
  });

  for (const accent of ['', '#ffd24a', '#fff', '#111'])
    it(`has a focus ring of 3 : 1 on its surface with the accent "${accent}"`, async () => {
      const { details, dialog } = await open([900, 500], ({ document }) => {
        document.body.style.setProperty('--hsa-accent', accent);
      });
      const field = details.fields['customer.email']!;
      field.focus();
      const { outlineColor, outlineWidth, boxShadow } = getComputedStyle(field);
      const [, color, spread] = /^(.*\)) 0px 0px 0px (\d+px)$/.exec(boxShadow)!;
      expect([outlineWidth, spread]).to.deep.equal(['2px', '2px']);
      const surface = getComputedStyle(dialog).backgroundColor;
      const rings = [outlineColor, color!].map((tone) => contrast(tone, surface));
      expect(Math.max(...rings)).to.be.at.least(3);
    });
});
