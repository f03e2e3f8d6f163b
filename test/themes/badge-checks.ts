import { Color } from './colors.js';
import { failuresOf, onPageAndDrawer, type Situation } from './situation.js';
import { DoesNotApply, type Visit } from './visit.js';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics. */
const MIN_CONTRAST = { words: 4.5, mark: 3 };

const MIXED = [
  { id: 1, quantity: 1 },
  { id: 2, quantity: 1 },
];

const DARK = onPageAndDrawer('dark colour scheme', async ({ open, picture }) => {
  const visit = await open({ isDark: true, lines: MIXED });
  await picture(visit, `${visit.surface}-dark`);
  const colors = await visit.page.evaluate(() => window.themePage.badgeColors());
  if (!colors) return ['our button has no badge'];
  const background = await visit.groundOfBadge();
  // The theme's settings have no dark scheme.
  if (Color.parse(background)!.brightness > 127) throw new DoesNotApply();
  const ratios = await visit.page.evaluate(
    ({ words, mark, ground: background }) => ({
      words: window.themePage.contrast(words, background),
      mark: window.themePage.contrast(mark, background),
    }),
    { ...colors, ground: background },
  );
  return (['words', 'mark'] as const).flatMap((part) =>
    failuresOf([
      ratios[part] >= MIN_CONTRAST[part],
      `the ${part} of our badge: ${ratios[part].toFixed(1)} : 1 on ${background}, expected ${MIN_CONTRAST[part]} : 1`,
    ]),
  );
});

const TOTAL_CENTS = 4995 + 1999;

/** The amounts in a text, in cents. */
const amountsIn = (text: string) =>
  [...text.matchAll(/\$(\d+)\.(\d\d)/g)].map(([, units, cents]) => Number(units! + cents!));

async function discountFailures(visit: Visit, discountCents: number): Promise<string[]> {
  const [{ text = '' } = {}] = await visit.ours();
  const amounts = amountsIn(text);
  return failuresOf([
    !amounts.length || Math.max(...amounts) <= TOTAL_CENTS - discountCents,
    `the badge speaks of more than the cart costs: "${text}"`,
  ]);
}

const DISCOUNT = onPageAndDrawer('discount of the whole cart', async ({ open }) => {
  const visit = await open({ lines: MIXED, discountCents: 500 });
  return discountFailures(visit, 500);
});

/** The contrast and the amounts of our badge. */
export const BADGE_CHECKS: Situation[] = [...DARK, ...DISCOUNT];
