import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import { sendKeys } from '../../support/browser-commands.js';
import { expectConsole } from '../../support/browser-setup.js';
import { STATES } from '../button/button-states.js';
import { Clock } from '../support/clock.js';
import { contrast } from '../support/contrast.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { LOOKS, setBackground } from '../support/backgrounds.js';
import { control, label, mount, part, visibleText, preventNavigation } from '../support/page.js';

/** The rendered text of an element, with slotted content and without hidden content, such as the labels of other states. */
function flatText(node: Node): string {
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
  if (node instanceof Element && getComputedStyle(node).visibility === 'hidden') return '';
  const assigned = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
  const children = assigned.length ? assigned : [...node.childNodes];
  const own = node instanceof Text ? node.data : '';
  return (own + children.map(flatText).join('')).replace(/\s+/g, ' ');
}

/** Records the texts of a live region, in order. */
function listen(button: HTMLElement, role: 'status' | 'alert'): string[] {
  const region = button.shadowRoot!.querySelector(`[role="${role}"]`)!;
  const texts: string[] = [];
  new MutationObserver(() => texts.push(region.textContent.trim())).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return texts;
}

describe('accessibility', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  describe('a screen reader', () => {
    for (const [state, enter] of Object.entries(STATES))
      it(`finds a button that is ${state} by its label, with the badge as description`, async () => {
        const button = await enter(endpoint);
        const inner = control(button);
        expect(inner.localName).to.equal('button');
        expect(inner.hasAttribute('role')).to.equal(false);
        expect(flatText(inner).trim()).to.equal(flatText(label(button)).trim());
        expect(flatText(inner).trim()).to.match(
          /^(Pay with HSA\/FSA|Continue to checkout|Continue with \$64\.95|(Opening|Test) checkout…|Still working…)$/,
        );
        for (const name of ['aria-label', 'aria-labelledby', 'title'])
          expect(inner.hasAttribute(name), name).to.equal(false);
        const descriptionId = inner.getAttribute('aria-describedby');
        const description = descriptionId && button.shadowRoot!.getElementById(descriptionId)!;
        if (part(button, 'message')) expect(description).to.equal(part(button, 'message'));
        else if (/regular|unknown|confirm/.test(state)) expect(descriptionId).to.equal(null);
        else expect(part(button, 'badge').contains(description as Node)).to.equal(true);
        // The live region contains text only.
        for (const picture of button.shadowRoot!.querySelectorAll('svg'))
          expect(picture.getAttribute('aria-hidden')).to.equal('true');
      });

    it('finds it by the page’s own label', async () => {
      const button = await mount();
      button.innerHTML = '<b slot="label">Buy <i>now</i></b>';
      await button.updateComplete;
      expect(flatText(control(button)).trim()).to.equal('Buy now');
    });

    it('announces once each that a session is being opened, that it takes long, and that it failed', async () => {
      expectConsole(/server_error/);
      const clock = new Clock();
      try {
        const button = await mount();
        const release = endpoint.holdResponses();
        const [status, alert] = [listen(button, 'status'), listen(button, 'alert')];
        const pressed = button.checkout();
        await clock.untilTimer(5_000);
        await button.updateComplete;
        clock.advance(5_000);
        await button.updateComplete;
        release(json({}, 500));
        await pressed;
        await button.updateComplete;
        expect(status).to.deep.equal(['Opening checkout…', 'Still working…', '']);
        expect(alert).to.deep.equal(['Something went wrong on our side. Please try again.']);
      } finally {
        clock.restore();
      }
    });

    it('announces the error again when the next press fails in the same way', async () => {
      expectConsole(/server_error/);
      endpoint.respondWith(() => json({}, 500));
      const button = await mount();
      const alert = listen(button, 'alert');
      for (let i = 0; i < 2; i++) {
        await button.checkout();
        await button.updateComplete;
      }
      const text = 'Something went wrong on our side. Please try again.';
      expect(alert).to.deep.equal([text, '', `${text} You can use another payment method.`]);
    });

    it('announces nothing when a button is added', async () => {
      const button = await mount();
      for (const role of ['status', 'alert'])
        expect(button.shadowRoot!.querySelector(`[role="${role}"]`)!.textContent.trim()).to.equal('');
    });
  });

  describe('a keyboard', () => {
    it('reaches the button once, in document order, and leaves it', async () => {
      const button = await mount();
      const [before, after] = button.parentElement!.querySelectorAll('a');
      before!.focus();
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(button);
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(after);
      await sendKeys({ press: 'Shift+Tab' });
      expect(document.activeElement).to.equal(button);
    });

    it('reaches the link to a payment page that did not open, after the button', async () => {
      const button = await STATES['blocked, with a link']!(endpoint);
      button.focus();
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(button);
      expect(button.shadowRoot!.activeElement).to.equal(part(button, 'link'));
    });

    it('skips a disabled button, and not one that is unavailable', async () => {
      const button = await STATES['unavailable']!(endpoint);
      const [before, after] = button.parentElement!.querySelectorAll('a');
      before!.focus();
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(button);
      button.disabled = true;
      await button.updateComplete;
      before!.focus();
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(after);
    });

    it('stays on the button through a press and its failure', async () => {
      expectConsole(/server_error/);
      const release = endpoint.holdResponses();
      const button = await mount();
      button.focus();
      await sendKeys({ press: 'Enter' });
      await button.updateComplete;
      expect(button.shadowRoot!.activeElement).to.equal(control(button));
      const failed = new Promise((resolve) => button.addEventListener('hsa-checkout-error', resolve));
      release(json({}, 500));
      await failed;
      await button.updateComplete;
      expect(button.shadowRoot!.activeElement).to.equal(control(button));
    });

    for (const [theme, background] of LOOKS)
      it(`shows a focus ring with enough contrast, ${theme} on a ${background} page`, async () => {
        const button = await mount({ theme });
        const page = setBackground(button, background);
        button.parentElement!.querySelector('a')!.focus();
        await sendKeys({ press: 'Tab' });
        const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(control(button));
        expect(outlineStyle).to.equal('solid');
        expect(parseFloat(outlineWidth)).to.be.at.least(2);
        expect(contrast(outlineColor, page)).to.be.at.least(3);
      });
  });

  it('keeps working when the browser’s translation rewrites its children', async () => {
    const button = await mount();
    preventNavigation(button);
    endpoint.respondWith(() => json(sessionAnswer()));
    // A browser’s translation wraps the texts outside the element in `font` elements.
    const fallback = document.createElement('a');
    fallback.innerHTML = '<font><font>Pagar</font></font>';
    button.append(fallback);
    await button.checkout();
    await button.updateComplete;
    expect(visibleText(button)).to.contain('Pay with HSA/FSA');
    expect(button.state).to.equal('idle');
  });
});
