import { expect } from '@open-wc/testing';
import { sendKeys } from '../support/browser-commands.js';
import { nextPage } from '../elements/support/frame.js';
import { control } from '../elements/support/page.js';
import { Storefront } from './storefront.js';

const placed = (shop: Storefront) => [...shop.document.querySelectorAll<HTMLElement>('hsa-placed')];
const checkout = (shop: Storefront, where = 'main') =>
  shop.document.querySelector<HTMLElement>(`${where} .ctas [name="checkout"]`)!;
const box = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};
/** Waits two frames, in which mutations, size changes and their effects are handled. */
const settled = async (shop: Storefront) => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => shop.window.requestAnimationFrame(resolve));
};
const expectFocus = ({ document }: Storefront, element: Element): void => {
  expect(document.activeElement === element, `focus is on ${document.activeElement?.outerHTML}`).to.equal(
    true,
  );
};
const insert = (shop: Storefront, place: Element, html: string) => {
  place.insertAdjacentHTML('beforeend', html);
  return place.lastElementChild as HTMLElement;
};

describe('a placed button', () => {
  for (const structure of ['row', 'grid wallet', 'row wallet', 'grid wallet-below', 'float', 'wrap'])
    it(`does not change the theme’s controls (${structure})`, async () => {
      const without = await Storefront.open(`cart?with=${structure}`);
      const boxes = (shop: Storefront) =>
        [...shop.document.querySelectorAll('.ctas > button, .wallet, .below')].map(box);
      const before = boxes(without);
      const shop = await Storefront.open(`cart?with=${structure}&embed`);
      const button = await shop.button('main');
      await settled(shop);
      expect(boxes(shop)).to.deep.equal(before);
      const own = box(button);
      const theirs = before[0]!;
      if (structure !== 'float') expect([own.x, own.width]).to.deep.equal([theirs.x, theirs.width]);
      const last = before.at(-1)!;
      expect(own.y).to.be.at.least(last.y + last.height);
      expect(shop.document.documentElement.scrollWidth).to.equal(700);
      const { x, y, width, height } = box(checkout(shop));
      for (const at of [2, height / 2, height - 2])
        expect(shop.document.elementFromPoint(x + width / 2, y + at) === checkout(shop)).to.equal(true);
    });

  it('is no wider than a narrow column, and wide enough beside a small button', async () => {
    const shop = await Storefront.open('cart?embed');
    const button = await shop.button('main');
    await settled(shop);
    expect(box(button).width).to.equal(280);
    shop.document.querySelector<HTMLElement>('form')!.style.width = '200px';
    await settled(shop);
    expect(box(button).width).to.equal(200);
  });

  it('is the same element after the theme has morphed its section, and so is the wallet', async () => {
    const shop = await Storefront.open('cart?with=grid wallet&embed');
    const button = await shop.button('main');
    const wallet = shop.document.querySelector('shop-wallet')!;
    for (let i = 0; i < 3; i++) {
      await shop.morphSection('main');
      await settled(shop);
      expect(placed(shop)).to.have.length(1);
      expect(wallet.isConnected && button.isConnected).to.equal(true);
    }
    expect(shop.document.querySelectorAll('shop-wallet')).to.have.length(1);
  });

  it('is placed once, whatever another app inserts beside the checkout button', async () => {
    const shop = await Storefront.open('cart?embed');
    await shop.button('main');
    const reinsert = () => {
      const other = shop.document.createElement('div');
      other.className = 'other-app';
      checkout(shop).after(other);
    };
    for (let i = 0; i < 5; i++) {
      reinsert();
      await settled(shop);
    }
    expect(placed(shop)).to.have.length(1);
    expect(placed(shop)[0]!.isConnected).to.equal(true);
  });

  it('is not placed endlessly against a script that removes it, until the shopper acts', async () => {
    const shop = await Storefront.open('cart?embed');
    await shop.button('main');
    let removed = 0;
    const observer = new shop.window.MutationObserver(() => {
      for (const block of placed(shop)) {
        block.remove();
        removed++;
      }
    });
    observer.observe(shop.document, { childList: true, subtree: true });
    placed(shop)[0]!.remove();
    await shop.until(() => removed >= 49);
    await settled(shop);
    const until = removed;
    await settled(shop);
    expect(removed).to.equal(until);
    expect(removed).to.be.below(60);
    observer.disconnect();
    shop.document.body.dispatchEvent(new shop.window.PointerEvent('pointerdown', { bubbles: true }));
    insert(shop, shop.document.body, '<p></p>');
    await shop.until(() => placed(shop).length === 1);
  });

  it('moves with the checkout button, and is removed with it', async () => {
    const shop = await Storefront.open('cart?embed');
    const button = await shop.button('main');
    const bar = insert(
      shop,
      shop.document.querySelector('main')!,
      '<div id="shopify-section-bar" style="position: sticky; bottom: 0"></div>',
    );
    const theirs = checkout(shop);
    bar.append(theirs);
    await shop.until(() => button.closest('#shopify-section-bar'));
    expect(placed(shop)).to.have.length(1);
    theirs.remove();
    await shop.until(() => placed(shop).length === 0);
    bar.append(theirs);
    await shop.until(() => placed(shop).length === 1);
  });

  it('is placed only while the checkout button is visible', async () => {
    const shop = await Storefront.open('cart?with=hidden&embed');
    await shop.button('main');
    await settled(shop);
    expect(placed(shop).map(({ parentElement }) => parentElement!.className)).to.deep.equal(['ctas']);
    checkout(shop).style.display = 'none';
    await shop.until(() => placed(shop).length === 0);
    checkout(shop).style.display = '';
    await shop.until(() => placed(shop).length === 1);
  });

  it('is placed only at the shop’s own checkout controls', async () => {
    const shop = await Storefront.open('cart?embed');
    await shop.button('main');
    const links = insert(shop, shop.document.querySelector('main')!, '<div></div>');
    for (const href of [
      '/pages/checkout',
      'https://help.example.com/checkout?x=1',
      'https://shop.app/checkout/1',
      'checkout-help',
      'javascript:checkout()',
      'https://[/checkout',
    ])
      links.append(
        Object.assign(shop.document.createElement('p'), { innerHTML: `<a href="${href}">Checkout</a>` }),
      );
    insert(shop, shop.document.body, `<nav><p><a href="/checkout">Checkout</a></p></nav>`);
    insert(shop, shop.document.body, `<footer><p><a href="/checkout">Checkout</a></p></footer>`);
    insert(shop, links, '<p><input type="hidden" name="checkout"></p>');
    await settled(shop);
    expect(placed(shop)).to.have.length(1);
    const own = insert(
      shop,
      shop.document.body,
      `<aside><a href="${shop.root}checkout?step=1">Check out</a></aside>`,
    );
    await shop.until(() => own.querySelector('hsa-placed'));
    const app = insert(
      shop,
      shop.document.body,
      '<aside><button class="rebuy-cart__checkout-button">Checkout</button></aside>',
    );
    await shop.until(() => app.querySelector('hsa-placed'));
    expect(placed(shop)).to.have.length(3);
  });

  it('is also placed at the built-in matches when the merchant sets a selector', async () => {
    const shop = await Storefront.open(`cart?embed=${encodeURIComponent('.my-cart-app')}`);
    await shop.button('main');
    const app = insert(shop, shop.document.body, '<aside><button class="my-cart-app">Pay</button></aside>');
    await shop.until(() => app.querySelector('hsa-placed'));
    expect(placed(shop)).to.have.length(2);
  });
});

describe('a placed button in a drawer with a focus trap', () => {
  /** Dawn’s focus trap, which collects its elements when the drawer opens or is rendered again. */
  const trap = (shop: Storefront) => {
    const drawer = shop.document.querySelector('cart-drawer')!;
    const elements = [
      ...drawer.querySelectorAll<HTMLElement>(
        'summary, a[href], button:enabled, [tabindex]:not([tabindex^="-"]), input:enabled',
      ),
    ];
    const [first, last] = [elements[0]!, elements.at(-1)!];
    const onKeydown = (event: KeyboardEvent) => {
      if (event.code !== 'Tab') return;
      if (event.target === last && !event.shiftKey) {
        event.preventDefault();
        first.focus();
      } else if (event.target === first && event.shiftKey) {
        event.preventDefault();
        last.focus();
      }
    };
    shop.document.addEventListener('keydown', onKeydown);
    first.focus();
    return { first, last, end: () => shop.document.removeEventListener('keydown', onKeydown) };
  };

  it('is reached by Tab, and Tab from it stays in the drawer', async () => {
    const shop = await Storefront.open('cart?drawer=&embed');
    const button = await shop.button('cart-drawer');
    const { first } = trap(shop);
    await sendKeys({ press: 'Shift+Tab' });
    expectFocus(shop, button);
    await sendKeys({ press: 'Tab' });
    expectFocus(shop, first);
  });

  it('is reached by Tab when the drawer was rendered again just before it was placed', async () => {
    const shop = await Storefront.open('cart?drawer=&embed');
    const button = await shop.button('cart-drawer');
    const next = await shop.fetchSection('drawer');
    // In one task, as Dawn does after a change of the quantity. The button is placed after it.
    shop.section('drawer').replaceWith(shop.document.adoptNode(next));
    const { first, last } = trap(shop);
    expect(last).to.equal(checkout(shop, 'cart-drawer'));
    await shop.until(() => button.closest('cart-drawer'));
    last.focus();
    await sendKeys({ press: 'Tab' });
    expectFocus(shop, button);
    await sendKeys({ press: 'Tab' });
    expectFocus(shop, first);
    await sendKeys({ press: 'Shift+Tab' });
    expectFocus(shop, button);
    const payment = nextPage(shop.frame);
    await sendKeys({ press: 'Enter' });
    await payment;
  });

  it('has the same position in the trap before and after it is loaded', async () => {
    const shop = await Storefront.open('cart?drawer=&embed&far');
    const tag = await shop.until(() =>
      shop.document.querySelector<HTMLElement>('cart-drawer hsa-checkout-button'),
    );
    const { last } = trap(shop);
    expect(last === tag).to.equal(true);
    tag.focus();
    const button = await shop.button('cart-drawer');
    expect(button.tabIndex).to.equal(0);
    expect(control(button).localName).to.equal('button');
  });
});
