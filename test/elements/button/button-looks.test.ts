import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import { emulateMedia } from '../../support/browser-commands.js';
import { STATES } from './button-states.js';
import { contrast, contrastsOf, blendLayers } from '../support/contrast.js';
import { Endpoint } from '../support/endpoint.js';
import { LOOKS, setBackground } from '../support/backgrounds.js';
import { control, label, mount, part } from '../support/page.js';

describe('the appearance of the button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  describe('contrast', () => {
    for (const [state, enter] of Object.entries(STATES))
      for (const [theme, background] of LOOKS)
        it(`is 4.5 for text and 3 for edges of a button that is ${state}, ${theme} on a ${background} page`, async () => {
          const button = await enter(endpoint, { theme });
          const page = setBackground(button, background);
          const { text, edge } = contrastsOf(control(button), page);
          expect(text, 'text').to.be.at.least(4.5);
          expect(edge, 'edge').to.be.at.least(3);
          for (const name of ['badge', 'message', 'link'])
            if (part(button, name))
              expect(contrast(getComputedStyle(part(button, name)).color, page), name).to.be.at.least(4.5);
          for (const mark of button.shadowRoot!.querySelectorAll('[part="badge"] svg'))
            expect(contrast(getComputedStyle(mark).color, page), 'mark').to.be.at.least(3);
          const message = part(button, 'message');
          if (message)
            expect(contrast(getComputedStyle(message).borderInlineStartColor, page), 'rule').to.be.at.least(
              3,
            );
        });

    for (const [theme, background] of LOOKS)
      it(`is the same while the mouse is over it, ${theme} on a ${background} page`, async () => {
        const button = await mount({ theme });
        const page = setBackground(button, background);
        const { left, top, width, height } = control(button).getBoundingClientRect();
        await sendMouse({
          type: 'move',
          position: [Math.round(left + width / 2), Math.round(top + height / 2)],
        });
        expect(control(button).matches(':hover')).to.equal(true);
        await Promise.all(
          control(button)
            .getAnimations()
            .map(({ finished }) => finished),
        );
        const { text, edge } = contrastsOf(control(button), page);
        // Hover and disabled states add a layer in the text's colour between the fill and the text.
        const { color, backgroundColor } = getComputedStyle(control(button));
        const {
          opacity,
          backgroundColor: ink,
          width: layerWidth,
        } = getComputedStyle(control(button), '::before');
        await sendMouse({ type: 'move', position: [0, 0] });
        expect(opacity).to.equal('0.1');
        expect(parseFloat(layerWidth)).to.equal(control(button).clientWidth);
        const veil = ink.replace(/^rgb\((.+)\)$/, `rgba($1, ${opacity})`);
        expect(contrast(color, blendLayers(page, backgroundColor, veil)), 'text on the veil').to.be.at.least(
          4.5,
        );
        expect(text, 'text').to.be.at.least(4.5);
        expect(edge, 'edge').to.be.at.least(3);
      });

    it('shows that a button is disabled, also while the mouse is over it', async () => {
      const button = await mount({ disabled: true });
      const { opacity } = getComputedStyle(control(button));
      const { left, top } = control(button).getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(top + 20)] });
      expect(control(button).matches(':hover')).to.equal(true);
      expect(getComputedStyle(control(button)).opacity).to.equal(opacity);
      await sendMouse({ type: 'move', position: [0, 0] });
    });

    for (const state of ['split', 'creating a session', 'in error', 'unavailable', 'disabled'])
      it(`keeps the edge of a button that is ${state} in forced colours`, async () => {
        const button = await STATES[state]!(endpoint);
        const isForced = await emulateMedia({ forcedColors: 'active' });
        const probe = document.createElement('p');
        probe.style.cssText = 'color: GrayText; background: Canvas';
        button.parentElement!.append(probe);
        const { color: gray, backgroundColor: canvas } = getComputedStyle(probe);
        const { color, borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(control(button));
        expect(borderTopStyle).to.equal('solid');
        expect(parseFloat(borderTopWidth)).to.be.at.least(1);
        expect(contrast(borderTopColor, canvas)).to.be.at.least(3);
        // WebKit's driver cannot emulate forced colours.
        const isOff = state === 'disabled' || state === 'unavailable';
        expect(color === gray).to.equal(isForced && isOff);
      });
  });

  it('animates nothing with reduced motion', async () => {
    const button = await STATES['creating a session']!(endpoint);
    const mark = control(button).querySelector('svg')!;
    const moves = () => mark.getAnimations().length;
    const mayMove = () => (matchMedia('(prefers-reduced-motion: no-preference)').matches ? 1 : 0);
    expect(moves()).to.equal(mayMove());
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(moves()).to.equal(mayMove());
  });

  describe('a touch target', () => {
    for (const [state, enter] of Object.entries(STATES))
      it(`is at least 44 by 44 pixels for a button that is ${state}`, async () => {
        const button = await enter(endpoint);
        for (const target of button.shadowRoot!.querySelectorAll('button, a')) {
          const { width, height } = target.getBoundingClientRect();
          expect(width).to.be.at.least(44);
          expect(height).to.be.at.least(44);
        }
      });
  });

  describe('right to left', () => {
    it('the icon is on the right of the text, and the border on the right of the message', async () => {
      const button = await STATES['in error']!(endpoint);
      button.parentElement!.dir = 'rtl';
      const mark = control(button).querySelector('svg')!.getBoundingClientRect();
      const text = label(button).getBoundingClientRect();
      expect(mark.left).to.be.at.least(text.right);
      const { borderRightWidth, borderLeftWidth } = getComputedStyle(part(button, 'message'));
      expect([borderRightWidth, borderLeftWidth]).to.deep.equal(['3px', '0px']);
      const badge = part(button, 'badge');
      expect(badge.querySelector('svg')!.getBoundingClientRect().right).to.be.closeTo(
        badge.getBoundingClientRect().right,
        1,
      );
    });

    it('they are on the left on a left-to-right page', async () => {
      const button = await STATES['in error']!(endpoint);
      const mark = control(button).querySelector('svg')!.getBoundingClientRect();
      expect(mark.right).to.be.at.most(label(button).getBoundingClientRect().left);
      expect(getComputedStyle(part(button, 'message')).borderLeftWidth).to.equal('3px');
    });
  });

  describe('a narrow page', () => {
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
    const texts: [title: string, strings: CheckoutButton['strings']][] = [
      ['its own words', undefined],
      [
        'a word without an end',
        {
          pay: long,
          continue: long,
          creating: long,
          waiting: long,
          error: long,
          empty_cart: long,
          lmn: long,
        },
      ],
    ];
    for (const [state, enter] of Object.entries(STATES))
      for (const [title, strings] of texts)
        it(`of 320 pixels clips nothing of a button that is ${state}, with ${title}`, async () => {
          const button = await enter(endpoint, strings && { strings });
          const background = button.parentElement!;
          // WCAG 1.4.12, for the properties that an element inherits.
          background.style.cssText = 'width: 320px';
          button.style.cssText = 'letter-spacing: 0.12em; word-spacing: 0.16em';
          const { left, right } = background.getBoundingClientRect();
          for (const shown of button.shadowRoot!.querySelectorAll<HTMLElement>(
            'button, [part], [role="alert"]',
          )) {
            const rect = shown.getBoundingClientRect();
            expect(rect.left, shown.outerHTML).to.be.at.least(left);
            expect(rect.right, shown.outerHTML).to.be.at.most(right + 0.5);
            if (!(shown instanceof HTMLElement) || getComputedStyle(shown).display === 'inline') continue;
            expect(shown.scrollWidth, shown.outerHTML).to.be.at.most(shown.clientWidth);
            expect(shown.scrollHeight, shown.outerHTML).to.be.at.most(shown.clientHeight + 1);
          }
          expect(background.scrollWidth).to.be.at.most(320);
        });
  });
});
