import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import { sendKeys } from '../../support/browser-commands.js';
import { ALL_FIELDS, missingFields, pressAndOpenDialog } from '../details/details-page.js';
import { Endpoint } from '../support/endpoint.js';
import { untilRendered, untilState, nextTask } from '../support/page.js';

const TYPES = [
  'click',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'keydown',
  'keypress',
  'keyup',
  'input',
  'wheel',
] as const;

/** Puts an element into a card that is a link, and records the events that reach the card or the page. */
function surround(element: HTMLElement, signal: AbortSignal): { heard: string[]; wentTo: () => boolean } {
  const card = Object.assign(document.createElement('a'), { href: '#gone' });
  element.replaceWith(card);
  card.append(element);
  const received: string[] = [];
  for (const type of TYPES)
    for (const target of [card, document, window])
      target.addEventListener(type, () => received.push(type), { signal });
  return { heard: received, wentTo: () => location.hash === '#gone' };
}

/** Dispatches mouse, touch and keyboard events on an element. */
function useWith(element: Element): void {
  for (const type of TYPES) {
    const Kind = type.startsWith('key') ? KeyboardEvent : type === 'wheel' ? WheelEvent : MouseEvent;
    element.dispatchEvent(new Kind(type, { bubbles: true, composed: true, cancelable: true, key: 'Escape' }));
  }
}

describe('the page around a dialog', () => {
  let endpoint: Endpoint;
  let page: AbortController;
  beforeEach(() => {
    endpoint = new Endpoint();
    page = new AbortController();
    history.replaceState(null, '', location.pathname + location.search);
  });
  afterEach(() => {
    page.abort();
    endpoint.restore();
  });

  const dialogIn = (host: HTMLElement, tag: string) =>
    host.shadowRoot!.querySelector(tag)?.shadowRoot?.querySelector('dialog');

  async function mountBadge() {
    const badge = document.createElement('hsa-eligibility-badge');
    Object.assign(badge, { type: 'lmn', learnMore: true });
    await fixture<HTMLElement>(html`<div><a href="#top">before</a>${badge}</div>`);
    const more = () => badge.shadowRoot?.querySelector<HTMLElement>('[part="learn-more"]');
    while (!more()) await nextTask();
    return { badge, more: more()! };
  }

  async function openLearnMore() {
    const { badge, more } = await mountBadge();
    const around = surround(badge, page.signal);
    more.click();
    while (!dialogIn(badge, 'hsa-learn-more')?.open) await nextTask();
    return { host: badge, dialog: dialogIn(badge, 'hsa-learn-more')!, ...around };
  }

  async function openDetails() {
    endpoint.respondWith(() => missingFields(ALL_FIELDS));
    const [button] = await pressAndOpenDialog();
    const dialog = dialogIn(button, 'hsa-checkout-details')!;
    // The dialog has moved with the button, and is in the top layer again.
    const around = surround(button, page.signal);
    while (!dialog.open) await nextTask();
    return { host: button, dialog, ...around };
  }

  it('gets no event of a press on “Learn more”, and follows no link around it', async () => {
    const { heard, wentTo } = await openLearnMore();
    expect(heard).to.deep.equal([]);
    expect(wentTo()).to.equal(false);
  });

  it('a label of the dialog works, and a link around it is not followed', async () => {
    const { dialog, heard, wentTo } = await openDetails();
    dialog.querySelector<HTMLElement>('button')!.focus();
    const root = dialog.getRootNode() as ShadowRoot;
    const labels = [...dialog.querySelectorAll('label')];
    // All fields but the country, and the second line of the address.
    expect(labels).to.have.length(ALL_FIELDS.length);
    for (const label of labels) {
      const control = label.control as HTMLInputElement;
      const { checked } = control;
      label.click();
      if (control.type === 'checkbox') expect(control.checked).to.equal(!checked);
      else expect(root.activeElement === control).to.equal(true);
    }
    expect(heard).to.deep.equal([]);
    expect(wentTo()).to.equal(false);
  });

  for (const [name, open] of Object.entries({ 'learn-more': openLearnMore, details: openDetails }))
    describe(`the dialog ${name}`, () => {
      it('gets no event from inside the dialog, and follows no link around it', async () => {
        const { dialog, heard, wentTo } = await open();
        for (const element of dialog.querySelectorAll('h2, p, input, select, label')) useWith(element);
        useWith(dialog);
        expect(heard).to.deep.equal([]);
        expect(wentTo()).to.equal(false);
        expect(dialog.open).to.equal(true);
      });

      it('does not get the Escape that closes the dialog, wherever the focus is, and gets the next one', async () => {
        const { host, dialog, heard } = await open();
        (host.shadowRoot!.activeElement as HTMLElement | null)?.blur();
        await sendKeys({ press: 'Escape' });
        while (dialog.open) await nextTask();
        expect(heard.filter((type) => type === 'keydown')).to.deep.equal([]);
        await nextTask();
        await sendKeys({ press: 'Escape' });
        expect(heard.filter((type) => type === 'keydown')).to.have.length.above(0);
      });

      it('gets no event of the button that closes the dialog', async () => {
        const { dialog, heard, wentTo } = await open();
        [...dialog.querySelectorAll('button')].at(-1)!.click();
        while (dialog.open) await nextTask();
        expect(heard).to.deep.equal([]);
        expect(wentTo()).to.equal(false);
      });

      for (const [how, hide] of Object.entries({
        'is hidden': (container: HTMLElement): boolean => (container.hidden = true),
        'is not displayed': (container: HTMLElement): string => (container.style.display = 'none'),
        'is taken out': (container: HTMLElement) => container.remove(),
      }))
        it(`is usable again when the container ${how}`, async () => {
          const { host, dialog } = await open();
          const container = host.parentElement!.parentElement!;
          const outside = Object.assign(document.createElement('button'), { textContent: 'outside' });
          document.body.append(outside);
          hide(container);
          while (dialog.isConnected && dialog.open)
            await new Promise((resolve) => requestAnimationFrame(resolve));
          outside.focus();
          expect(document.activeElement).to.equal(outside);
          outside.remove();
          if (name === 'details')
            await untilState(host as HTMLElementTagNameMap['hsa-checkout-button'], 'idle');
        });
    });

  it('“Learn more” opens again after its container was hidden', async () => {
    const { host } = await openLearnMore();
    const container = host.parentElement!.parentElement!;
    container.hidden = true;
    await untilRendered(host, () => !host.shadowRoot!.querySelector('hsa-learn-more'));
    container.hidden = false;
    host.shadowRoot!.querySelector<HTMLElement>('[part="learn-more"]')!.click();
    while (!dialogIn(host, 'hsa-learn-more')?.open) await nextTask();
  });
});
