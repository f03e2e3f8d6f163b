import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import { axeFindings } from '../support/axe.js';
import { Clock } from '../support/clock.js';
import { ADA, EVERYTHING, missing, pressAndBeAsked } from './details-page.js';
import { Endpoint } from '../support/endpoint.js';

/** Every theme, on every kind of page that changes something of it. */
const LOOKS = [
  ['auto', 'light'],
  ['auto', 'dark'],
  ['light', 'dark'],
  ['dark', 'light'],
  ['outline', 'light'],
  ['outline', 'dark'],
] as const;

/** What it says of a request that takes long. */
const SLOW = { en: 'Still working…', es: 'Un momento más…' };

for (const locale of ['en', 'es'] as const)
  describe(`axe finds nothing wrong with the dialog in ${locale}`, () => {
    let endpoint: Endpoint;
    beforeEach(() => (endpoint = new Endpoint()));
    afterEach(() => endpoint.restore());

    for (const [look, [theme, colorScheme]] of LOOKS.entries()) {
      const colorsOnly = look > 0;
      const where = `${theme} on a ${colorScheme} page`;
      const open = async () => {
        endpoint.answersInTurn(missing([...EVERYTHING, 'billing_info']));
        const [button, dialog] = await pressAndBeAsked({ theme, locale });
        button.parentElement!.style.colorScheme = colorScheme;
        return { button, dialog };
      };

      it(`open, with errors and another billing address: ${where}`, async () => {
        const { button, dialog } = await open();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
        await dialog.billElsewhere();
        dialog.submit();
        await dialog.complains();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
      });

      it(`sending for long, and rejected: ${where}`, async () => {
        const { button, dialog } = await open();
        const release = endpoint.holds();
        const clock = new Clock();
        try {
          dialog.submit(ADA);
          await clock.until(5_000);
          clock.advance(5_000);
          await dialog.tells(SLOW[locale]);
        } finally {
          clock.restore();
        }
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
        release(missing(['shipping_info.city'], 'invalid_format'));
        await dialog.complains();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
      });
    }
  });
