import { failing, onBoth, type Situation } from './situation.js';
import type { Visit } from './visit.js';

/** Presses our button and says where a session was opened all the same. */
async function passedFailures(visit: Visit, gate: string): Promise<string[]> {
  await visit.pressOurs();
  await visit.settle();
  const { length } = visit.shop.app.keys;
  return failing([length === 0, `a press opens a session, ${gate}`]);
}

const DISABLED = onBoth('disabled checkout button', async ({ open }) => {
  const visit = await open();
  await (await visit.control('checkout')).evaluate((button) => button.setAttribute('disabled', ''));
  await visit.settle();
  return passedFailures(visit, "though the theme's button is disabled");
});

const TERMS = onBoth('required terms box', async ({ open }) => {
  const visit = await open();
  await (
    await visit.control('checkout')
  ).evaluate((button) => {
    const { form } = button as HTMLButtonElement;
    form?.insertAdjacentHTML(
      'beforeend',
      '<p><label><input type="checkbox" id="terms" required> I agree</label></p>',
    );
  });
  await visit.settle();
  const failures = await passedFailures(visit, 'though the terms box is not ticked');
  const isSaid = await visit.page.evaluate(
    () => (window.themePage.lastInvalid() as Partial<Element> | null)?.id === 'terms',
  );
  if (visit.shop.app.keys.length) return failures;
  await visit.page.evaluate(() => document.querySelector<HTMLInputElement>('#terms')!.click());
  await visit.pressOurs();
  return failing(
    [isSaid, 'the browser says nothing at the terms box'],
    [await visit.isPaying(), 'a press does not lead to the payment page, though the terms box is ticked'],
  );
});

/** What the merchant has put before the checkout holds for our button, too. */
export const GATES: Situation[] = [...DISABLED, ...TERMS];
