import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import { emulateMedia } from '../../support/browser-commands.js';
import { contrast, contrastsOf } from '../support/contrast.js';
import { ADA, DetailsPage, ALL_FIELDS, missingFields, pressAndOpenDialog } from './details-page.js';
import { Endpoint } from '../support/endpoint.js';
import { openFrame } from '../support/frame.js';

const ALL = [...ALL_FIELDS, 'billing_info'];
const THEMES = ['auto', 'light', 'dark', 'outline'] as const;
const SCHEMES = ['light', 'dark'] as const;

/** Fills in all fields. */
const FILLED = { ...ADA, 'shipping_info.address_line_2': 'Apt 4' };

describe('the details dialog', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  const open = async (
    properties?: Partial<CheckoutButton>,
    page: { colorScheme?: string; dir?: string; lang?: string } = {},
  ): Promise<[CheckoutButton, DetailsPage]> => {
    endpoint.respondInOrder(missingFields(ALL));
    const [button, dialog] = await pressAndOpenDialog(properties);
    const { colorScheme = '', dir = '', lang = '' } = page;
    const place = button.parentElement!;
    place.style.colorScheme = colorScheme;
    Object.assign(place, { dir, lang });
    button.requestUpdate();
    await button.updateComplete;
    return [button, dialog];
  };

  for (const theme of THEMES)
    for (const colorScheme of SCHEMES)
      it(`has contrast 4.5 for text and 3 for edges, ${theme} on a ${colorScheme} page`, async () => {
        const [, dialog] = await open({ theme }, { colorScheme });
        dialog.submit();
        await dialog.untilErrors();
        const { backgroundColor: surface, color } = getComputedStyle(dialog.dialog);
        expect(contrast(color, surface)).to.be.at.least(4.5);
        for (const text of dialog.root.querySelectorAll('[data-error], p, label span'))
          expect(contrastsOf(text, surface).text, text.outerHTML).to.be.at.least(4.5);
        for (const entry of [...Object.values(dialog.fields), dialog.button('Continue to payment')]) {
          const { text, edge } = contrastsOf(entry, surface);
          expect(text, entry.outerHTML).to.be.at.least(4.5);
          expect(edge, entry.outerHTML).to.be.at.least(3);
        }
      });

  it('has borders in forced colours, and a thicker one around an invalid field', async () => {
    const isForced = await emulateMedia({ forcedColors: 'active' });
    const [, dialog] = await open();
    dialog.submit();
    await dialog.untilErrors();
    const probe = document.createElement('p');
    probe.style.background = 'Canvas';
    dialog.dialog.append(probe);
    const canvas = getComputedStyle(probe).backgroundColor;
    const isSeen = (element: Element) => {
      const { borderTopStyle, borderTopColor, borderTopWidth } = getComputedStyle(element);
      return (
        borderTopStyle === 'solid' && parseFloat(borderTopWidth) >= 1 && contrast(borderTopColor, canvas) >= 3
      );
    };
    for (const entry of [...Object.values(dialog.fields), dialog.button('Continue to payment')])
      expect(isSeen(entry), entry.outerHTML).to.equal(true);
    // Elements that have no border otherwise. WebKit's driver cannot emulate forced colours.
    expect(isSeen(dialog.dialog)).to.equal(isForced);
    expect(isSeen(dialog.button('Cancel'))).to.equal(isForced);
    const width = (path: string) => parseFloat(getComputedStyle(dialog.fields[path]!).borderTopWidth);
    expect(width('customer.email')).to.be.greaterThan(width('shipping_info.address_line_2'));
  });

  it('animates nothing with reduced motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const [, dialog] = await open();
    expect(dialog.dialog.getAnimations({ subtree: true }).length).to.equal(0);
    endpoint.holdResponses();
    dialog.submit(FILLED);
    await dialog.untilStatus('Opening checkout…');
    expect(dialog.dialog.getAnimations({ subtree: true }).length).to.equal(0);
  });

  describe('on a right-to-left page', () => {
    const at = (element: Element) => element.getBoundingClientRect();

    it('is right to left with the page’s own texts, and a phone number is left to right', async () => {
      endpoint.respondInOrder(missingFields([...ALL, 'customer.phone']));
      const [button, dialog] = await pressAndOpenDialog({ strings: { city: 'עיר' } });
      button.parentElement!.dir = 'rtl';
      dialog.submit({ 'customer.phone': '+1 555 0100' });
      await dialog.untilErrors();
      const { fields } = dialog;
      expect(at(fields['customer.last_name']!).right).to.be.at.most(at(fields['customer.first_name']!).left);
      expect(at(fields['shipping_info.state']!).right).to.be.at.most(at(fields['shipping_info.city']!).left);
      const box = dialog.root.querySelector('[type="checkbox"]')!;
      expect(at(box).right).to.be.closeTo(at(box.parentElement!).right, 1);
      expect(at(dialog.button('Cancel')).right).to.be.at.most(at(dialog.button('Continue to payment')).left);
      expect(getComputedStyle(dialog.dialog).textAlign).to.match(/start|right/);
      expect(getComputedStyle(fields['customer.phone']!).unicodeBidi).to.equal('plaintext');
    });

    it('is left to right with the built-in texts', async () => {
      const [, dialog] = await open({}, { dir: 'rtl', lang: 'he' });
      expect(getComputedStyle(dialog.dialog).direction).to.equal('ltr');
      const { fields } = dialog;
      expect(at(fields['customer.first_name']!).right).to.be.at.most(at(fields['customer.last_name']!).left);
    });
  });

  for (const lang of ['en', 'es'])
    it(`clips nothing on a screen of 320 by 480 pixels, has large enough targets, and scrolls: ${lang}`, async () => {
      const frame = await openFrame({ src: `/shop/script-tag/cart?lang=${lang}` });
      frame.style.cssText = 'width: 320px; height: 480px; border: 0';
      const { customElements, document: page } = frame.contentWindow as Window & typeof globalThis;
      await customElements.whenDefined('hsa-checkout-button');
      const button = page.querySelector('hsa-checkout-button')!;
      button.endpoint += '?guest';
      await button.updateComplete;
      void button.checkout();
      const details = await DetailsPage.of(button);
      const { dialog, root } = details;
      for (const animation of dialog.getAnimations()) animation.finish();
      details.submit();
      await details.untilErrors();
      const { left, top, right, bottom } = dialog.getBoundingClientRect();
      expect(Math.min(left, top)).to.be.at.least(0);
      expect(right).to.be.at.most(320);
      expect(bottom).to.be.at.most(480);
      expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
      expect(dialog.scrollHeight).to.be.greaterThan(dialog.clientHeight);
      for (const shown of root.querySelectorAll(
        'h2, p, legend, label, input:not([type=hidden]), select, [data-error], button',
      )) {
        const rect = shown.getBoundingClientRect();
        expect(rect.left, shown.outerHTML).to.be.at.least(left);
        expect(rect.right, shown.outerHTML).to.be.at.most(right);
      }
      for (const target of root.querySelectorAll(
        'button, input:not([type=checkbox], [type=hidden]), select, .same',
      )) {
        const { width, height } = target.getBoundingClientRect();
        expect(Math.min(width, height), target.outerHTML).to.be.at.least(44);
      }
      const cancel = root.querySelector<HTMLButtonElement>('[type="button"]')!;
      cancel.scrollIntoView();
      expect(cancel.getBoundingClientRect().bottom).to.be.at.most(480);
    });
});
