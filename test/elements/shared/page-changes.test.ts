import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import { Endpoint } from '../support/endpoint.js';
import { openFrame } from '../support/frame.js';
import {
  untilRendered,
  control,
  mount,
  nextEvent,
  visibleText,
  splitCart,
  preventNavigation,
  nextTask,
} from '../support/page.js';

describe('a page that changes its language', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => {
    endpoint.restore();
    document.documentElement.lang = 'en';
  });

  it('changes the texts, and changes them back', async () => {
    const button = await mount();
    document.documentElement.lang = 'es';
    await untilRendered(button, () => visibleText(button).startsWith('Pagar'));
    document.documentElement.lang = 'en';
    await untilRendered(button, () => visibleText(button).startsWith('Pay'));
  });

  it('changes the texts when a nearer lang changes, also in a shadow root', async () => {
    const button = await mount();
    const place = button.parentElement!;
    const inner = document.createElement('div');
    place.attachShadow({ mode: 'open' }).append(inner);
    inner.append(button);
    inner.lang = 'es';
    await untilRendered(button, () => visibleText(button).startsWith('Pagar'));
    inner.removeAttribute('lang');
    await untilRendered(button, () => visibleText(button).startsWith('Pay'));
  });
});

describe('a cart function', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('is not called when it is replaced, but on refresh() and on a press', async () => {
    let calls = 0;
    const newFunction = () => async () => (calls++, splitCart());
    const button = await mount({ cart: newFunction() });
    preventNavigation(button);
    expect(calls).to.equal(1);
    for (let i = 0; i < 10; i++) {
      button.cart = newFunction();
      await button.updateComplete;
    }
    expect(calls).to.equal(1);
    await button.refresh();
    expect(calls).to.equal(2);
    await button.checkout();
    expect(calls).to.equal(3);
  });

  it('is called at once when it replaces a cart', async () => {
    let calls = 0;
    const button = await mount();
    button.cart = () => (calls++, splitCart());
    await button.updateComplete;
    expect(calls).to.equal(1);
  });
});

describe('click()', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('presses the button, and fires one event', async () => {
    const button = await mount();
    preventNavigation(button);
    let clicks = 0;
    button.addEventListener('click', () => clicks++);
    const fired = nextEvent(button, 'hsa-checkout-session');
    button.click();
    await fired;
    expect(clicks).to.equal(1);
    expect(endpoint.sent).to.have.length(1);
  });

  it('does nothing before the button is connected', () => {
    document.createElement('hsa-checkout-button').click();
    expect(endpoint.sent).to.have.length(0);
  });

  it('does nothing while it is disabled', async () => {
    const button = await mount({ disabled: true });
    button.click();
    await nextTask();
    expect(endpoint.sent).to.have.length(0);
  });
});

describe('moved into the document of a frame', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  it('keeps its styles in the frame, and after its return', async () => {
    const button = await mount();
    const home = button.parentElement!;
    const frame = await openFrame({ srcdoc: '<!doctype html><html lang="en"><title>frame</title></html>' });
    for (const place of [frame.contentDocument!.body, home]) {
      place.append(button);
      await button.updateComplete;
      const view = button.ownerDocument.defaultView!;
      expect(view.getComputedStyle(control(button)).minHeight).to.equal('48px');
    }
    button.remove();
  });

  it('has its styles when it was created in the frame', async () => {
    const frame = await openFrame({ srcdoc: '<!doctype html><html lang="en"><title>frame</title></html>' });
    const button = document.createElement('hsa-checkout-button');
    Object.assign(button, { endpoint: '/api/checkout', cart: splitCart() });
    frame.contentDocument!.body.append(button);
    await button.updateComplete;
    expect(frame.contentWindow!.getComputedStyle(control(button)).minHeight).to.equal('48px');
  });
});

describe('in a DOM without attachInternals', () => {
  it('works without custom states', async () => {
    const { attachInternals } = HTMLElement.prototype;
    const endpoint = new Endpoint();
    try {
      delete (HTMLElement.prototype as Partial<HTMLElement>).attachInternals;
      const button = await mount();
      preventNavigation(button);
      await button.checkout();
      expect(endpoint.sent).to.have.length(1);
    } finally {
      HTMLElement.prototype.attachInternals = attachInternals;
      endpoint.restore();
    }
  });
});
