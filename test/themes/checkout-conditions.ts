import { failuresOf, onPageAndDrawer, type Situation } from './situation.js';
import { DoesNotApply, type Visit } from './visit.js';

/** Presses our button. Returns a failure if a session was opened. */
async function openedFailures(visit: Visit, condition: string): Promise<string[]> {
  // A button that is not visible cannot be pressed, which is also correct.
  if ((await visit.ours()).length) await visit.pressOurs();
  await visit.settle();
  const { length } = visit.shop.app.keys;
  return failuresOf([length === 0, `a press opens a session, ${condition}`]);
}

const DISABLED = onPageAndDrawer('disabled checkout button', async ({ open }) => {
  const visit = await open();
  await (await visit.control('checkout')).evaluate((button) => button.setAttribute('disabled', ''));
  await visit.settle();
  return openedFailures(visit, "though the theme's button is disabled");
});

const TERMS = onPageAndDrawer('required terms box', async ({ open }) => {
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
  const failures = await openedFailures(visit, 'though the terms box is not ticked');
  const isReported = await visit.page.evaluate(
    () => document.activeElement?.id === 'terms' && window.themePage.lastInvalid() === document.activeElement,
  );
  if (visit.shop.app.keys.length) return failures;
  await visit.page.evaluate(() => document.querySelector<HTMLInputElement>('#terms')!.click());
  await visit.pressOurs();
  return failuresOf(
    [isReported, 'the browser says nothing at the terms box'],
    [await visit.isPaying(), 'a press does not lead to the payment page, though the terms box is ticked'],
  );
});

/** The theme's conditions for a checkout also apply to our button. */
export const CHECKOUT_CONDITIONS: Situation[] = [...DISABLED, ...TERMS];
