import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { Clock } from './clock.js';
import { ADA, EVERYTHING, missing, pressAndBeAsked } from './details-page.js';
import { Endpoint } from './endpoint.js';

/** Every theme, on every kind of page that changes something of it. */
const LOOKS = [
  ['auto', 'light'],
  ['auto', 'dark'],
  ['light', 'dark'],
  ['dark', 'light'],
  ['outline', 'light'],
  ['outline', 'dark'],
] as const;

/** Takes the dialog through all its states in every look, in one language: a file each, as axe takes its time. */
export function testWithAxe(locale: string, slow: string): void {
  describe(`axe finds nothing wrong with the dialog in ${locale}`, () => {
    let endpoint: Endpoint;
    beforeEach(() => (endpoint = new Endpoint()));
    afterEach(() => endpoint.restore());

    for (const [theme, colorScheme] of LOOKS) {
      const where = `${theme} on a ${colorScheme} page`;
      const open = async () => {
        endpoint.answersInTurn(missing([...EVERYTHING, 'billing_info']));
        const [button, dialog] = await pressAndBeAsked({ theme, locale });
        button.parentElement!.style.colorScheme = colorScheme;
        return { button, dialog };
      };

      it(`asked, and answered wrongly with another billing address: ${where}`, async () => {
        const { button, dialog } = await open();
        await expect(button).to.be.accessible();
        await dialog.billElsewhere();
        dialog.submit();
        await dialog.complains();
        await expect(button).to.be.accessible();
      });

      it(`sending for long, and refused: ${where}`, async () => {
        const { button, dialog } = await open();
        const release = endpoint.holds();
        const clock = new Clock();
        try {
          dialog.submit(ADA);
          await clock.until(5_000);
          clock.advance(5_000);
          await dialog.tells(slow);
        } finally {
          clock.restore();
        }
        await expect(button).to.be.accessible();
        release(missing(['shipping_info.city'], 'invalid_format'));
        await dialog.complains();
        await expect(button).to.be.accessible();
      });
    }
  });
}
