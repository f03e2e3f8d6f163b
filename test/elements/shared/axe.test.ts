import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import '../../../src/status.js';
import { expectConsole } from '../../support/browser-setup.js';
import { axeFindings } from '../support/axe.js';
import { STATES } from '../button/button-states.js';
import { Endpoint, json } from '../support/endpoint.js';
import { LOOKS, setBackground } from '../support/backgrounds.js';
import { label, untilMessage, untilRendered } from '../support/page.js';

describe('axe finds nothing wrong with', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const [state, enter] of Object.entries(STATES))
    for (const [look, [theme, background]] of LOOKS.entries())
      it(`a button that is ${state}, ${theme} on a ${background} page`, async () => {
        const button = await enter(endpoint, { theme });
        setBackground(button, background);
        expect(await axeFindings(button, { colorsOnly: look > 0 })).to.deep.equal([]);
      });

  for (const type of ['eligible', 'lmn', 'split', 'regular', 'unknown'] as const)
    for (const [look, [theme, background]] of LOOKS.entries())
      it(`a badge with the type ${type}, ${theme} on a ${background} page`, async () => {
        const badge = document.createElement('hsa-eligibility-badge');
        Object.assign(badge, { type, theme });
        await fixture<HTMLElement>(html`<div>${badge}</div>`);
        await badge.refresh();
        await badge.updateComplete;
        setBackground(badge, background);
        expect(await axeFindings(badge, { colorsOnly: look > 0 })).to.deep.equal([]);
      });

  for (const variant of ['plain', 'pill', 'card'] as const)
    for (const [look, [theme, background]] of LOOKS.entries())
      it(`a badge with the variant ${variant}, Learn more and an explanation, ${theme} on a ${background} page`, async () => {
        const badge = document.createElement('hsa-eligibility-badge');
        Object.assign(badge, { type: 'lmn', variant, theme, learnMore: true });
        badge.innerHTML = '<p slot="explanation">Not tax advice. Your plan administrator decides.</p>';
        await fixture<HTMLElement>(html`<div>${badge}</div>`);
        await untilRendered(badge, () => !!badge.shadowRoot!.querySelector('[part="learn-more"]'));
        setBackground(badge, background);
        expect(await axeFindings(badge, { colorsOnly: look > 0 })).to.deep.equal([]);
      });

  for (const [locale, words] of [
    ['es', 'Pagar con HSA/FSA'],
    ['zh-Hans', '使用 HSA/FSA 支付'],
  ] as const)
    for (const state of ['split', 'in error', 'confirm', 'unavailable'])
      it(`a button that is ${state}, in ${locale}`, async () => {
        const button = await STATES[state]!(endpoint, { locale, learnMore: true });
        await untilRendered(
          button,
          () => state === 'confirm' || !!label(button)?.textContent.includes(words),
        );
        expect(await axeFindings(button)).to.deep.equal([]);
      });

  const outcomes: [status: string, words: RegExp][] = [
    ['open', /^Confirming/],
    ['paid', /received/],
    ['expired', /expired/],
    ['failed', /go through/],
    ['cancelled', /cancelled/],
    ['refunded', /refunded/],
    ['offline', /Retrying/],
    ['missing', /find/],
  ];
  for (const [status, text] of outcomes)
    for (const [look, [theme, background]] of LOOKS.entries())
      it(`a status that is ${status}, ${theme} on a ${background} page`, async () => {
        endpoint.respondWith(() => json({ checkout_id: 'cs_1', status }, status === 'offline' ? 500 : 200));
        if (status === 'offline') expectConsole(/server_error/);
        if (status === 'missing') expectConsole(/invalid_config/);
        const element = Object.assign(document.createElement('hsa-checkout-status'), {
          endpoint: '/api/checkout',
          token: status === 'missing' ? undefined : 'token',
          retryHref: '/cart',
          continueHref: '/',
          theme,
        });
        await fixture<HTMLElement>(html`<div>${element}</div>`);
        await untilMessage(element, text);
        if (!/^(open|offline)$/.test(status))
          await untilRendered(element, () => !!element.shadowRoot!.querySelector('h2'));
        setBackground(element, background);
        expect(await axeFindings(element, { colorsOnly: look > 0 })).to.deep.equal([]);
      });
});
