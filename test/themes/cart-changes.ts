import { buttonCountFailures, failuresOf, onPageAndDrawer, type Situation } from './situation.js';
import type { Visit } from './visit.js';

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const MONITOR_CENTS = 4995;

/** Returns a failure unless the badge of our button shows the cart's amount. */
async function badgeTextFailures(visit: Visit, monitors: number): Promise<string[]> {
  const [button] = await visit.ours();
  const amount = dollars(monitors * MONITOR_CENTS);
  return failuresOf([
    Boolean(button?.text.includes(amount)),
    `the words of our button do not say ${amount}: "${button?.text}"`,
  ]);
}

const QUANTITY = onPageAndDrawer('quantity up three times', async ({ open }) => {
  const visit = await open({
    lines: [
      { id: 1, quantity: 1 },
      { id: 2, quantity: 1 },
    ],
  });
  const hasWallet = await visit.page.evaluate(() => window.themePage.rememberWallet());
  const failures: string[] = [];
  for (const quantity of [2, 3, 4]) {
    await visit.addOne();
    const isChanged = await visit.cartIs({ 1: quantity, 2: 1 });
    await visit.settle();
    await visit.loadOurs();
    const when = ` at quantity ${quantity}`;
    const isWalletAlive = !hasWallet || (await visit.page.evaluate(() => window.themePage.hasSameWallet()));
    failures.push(
      ...failuresOf([isChanged, `the theme did not change the cart${when}`]),
      ...(await buttonCountFailures(visit, 1, when)),
      ...(await badgeTextFailures(visit, quantity)),
      ...failuresOf([isWalletAlive, `the theme's wallet is another element${when}`]),
    );
  }
  return failures;
});

const REMOVAL = onPageAndDrawer('removed to an empty cart, and refilled', async ({ open }) => {
  const visit = await open({ lines: [{ id: 1, quantity: 1 }] });
  await visit.press('remove');
  const isEmpty = await visit.cartIs({});
  await visit.settle();
  const { length: whileEmpty } = await visit.ours();
  await visit.page.evaluate(async () => {
    await window.themePage.addToCart(1);
    await window.themePage.renderAgain();
  });
  await visit.settle();
  await visit.seeCart();
  await visit.loadOurs();
  return [
    ...failuresOf(
      [isEmpty, 'the theme did not empty the cart'],
      [whileEmpty <= 1, `${whileEmpty} buttons of ours while the cart is empty`],
    ),
    ...(await buttonCountFailures(visit, 1, ' after the refill')),
  ];
});

/** Changes of the cart by the theme's own controls. */
export const CART_CHANGES: Situation[] = [...QUANTITY, ...REMOVAL];
