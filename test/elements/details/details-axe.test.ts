import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import { axeFindings } from '../support/axe.js';
import { Clock } from '../support/clock.js';
import { ADA, ALL_FIELDS, missingFields, pressAndOpenDialog } from './details-page.js';
import { Endpoint } from '../support/endpoint.js';

/** Each theme, on each page background that affects it. */
const LOOKS = [
  ['auto', 'light'],
  ['auto', 'dark'],
  ['light', 'dark'],
  ['dark', 'light'],
  ['outline', 'light'],
  ['outline', 'dark'],
] as const;

/** The text for a request that takes long. */
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
        endpoint.respondInOrder(missingFields([...ALL_FIELDS, 'billing_info']));
        const [button, dialog] = await pressAndOpenDialog({ theme, locale });
        button.parentElement!.style.colorScheme = colorScheme;
        return { button, dialog };
      };

      it(`open, with errors and another billing address: ${where}`, async () => {
        const { button, dialog } = await open();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
        await dialog.useOtherBillingAddress();
        dialog.submit();
        await dialog.untilErrors();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
      });

      it(`sending for long, and rejected: ${where}`, async () => {
        const { button, dialog } = await open();
        const release = endpoint.holdResponses();
        const clock = new Clock();
        try {
          dialog.submit(ADA);
          await clock.untilTimer(5_000);
          clock.advance(5_000);
          await dialog.untilStatus(SLOW[locale]);
        } finally {
          clock.restore();
        }
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
        release(missingFields(['shipping_info.city'], 'invalid_format'));
        await dialog.untilErrors();
        expect(await axeFindings(button, { colorsOnly })).to.deep.equal([]);
      });
    }
  });
