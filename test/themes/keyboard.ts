import { failuresOf, type Situation } from './situation.js';

/** More than the tab stops of any drawer. */
const TABS = 40;

/** The keyboard in the drawer, which has a focus trap. */
export const KEYBOARD: Situation[] = [
  {
    name: 'keyboard, drawer',
    surface: 'drawer',
    async run({ open }) {
      const visit = await open();
      const { keyboard } = visit.page;
      const place = () => visit.page.evaluate(() => window.themePage.focusPlace());
      const places: string[] = [];
      for (let i = 0; i < TABS; i++) {
        await keyboard.press('Tab');
        places.push(await place());
      }
      const outside = places.indexOf('outside');
      const failures = failuresOf(
        [places.includes('ours'), 'Tab does not reach our button'],
        [outside < 0, `Tab leaves the drawer, after ${places[outside - 1]}`],
      );
      if (!places.includes('ours')) return failures;
      for (let i = 0; i < TABS && (await place()) !== 'ours'; i++) await keyboard.press('Tab');
      await keyboard.press('Enter');
      return [...failures, ...failuresOf([await visit.isPaying(), 'Enter on our button does not pay'])];
    },
  },
];
