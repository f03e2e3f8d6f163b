import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import { Endpoint } from '../support/endpoint.js';
import { control, mount, part } from '../support/page.js';

const sizeOf = (element: Element) => parseFloat(getComputedStyle(element).fontSize);

describe('on a page with its own root font size', () => {
  afterEach(() => document.documentElement.removeAttribute('style'));

  for (const [root, label, badge] of [
    ['62.5%', 16, 14],
    ['10px', 16, 14],
    ['100%', 16, 14],
    ['200%', 32, 28],
  ] as const)
    it(`the texts have ${label} and ${badge} pixels when it is ${root}`, async () => {
      const button = await mount();
      document.documentElement.style.fontSize = root;
      expect(sizeOf(part(button, 'label'))).to.equal(label);
      expect(sizeOf(part(button, 'badge'))).to.equal(badge);
      const status = document.createElement('hsa-checkout-status');
      button.after(status);
      expect(sizeOf(status)).to.equal(label);
      status.remove();
    });

  it('a size that the page sets is kept', async () => {
    document.documentElement.style.fontSize = '62.5%';
    const button = await mount();
    button.style.setProperty('--hsa-font', '12px/1.5 serif');
    expect(sizeOf(part(button, 'label'))).to.equal(12);
  });
});

describe('in a container with its minimum content width', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const [name, place] of Object.entries({
    'a table cell': html`<table>
      <tr>
        <td style="width: 100%">A product with a name of many words that take all the width that there is</td>
        <td class="place"></td>
      </tr>
    </table>`,
    'a grid column of min-content': html`<div style="display: grid; grid-template-columns: 1fr min-content">
      <p>A product</p>
      <div class="place"></div>
    </div>`,
    'a row beside something of its whole width': html`<div style="display: flex; width: 400px">
      <p style="flex: 1 0 100%">A product</p>
      <div class="place"></div>
    </div>`,
  }))
    it(`no word is broken in ${name}`, async () => {
      const button = await mount();
      const badge = Object.assign(document.createElement('hsa-eligibility-badge'), { type: 'lmn' as const });
      const container = await fixture<HTMLElement>(html`<div>${place}</div>`);
      container.querySelector('.place')!.append(button, badge);
      await button.updateComplete;
      while (!badge.shadowRoot?.querySelector('[part="badge"]'))
        await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const text of [part(button, 'label'), part(button, 'badge'), part(badge, 'badge')])
        for (const node of textsIn(text))
          for (const { index, 0: word } of node.data.matchAll(/[\p{L}\d.$’]+/gu)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            expect(new Set([...range.getClientRects()].map(({ top }) => top)).size, word).to.equal(1);
          }
      expect(control(button).getBoundingClientRect().height).to.be.below(130);
      expect(control(button).scrollWidth).to.be.at.most(control(button).clientWidth);
    });

  it('a button deep in a scrolled box does not make the page longer', async () => {
    const place = await fixture<HTMLElement>(
      html`<div style="overflow: auto; height: 200px"><div style="height: 3000px"></div></div>`,
    );
    const button = await mount();
    const before = document.documentElement.scrollHeight - button.offsetHeight;
    place.append(button);
    await button.updateComplete;
    expect(document.documentElement.scrollHeight).to.be.at.most(Math.max(before, innerHeight));
  });
});

function textsIn(element: Node): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}
