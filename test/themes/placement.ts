import type { Box, Control, OurButton } from './in-page/layout.js';
import { failuresOf, type Situation } from './situation.js';
import type { Visit } from './visit.js';

/** Window widths between the themes' breakpoints, in pixels. */
const WIDTHS = [390, 750, 990, 1280];
/** Minimum height of a touch target, in pixels. */
const MIN_HEIGHT = 40;
const LINES = [
  { id: 1, quantity: 2 },
  { id: 2, quantity: 1 },
];

/** Positions of the theme's controls and of our buttons. */
interface Layout {
  controls: Control[];
  width: number;
  ours: OurButton[];
  placedHeight: number;
}

const layoutOf = async (visit: Visit): Promise<Layout> => ({
  ours: await visit.ours(),
  ...(await visit.page.evaluate(() => ({
    controls: window.themePage.controlBoxes(),
    width: document.documentElement.scrollWidth,
    placedHeight: window.themePage.placedHeight(),
  }))),
});

const px = (value: number) => `${Math.round(value * 10) / 10} px`;
const isSame = (a: number, b: number) => Math.abs(a - b) < 0.5;

/** The differences of a theme's control with and without the extension. */
function moved(before: Control, after: Control | undefined, mayMoveBy: number): string[] {
  const name = `${before.name} ${before.number}`;
  if (!after) return [`the theme's ${name} is gone`];
  const sides = (['width', 'height', 'x'] as const).filter((side) => !isSame(before[side], after[side]));
  const rise = Math.abs(before.y - after.y);
  return [
    ...sides.map(
      (side) => `the theme's ${name} has ${side} ${px(after[side])}, without us ${px(before[side])}`,
    ),
    ...failuresOf([
      rise < mayMoveBy + 0.5,
      `the theme's ${name} is at y ${px(after.y)}, without us ${px(before.y)}`,
    ]),
  ];
}

const isWithin = (inner: Box, outer: Box) =>
  inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1;

/** The failures of the position of our button. */
const misplaced = (button: OurButton, windowWidth: number): string[] =>
  failuresOf(
    [
      isWithin(button, button.container),
      `our button (${px(button.x)} to ${px(button.x + button.width)}) runs out of its column ` +
        `(${px(button.container.x)} to ${px(button.container.x + button.container.width)})`,
    ],
    [button.x >= 0 && button.x + button.width <= windowWidth + 0.5, 'our button runs out of the window'],
    [!button.covers.length, `our button covers ${button.covers.join(', ')}`],
    [button.isOnTop, 'something covers our button'],
    [
      button.height >= MIN_HEIGHT,
      `our button is ${px(button.height)} high, at least ${MIN_HEIGHT} px expected`,
    ],
  );

function compare(
  before: Layout,
  after: Layout,
  surface: Situation['surface'],
  windowWidth: number,
): string[] {
  const mayMoveBy = surface === 'drawer' ? after.placedHeight : 0;
  const find = ({ name, number }: Control) =>
    after.controls.find((control) => control.name === name && control.number === number);
  const places = before.controls.filter(({ name }) => name === 'checkout').length;
  return [
    ...before.controls.flatMap((control) => moved(control, find(control), mayMoveBy)),
    ...failuresOf(
      [
        after.width <= Math.max(windowWidth, before.width),
        `the page is ${after.width} px wide in a window of ${windowWidth} px, without us ${before.width} px`,
      ],
      [
        after.ours.length === places,
        `${after.ours.length} buttons of ours for ${places} checkout buttons of the theme`,
      ],
    ),
    ...after.ours.flatMap((button) => misplaced(button, windowWidth)),
  ];
}

const placement = (surface: Situation['surface'], width: number): Situation => ({
  name: `placement at ${width} px, ${surface}`,
  surface,
  async run({ open, picture }) {
    const layouts: Layout[] = [];
    for (const hasEmbed of [false, true]) {
      const visit = await open({ width, hasEmbed, lines: LINES });
      layouts.push(await layoutOf(visit));
      await picture(visit, `${surface}-${width}-${hasEmbed ? 'with' : 'without'}`);
    }
    return compare(layouts[0]!, layouts[1]!, surface, width);
  },
});

/** The theme's controls do not change, and our button overlaps nothing. */
export const PLACEMENT: Situation[] = (['page', 'drawer'] as const).flatMap((surface) =>
  WIDTHS.map((width) => placement(surface, width)),
);
