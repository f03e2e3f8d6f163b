import { setTimeout as sleep } from 'node:timers/promises';
import { failuresOf, onPageAndDrawer, type Situation } from './situation.js';
import type { Visit } from './visit.js';

/** Duration of a change of the cart during which our button is pressed, in milliseconds. */
const CHANGE_MS = 1500;
const NOTE = 'Ring twice, please';

/** Presses our button. Returns failures unless it opens one session for the shown cart. */
async function saleFailures(visit: Visit, shown: Record<string, number>): Promise<string[]> {
  await visit.pressOurs();
  return paidFailures(visit, shown);
}

async function paidFailures(visit: Visit, shown: Record<string, number>): Promise<string[]> {
  const isPaying = await visit.isPaying();
  const [{ text = '' } = {}] = isPaying ? [] : await visit.ours();
  const { opened } = visit.shop.app;
  const [sold, wanted] = [opened[0] ?? {}, shown].map((pieces) => JSON.stringify(pieces));
  return failuresOf(
    [isPaying, `a press does not lead to the payment page; our button says "${text}"`],
    [opened.length <= 1, `${opened.length} sessions for one press`],
    [!opened.length || sold === wanted, `sold ${sold}, shown ${wanted} (pieces by variant)`],
  );
}

const RENDERED_AGAIN = onPageAndDrawer('press while the cart is rendered again', async ({ open }) => {
  const visit = await open();
  const release = visit.shop.app.hold();
  await visit.pressOurs();
  await visit.until(() => visit.shop.app.keys.length > 0);
  for (let time = 1; time <= 2; time++) {
    await visit.page.evaluate(() => window.themePage.renderAgain());
    await visit.settle(1);
  }
  release();
  return paidFailures(visit, { 1: 1 });
});

const TYPED = onPageAndDrawer('quantity typed, and pressed at once', async ({ open }) => {
  const visit = await open();
  await visit.typeQuantity(3);
  return saleFailures(visit, { 1: 3 });
});

const PLUS = onPageAndDrawer('plus, and pressed 120 ms later', async ({ open }) => {
  const visit = await open();
  await visit.press('plus');
  await sleep(120);
  return saleFailures(visit, { 1: 2 });
});

const IN_FLIGHT = onPageAndDrawer('press while a change is in flight', async ({ open }) => {
  const visit = await open();
  visit.shop.changeLagMs = CHANGE_MS;
  await visit.press('plus');
  await visit.until(() => visit.shop.changes.length > 0);
  return saleFailures(visit, { 1: 2 });
});

const REMOVED = onPageAndDrawer('press while a removal is in flight', async ({ open }) => {
  const visit = await open({
    lines: [
      { id: 1, quantity: 1 },
      { id: 3, quantity: 1 },
    ],
  });
  visit.shop.changeLagMs = CHANGE_MS;
  await visit.press('remove');
  await visit.until(() => visit.shop.changes.length > 0);
  return saleFailures(visit, { 3: 1 });
});

const NOTED = onPageAndDrawer('note typed, and pressed at once', async ({ open }) => {
  const visit = await open();
  await visit.page.evaluate(() => window.themePage.openNote());
  await (await visit.control('note')).click();
  // The theme debounces the note, so that its request is pending after the typing.
  visit.shop.changeLagMs = CHANGE_MS;
  await visit.page.keyboard.type(NOTE);
  const failures = await saleFailures(visit, { 1: 1 });
  const [note] = visit.shop.notes;
  return [...failures, ...failuresOf([note === NOTE, `the note of the cart is "${note}" when it is sold`])];
});

/** The session is for the cart that the page shows, at every moment of a press. */
export const PRESSES: Situation[] = [
  ...RENDERED_AGAIN,
  ...TYPED,
  ...PLUS,
  ...IN_FLIGHT,
  ...REMOVED,
  ...NOTED,
];
