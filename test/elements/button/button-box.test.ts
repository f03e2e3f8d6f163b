import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import { paintedColors, sendKeys, setViewport } from '../../support/browser-commands.js';
import { expectConsole } from '../../support/browser-setup.js';
import { Clock } from '../support/clock.js';
import { contrast } from '../support/contrast.js';
import { Endpoint, json } from '../support/endpoint.js';
import { cartOf, control, label, mount, part, splitCart } from '../support/page.js';

/** Grounds of shops: extremes, brand colours, and the mid-tone of a photo. */
const GROUNDS = ['#fff', '#000', '#111', '#888', '#1d3557', '#0b5c4a', '#ffd24a', '#8a7561', '#054'];

const boxOf = (element: Element) => {
  const { width, height } = element.getBoundingClientRect();
  return { width, height };
};

describe('the box of the button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => {
    endpoint.restore();
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
  });

  for (const root of [10, 16, 32])
    for (const width of [140, 220, 300, 480])
      it(`is the same idle, busy, slow and after an error, ${width} pixels wide, at a root size of ${root}`, async () => {
        expectConsole(/server_error/);
        document.documentElement.style.fontSize = `${root}px`;
        const clock = new Clock();
        try {
          const button = await mount();
          button.parentElement!.style.width = `${width}px`;
          const idle = boxOf(control(button));
          expect(idle.width).to.equal(width);
          const release = endpoint.holdResponses();
          const pressed = button.checkout();
          await button.updateComplete;
          expect(label(button).textContent).to.equal('Opening checkout…');
          const boxes = [boxOf(control(button))];
          await clock.untilTimer(5_000);
          clock.advance(5_000);
          await button.updateComplete;
          expect(label(button).textContent).to.equal('Still working…');
          boxes.push(boxOf(control(button)));
          release(json({}, 500));
          await pressed;
          await button.updateComplete;
          expect(button.state).to.equal('error');
          boxes.push(boxOf(control(button)));
          for (const box of boxes) {
            expect(box.width).to.be.closeTo(idle.width, 0.1);
            expect(box.height).to.be.closeTo(idle.height, 0.1);
          }
        } finally {
          clock.restore();
        }
      });

  it('has exactly the height that the page sets, from 40 to 55 pixels', async () => {
    const button = await mount();
    for (let height = 40; height <= 55; height++) {
      button.style.setProperty('--hsa-height', `${height}px`);
      expect(control(button).getBoundingClientRect().height).to.be.closeTo(height, 0.01);
    }
  });

  for (const [layout, style] of [
    ['a centred column', 'display: flex; flex-direction: column; align-items: center'],
    ['a row', 'display: flex; align-items: flex-start'],
  ])
    it(`does not depend on the badge in ${layout}`, async () => {
      const button = await mount();
      button.parentElement!.style.cssText = `${style}; width: 600px`;
      const { width } = boxOf(control(button));
      button.badge = 'none';
      await button.updateComplete;
      expect(part(button, 'badge')).to.equal(null);
      expect(boxOf(control(button)).width).to.be.closeTo(width, 0.1);
    });

  it('lines up with the other buttons of a row, with the badge below, above or nowhere', async () => {
    const button = await mount();
    const row = button.parentElement!;
    row.style.cssText = 'display: flex; align-items: flex-start; width: 600px';
    button.style.flex = '1';
    const topOf = (element: Element) => element.getBoundingClientRect().top;
    expect(topOf(control(button))).to.equal(topOf(row));
    expect(topOf(part(button, 'badge'))).to.be.at.least(control(button).getBoundingClientRect().bottom);
    button.badge = 'above';
    await button.updateComplete;
    expect(part(button, 'badge').getBoundingClientRect().bottom).to.be.at.most(topOf(control(button)));
    button.badge = 'none';
    await button.updateComplete;
    expect(button.getBoundingClientRect().height).to.equal(48);
  });

  it('keeps the words of a mixed cart whole in 288 pixels with text of 200 % and wide spacing, and overlaps nothing', async () => {
    document.documentElement.style.fontSize = '32px';
    const button = await mount({ learnMore: true });
    button.parentElement!.style.width = '288px';
    button.style.cssText = 'letter-spacing: 0.12em; word-spacing: 0.16em';
    const lines = [...button.shadowRoot!.querySelectorAll('[part="line"]')];
    for (const text of lines.flatMap((line) =>
      [...line.children].filter(({ localName }) => localName !== 'svg'),
    )) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode as Text;
        for (const { index, 0: word } of node.data.matchAll(/[\p{L}\d.$’]+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          expect(new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size, word).to.equal(
            1,
          );
        }
      }
    }
    const more = document.createRange();
    more.selectNodeContents(part(button, 'learn-more'));
    expect(more.getBoundingClientRect().top).to.be.at.least(lines.at(-1)!.getBoundingClientRect().bottom - 1);
  });

  it('has none of the page’s text styles, and those of WCAG 1.4.12 when they are set on the element', async () => {
    const button = await mount();
    const texts = [label(button), part(button, 'line')];
    const before = texts.map(boxOf);
    document.body.style.cssText =
      'text-transform: uppercase; letter-spacing: 8px; text-indent: 40px; text-shadow: 0 0 9px red';
    expect(texts.map(boxOf)).to.deep.equal(before);
    for (const text of texts) {
      const { textTransform, textShadow } = getComputedStyle(text);
      expect([textTransform, textShadow]).to.deep.equal(['none', 'none']);
    }
    button.style.letterSpacing = '0.12em';
    expect(boxOf(label(button)).width).to.be.greaterThan(before[0]!.width);
  });
});

describe('what is painted of the button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  /** The painted colour of the button's ground, left of its label. */
  async function paintedFill(button: CheckoutButton): Promise<string> {
    const { left, top, height } = control(button).getBoundingClientRect();
    return (await paintedColors())(left + 6, top + height / 2);
  }

  it('shows hover, press, busy and disabled in a colour of their own', async () => {
    endpoint.holdResponses();
    const button = await mount();
    const idle = await paintedFill(button);
    const { left, top } = control(button).getBoundingClientRect();
    const position: [number, number] = [Math.round(left + 20), Math.round(top + 20)];
    await sendMouse({ type: 'move', position });
    const hovered = await paintedFill(button);
    await sendMouse({ type: 'down' });
    const held = await paintedFill(button);
    await sendMouse({ type: 'up' });
    await sendMouse({ type: 'move', position: [0, 0] });
    await button.updateComplete;
    expect(button.state).to.equal('creating');
    const busy = await paintedFill(button);
    const disabled = await mount({ disabled: true });
    const off = await paintedFill(disabled);
    expect(new Set([idle, hovered, held, off]).size).to.equal(4);
    expect(busy).not.to.equal(idle);
  });

  for (const ground of GROUNDS)
    it(`has a focus ring that stands out from ${ground}, and from the button`, async () => {
      const button = await mount();
      const place = button.parentElement!;
      place.style.cssText = `padding: 20px; width: 300px; background: ${ground}`;
      place.querySelector('a')!.focus();
      await sendKeys({ press: 'Tab' });
      const { left, top, height } = control(button).getBoundingClientRect();
      expect(control(button).matches(':focus-visible')).to.equal(true);
      const row = top + height / 2;
      let painted = await paintedColors();
      const ringOf = () => [0.5, 1.5, 2.5, 3.5].map((distance) => painted(left - distance, row));
      // WebKit may take a picture before it has painted the focus.
      for (let i = 0; i < 20 && new Set([...ringOf(), painted(left - 12, row)]).size === 1; i++)
        painted = await paintedColors();
      const [fill, page] = [painted(left + 6, row), painted(left - 12, row)];
      const ring = ringOf();
      const best = (other: string) => Math.max(...ring.map((color) => contrast(color, other)));
      expect(best(page), `${ring.join()} on ${page}`).to.be.at.least(3);
      expect(best(fill), `${ring.join()} on ${fill}`).to.be.at.least(3);
    });

  for (const ground of GROUNDS)
    it(`has marks and lines that stand out from ${ground}, in the colour of the page’s text`, async () => {
      const text = contrast('#fff', ground) > contrast('#000', ground) ? '#fff' : '#000';
      const button = await mount();
      button.parentElement!.style.cssText = `background: ${ground}; color: ${text}`;
      for (const mark of button.shadowRoot!.querySelectorAll('[part="badge"] svg'))
        expect(contrast(getComputedStyle(mark).stroke, ground)).to.be.at.least(3);
    });

  for (const background of ['#ffd24a', '#fff', '#9be7c4', '#888', '#1d3557', '#000', 'rebeccapurple'])
    it(`has ink that is readable on the merchant’s ${background}, which is all that is set`, async () => {
      const button = await mount();
      button.style.setProperty('--hsa-background', background);
      expect(contrast(getComputedStyle(label(button)).color, background)).to.be.at.least(4.5);
      expect(
        contrast(getComputedStyle(control(button).querySelector('svg')!).stroke, background),
      ).to.be.at.least(4.5);
    });
});

describe('a press near the edge of the screen', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = new Endpoint();
    endpoint.respondWith(() => json({}, 500));
  });
  afterEach(async () => {
    endpoint.restore();
    await setViewport({ width: 800, height: 600 });
  });

  /** Presses a button, and returns how far it moved. Asserts that its message is in sight. */
  async function pressAndMeasure(button: CheckoutButton): Promise<number> {
    const { top } = control(button).getBoundingClientRect();
    await button.checkout();
    await button.updateComplete;
    const message = part(button, 'message').getBoundingClientRect();
    expect(message.top).to.be.at.least(0);
    expect(message.bottom).to.be.at.most(innerHeight + 0.5);
    const { left, width } = message;
    expect(document.elementFromPoint(left + width / 2, message.bottom - 2)).to.equal(button);
    return Math.abs(control(button).getBoundingClientRect().top - top);
  }

  it('leaves the button where it is, at the lower edge of a long page', async () => {
    expectConsole(/server_error/);
    await setViewport({ width: 480, height: 600 });
    const page = await fixture<HTMLElement>(html`<div style="padding: 1500px 0"></div>`);
    const button = await mount({ cart: cartOf({ hsa_fsa_eligible: true }) });
    page.append(button);
    await button.updateComplete;
    const { bottom } = control(button).getBoundingClientRect();
    scrollBy({ top: bottom - innerHeight + 4, behavior: 'instant' });
    expect(await pressAndMeasure(button)).to.be.below(1.1);
  });

  it('leaves the button where it is, in a drawer at the lower edge', async () => {
    expectConsole(/server_error/);
    await setViewport({ width: 480, height: 600 });
    const drawer = await fixture<HTMLElement>(
      html`<div style="position: fixed; inset: auto 0 0; padding: 8px; background: #fff"></div>`,
    );
    const button = await mount({ cart: splitCart() });
    drawer.append(button);
    await button.updateComplete;
    expect(await pressAndMeasure(button)).to.be.below(1.1);
  });
});
