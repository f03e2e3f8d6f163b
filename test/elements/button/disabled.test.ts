import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/index.js';
import type { CheckoutButton } from '../../../src/index.js';
import { Endpoint } from '../support/endpoint.js';
import { control, mount, splitCart, preventNavigation } from '../support/page.js';

describe('a disabled button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  /** The disabled state in four ways: the property, the attribute, the control, and the effect of a press. */
  async function expectUsable(button: CheckoutButton, isUsable: boolean): Promise<void> {
    await button.updateComplete;
    expect(button.disabled).to.equal(!isUsable);
    expect(button.hasAttribute('disabled')).to.equal(!isUsable);
    expect(control(button).disabled).to.equal(!isUsable);
    expect(button.matches(':disabled')).to.equal(!isUsable);
    preventNavigation(button);
    const before = endpoint.sent.length;
    await button.checkout();
    expect(endpoint.sent.length - before).to.equal(isUsable ? 1 : 0);
  }

  /** A button in markup with the attribute, as a server renders it. */
  async function mountDisabled(): Promise<CheckoutButton> {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = '<hsa-checkout-button endpoint="/api/checkout" disabled></hsa-checkout-button>';
    const button = place.querySelector('hsa-checkout-button')!;
    button.cart = splitCart();
    return button;
  }

  it('is enabled by the property after the attribute disabled it', async () => {
    const button = await mountDisabled();
    await expectUsable(button, false);
    button.disabled = false;
    await expectUsable(button, true);
  });

  it('is enabled by the attribute after the property disabled it, in one task', async () => {
    const button = await mount();
    button.disabled = true;
    button.removeAttribute('disabled');
    await expectUsable(button, true);
  });

  it('is disabled and enabled any number of times, in either way', async () => {
    const button = await mount({ disabled: true });
    await expectUsable(button, false);
    button.toggleAttribute('disabled');
    await expectUsable(button, true);
    button.setAttribute('disabled', 'false');
    await expectUsable(button, false);
    button.disabled = undefined;
    await expectUsable(button, true);
    button.disabled = true;
    await expectUsable(button, false);
  });

  it('stays disabled in a disabled fieldset when its own attribute is removed', async () => {
    const button = await mountDisabled();
    const fieldset = Object.assign(document.createElement('fieldset'), { disabled: true });
    button.replaceWith(fieldset);
    fieldset.append(button);
    button.disabled = false;
    await button.updateComplete;
    expect(control(button).disabled).to.equal(true);
    fieldset.disabled = false;
    await expectUsable(button, true);
  });

  it('keeps the property that the page set before the element was defined', async () => {
    class Late extends (customElements.get('hsa-checkout-button') as typeof CheckoutButton) {}
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.innerHTML = '<late-disabled endpoint="/api/checkout" disabled></late-disabled>';
    const button = Object.assign(place.firstElementChild as CheckoutButton, {
      cart: splitCart(),
      disabled: false,
    });
    customElements.define('late-disabled', Late);
    await expectUsable(button, true);
  });
});
