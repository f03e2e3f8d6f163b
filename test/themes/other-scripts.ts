import { buttonCountFailures, failuresOf, onPageAndDrawer, type Situation } from './situation.js';
import type { Visit } from './visit.js';

/** Returns a failure when the document has more buttons of ours than checkout buttons, visible or not. */
async function totalFailures(visit: Visit): Promise<string[]> {
  const { ours, places } = await visit.page.evaluate(() => window.themePage.totals());
  return failuresOf([
    ours <= places,
    `${ours} buttons of ours in the document for ${places} checkout buttons`,
  ]);
}

const BLOCK_AND_EMBED = onPageAndDrawer('block and embed together', async ({ open }) => {
  const visit = await open({ hasBlock: true });
  return buttonCountFailures(visit);
});

/** A script that keeps its own element right after each checkout button, for at most fifty attempts. */
const reinsertingScript = (name: string) => `{
  let attempts = 0;
  let isDue = false;
  const place = () => {
    isDue = false;
    for (const button of document.querySelectorAll('[name="checkout"]')) {
      if (button.nextElementSibling?.className === '${name}' || attempts++ > 50) continue;
      const block = button.parentElement.querySelector('.${name}') ?? document.createElement('div');
      block.className = block.textContent = '${name}';
      button.after(block);
    }
  };
  const onChange = () => {
    if (!isDue) requestAnimationFrame(place);
    isDue = true;
  };
  new MutationObserver(onChange).observe(document, { childList: true, subtree: true });
}`;

const otherApps = (name: string, script: string) =>
  onPageAndDrawer(name, async ({ open }) => {
    const visit = await open({ script });
    return [...(await buttonCountFailures(visit)), ...(await totalFailures(visit))];
  });

const OTHER_APP = otherApps('another app beside the checkout button', reinsertingScript('other-app'));
const TWO_APPS = otherApps(
  'two apps that insist on one place',
  reinsertingScript('first-app') + reinsertingScript('second-app'),
);

async function followFailures(visit: Visit): Promise<string[]> {
  const follows = await visit.page.evaluate(() => window.themePage.isBesideCheckout());
  return failuresOf([follows, "our button is not beside the theme's"]);
}

const STICKY = onPageAndDrawer('sticky bar that takes the button with it', async ({ open }) => {
  const visit = await open();
  const button = await visit.control('checkout');
  await button.evaluate((element) => {
    const bar = document.createElement('div');
    bar.style.cssText = 'position: fixed; inset: auto 0 0; z-index: 99; padding: 8px; background: #fff';
    (element.closest('dialog, [role="dialog"]') ?? document.body).append(bar);
    const place = document.createElement('span');
    place.id = 'place-of-the-button';
    element.replaceWith(place);
    bar.append(element);
  });
  await visit.settle();
  const inBar = [...(await buttonCountFailures(visit, 1, ' with the bar')), ...(await followFailures(visit))];
  await button.evaluate((element) => element.remove());
  await visit.settle();
  const without = await buttonCountFailures(visit, 0, ' without a checkout button');
  await button.evaluate((element) => document.querySelector('#place-of-the-button')!.replaceWith(element));
  await visit.settle();
  return [...inBar, ...without, ...(await buttonCountFailures(visit, 1, ' after the bar'))];
});

/** Markup of a theme with a second checkout button for another width, elsewhere or in the same container. */
const HIDDEN_COPY = `<div hidden><form action="/cart" method="post"><button name="checkout">Check out</button></form></div>`;

const HIDDEN_BEFORE = `document.addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll('[name="checkout"]'))
    button.parentElement.insertAdjacentHTML('afterbegin', '<span hidden><button name="checkout">Check out</button></span>');
});`;

const HIDDEN = onPageAndDrawer('hidden checkout button before the visible one', async ({ open }) => {
  const visit = await open({ bodyStart: HIDDEN_COPY, script: HIDDEN_BEFORE });
  return [...(await buttonCountFailures(visit)), ...(await followFailures(visit))];
});

const LINKS = `<nav id="foreign"><a href="/pages/checkout">How checkout works</a>
  <a href="https://help.example.com/checkout?x=1">Help</a>
  <a href="https://shop.app/checkout/1">Shop</a></nav>`;

const FOREIGN: Situation = {
  name: 'links to other pages named checkout',
  surface: 'page',
  async run({ open }) {
    const visit = await open({ bodyStart: LINKS });
    const count = await visit.page.evaluate(
      () => document.querySelectorAll('#foreign hsa-checkout-button').length,
    );
    return [
      ...failuresOf([count === 0, `${count} buttons of ours beside such links`]),
      ...(await buttonCountFailures(visit)),
    ];
  },
};

/** Other apps, other controls and other buttons of ours on the page. */
export const OTHER_SCRIPTS: Situation[] = [
  ...BLOCK_AND_EMBED,
  ...OTHER_APP,
  ...TWO_APPS,
  ...STICKY,
  ...HIDDEN,
  FOREIGN,
];
