import { failuresOf, onBoth, type Situation } from './situation.js';
import { DoesNotApply, type Visit } from './visit.js';

/** Presses our button and says where a session was opened all the same. */
async function passedFailures(visit: Visit, gate: string): Promise<string[]> {
  // A button that is gone cannot be pressed, which is as good.
  if ((await visit.ours()).length) await visit.pressOurs();
  await visit.settle();
  const { length } = visit.shop.app.keys;
  return failuresOf([length === 0, `a press opens a session, ${gate}`]);
}

const DISABLED = onBoth('disabled checkout button', async ({ open }) => {
  const visit = await open();
  await (await visit.control('checkout')).evaluate((button) => button.setAttribute('disabled', ''));
  await visit.settle();
  return passedFailures(visit, "though the theme's button is disabled");
});

const TERMS = onBoth('required terms box', async ({ open }) => {
  const visit = await open();
  const isChecked = await (
    await visit.control('checkout')
  ).evaluate((button) => {
    const { form } = button as HTMLButtonElement;
    form?.insertAdjacentHTML(
      'beforeend',
      '<p><label><input type="checkbox" id="terms" required> I agree</label></p>',
    );
    return Boolean(form && !form.noValidate);
  });
  // The theme's own button would not be stopped either.
  if (!isChecked) throw new DoesNotApply();
  await visit.settle();
  const failures = await passedFailures(visit, 'though the terms box is not ticked');
  const isSaid = await visit.page.evaluate(
    () => document.activeElement?.id === 'terms' && window.themePage.lastInvalid() === document.activeElement,
  );
  if (visit.shop.app.keys.length) return failures;
  await visit.page.evaluate(() => document.querySelector<HTMLInputElement>('#terms')!.click());
  await visit.pressOurs();
  return failuresOf(
    [isSaid, 'the browser says nothing at the terms box'],
    [await visit.isPaying(), 'a press does not lead to the payment page, though the terms box is ticked'],
  );
});

/** The merchant's conditions of the checkout hold for our button, too. */
export const GATES: Situation[] = [...DISABLED, ...TERMS];
