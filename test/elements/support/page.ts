import { fixture, html } from '@open-wc/testing';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';

/** One eligible monitor and two ordinary bottles: 49.95 of 89.93. */
export const splitCart = (): CheckoutCart => ({
  line_items: [
    {
      product_id: 'bp-monitor',
      name: 'Blood pressure monitor',
      price: 4995,
      quantity: 1,
      currency: 'USD',
      hsa_fsa_eligible: true,
    },
    {
      product_id: 'multivitamin',
      name: 'Multivitamin',
      price: 1999,
      quantity: 2,
      currency: 'USD',
      hsa_fsa_eligible: false,
    },
  ],
});

/** A cart whose lines are all of one kind. */
export const cartOf = (flags: { hsa_fsa_eligible?: boolean; requires_lmn?: boolean }): CheckoutCart => ({
  line_items: [{ product_id: 'one', price: 1000, quantity: 1, ...flags }],
});

/** The first part of a name in an element. */
export const part = (element: HTMLElement, name: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`)!;

/** The button inside: what a shopper presses. */
export const control = (element: HTMLElement): HTMLButtonElement =>
  element.shadowRoot!.querySelector('button')!;

/** What an element shows, its hidden texts left out. */
export const shows = (element: HTMLElement): string =>
  [...element.shadowRoot!.querySelectorAll('[part="label"], [part="badge"], [part="message"], [part="link"]')]
    .map((part) => part.textContent.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' | ');

/** What an assistive technology is told without focus. */
export const announced = (element: HTMLElement, role: 'status' | 'alert'): string =>
  element.shadowRoot!.querySelector(`[role="${role}"]`)!.textContent.trim();

/** A button on the page with a cart, once it has read it. */
export async function mount(properties: Partial<CheckoutButton> = {}): Promise<CheckoutButton> {
  const element = document.createElement('hsa-checkout-button');
  Object.assign(element, { endpoint: '/api/checkout', cart: splitCart() }, properties);
  const read = Promise.race([next(element, 'hsa-eligibility'), next(element, 'hsa-checkout-state')]);
  // Something focusable before it: WebKit hangs when the focus leaves the page's first element backwards.
  await fixture<HTMLElement>(html`<div><a href="#top">before</a>${element}<a href="#end">after</a></div>`);
  await read;
  await element.updateComplete;
  return element;
}

/** Keeps the page where it is: the last step of a checkout is told, and not taken. */
export function stay(element: EventTarget): void {
  element.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
}

let test = new AbortController();
afterEach(() => {
  test.abort();
  test = new AbortController();
});

/** The events of one name that reach the document during this test, as they come. */
export function record<K extends keyof HTMLElementEventMap>(name: K): HTMLElementEventMap[K][] {
  const events: HTMLElementEventMap[K][] = [];
  document.addEventListener(name, (event) => events.push(event as HTMLElementEventMap[K]), {
    signal: test.signal,
  });
  return events;
}

/** The next event of one name at an element. */
export function next<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
}

/** Waits until a button is in a state. */
export async function reaches(button: CheckoutButton, state: CheckoutButton['state']): Promise<void> {
  while (button.state !== state) await next(button, 'hsa-checkout-state');
  await button.updateComplete;
}

/** Waits until something holds of what is in an element's shadow root. */
export async function becomes(element: HTMLElement, isSo: () => boolean): Promise<void> {
  if (!element.shadowRoot) await turn();
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isSo()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element.shadowRoot!, { childList: true, characterData: true, subtree: true });
  });
}

/** Waits until the message of an element reads so. */
export function says(element: HTMLElement, words: string | RegExp): Promise<void> {
  const message = () => element.shadowRoot?.querySelector('[part="message"]')?.textContent.trim() ?? '';
  return becomes(element, () => (typeof words === 'string' ? message() === words : words.test(message())));
}

/** Waits until an element shows exactly these words. */
export function comesToShow(element: HTMLElement, words: string): Promise<void> {
  return becomes(element, () => !!element.shadowRoot && shows(element) === words);
}

/** One turn of the event loop: whatever was under way and waits for nothing from outside has happened after it. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });
