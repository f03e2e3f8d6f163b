import { expect } from '@open-wc/testing';
import { serverRender } from '../../support/browser-commands.js';
import type { ServerPage } from '../../support/server-render.js';
import { openFrame, type Page } from '../support/frame.js';
import { untilRendered, visibleText, nextTask } from '../support/page.js';

const SPLIT =
  'May be paid with HSA/FSA $49.95 You’ll use another card $39.98 Total before shipping and tax $89.93';

/** A page as it comes from the server: no script has run in it. */
async function openPage(page: ServerPage): Promise<Page> {
  const body = await serverRender(page);
  const frame = await openFrame({
    srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><body>${body}</body></html>`,
  });
  return frame.contentWindow as Page;
}

/** Loads a script of this project into a page, and waits for its effects. */
async function load({ document, customElements }: Page, src: string): Promise<void> {
  const script = Object.assign(document.createElement('script'), { type: 'module', src });
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
  });
  document.head.append(script);
  await loaded;
  await customElements.whenDefined(document.body.firstElementChild!.localName);
  await nextTask();
}

const isSeen = (element: Element) => element.getClientRects().length > 0;
const first = <Found extends Element = HTMLElement>({ document }: Page) =>
  document.body.firstElementChild as unknown as Found;

/** The texts on the screen, and the positions of all elements. */
function look(element: HTMLElement): string {
  const parts = [...element.shadowRoot!.querySelectorAll('[part]')].filter(isSeen);
  const places = parts.map((part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [part.getAttribute('part'), x, y, width, height].join(' ');
  });
  return [visibleText(element), ...places].join('\n');
}

/** Records the screen in each frame, until the returned function is called. */
function recordScreen(page: Page, element: HTMLElement): () => string[] {
  const seen = new Set([look(element)]);
  let request = page.requestAnimationFrame(function take() {
    seen.add(look(element));
    request = page.requestAnimationFrame(take);
  });
  return () => {
    page.cancelAnimationFrame(request);
    seen.add(look(element));
    return [...seen];
  };
}

describe('a server-rendered element', () => {
  for (const [name, script] of [
    ['', '/src/index.ts'],
    [', also where Lit itself would hydrate it', '/test/elements/pages/hydrate.js'],
  ] as const)
    it(`looks the same before, during and after its upgrade${name}`, async () => {
      const page = await openPage('button');
      const button = first(page);
      expect(page.customElements.get('hsa-checkout-button')).to.equal(undefined);
      expect(visibleText(button)).to.equal(`Pay with HSA/FSA | ${SPLIT}`);
      const end = recordScreen(page, button);
      await load(page, script);
      expect(page.customElements.get('hsa-checkout-button')).to.not.equal(undefined);
      const seen = end();
      expect(seen, seen.join('\n\n')).to.have.length(1);
      expect(button.shadowRoot!.querySelectorAll('button')).to.have.length(1);
    });

  it('shows its children in place of the button until its upgrade, and the badge all the time', async () => {
    const page = await openPage('fallback');
    const button = first(page);
    const link = page.document.querySelector('a')!;
    const pressable = () => isSeen(button.shadowRoot!.querySelector('button')!);
    const badge = () =>
      button.shadowRoot!.querySelector('[part="badge"]')!.textContent.replace(/\s+/g, ' ').trim();
    expect([isSeen(link), pressable(), badge()]).to.deep.equal([true, false, SPLIT]);
    await load(page, '/src/index.ts');
    await untilRendered(button, () => pressable());
    expect([isSeen(link), badge()]).to.deep.equal([false, SPLIT]);
  });

  it('keeps the focus that it had before the upgrade', async () => {
    const page = await openPage('button');
    const button = first(page);
    button.shadowRoot!.querySelector('button')!.focus();
    expect(page.document.activeElement).to.equal(button);
    await load(page, '/src/index.ts');
    expect(page.document.activeElement).to.equal(button);
    expect(button.shadowRoot!.activeElement?.localName).to.equal('button');
  });

  it('shows the same text as a badge', async () => {
    const page = await openPage('badge');
    const badges = [...page.document.querySelectorAll('hsa-eligibility-badge')];
    const text = () => badges.map(visibleText);
    const before = text();
    expect(before).to.deep.equal(['May be HSA/FSA eligible with a Letter of Medical Necessity', SPLIT]);
    await load(page, '/src/index.ts');
    expect(text()).to.deep.equal(before);
  });
});
