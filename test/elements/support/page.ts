import { fixture, html } from '@open-wc/testing';
import type { CheckoutButton, CheckoutCart } from '../../../src/index.js';

/** One eligible item and two regular ones: 49.95 of 89.93 dollars. */
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

/** A cart with one line. */
export const cartOf = (flags: { hsa_fsa_eligible?: boolean; requires_lmn?: boolean }): CheckoutCart => ({
  line_items: [{ product_id: 'one', price: 1000, quantity: 1, ...flags }],
});

/** The first element with this part name. */
export const part = (element: HTMLElement, name: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`)!;

/** The button in the shadow root. */
export const control = (element: HTMLElement): HTMLButtonElement =>
  element.shadowRoot!.querySelector('button')!;

/** Whether an element is painted: the labels of other states are in the button, too, but not visible. */
const isVisible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** The visible label of a button. */
export const label = (element: HTMLElement): HTMLElement =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part="label"]')].find(isVisible)!;

/** The visible texts of an element: label, badge, messages and link. */
export const visibleText = (element: HTMLElement): string =>
  [
    ...element.shadowRoot!.querySelectorAll(
      '[part="label"], [part="badge"], [part="message"], [part="price"], [part="outcome"], [part="link"]',
    ),
  ]
    .filter(isVisible)
    .map((part) => part.textContent.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' | ');

/** The text of a live region, which a screen reader announces. It ignores a hidden message. */
export function liveRegionText(element: HTMLElement, role: 'status' | 'alert'): string {
  const region = element.shadowRoot!.querySelector(`[role="${role}"]`)!;
  return region.querySelector('[hidden]') ? '' : region.textContent.trim();
}

/** Adds a button with a cart to the page, and waits until it has read the cart. */
export async function mount(properties: Partial<CheckoutButton> = {}): Promise<CheckoutButton> {
  const element = document.createElement('hsa-checkout-button');
  Object.assign(element, { endpoint: '/api/checkout', cart: splitCart() }, properties);
  const read = Promise.race([
    nextEvent(element, 'hsa-eligibility'),
    nextEvent(element, 'hsa-checkout-state'),
  ]);
  // With a focusable element before it, because WebKit hangs when the focus moves backwards from the first element of a page.
  await fixture<HTMLElement>(html`<div><a href="#top">before</a>${element}<a href="#end">after</a></div>`);
  await read;
  await element.updateComplete;
  return element;
}

/** Cancels `hsa-checkout-session`, so that the checkout does not navigate. */
export function preventNavigation(element: EventTarget): void {
  element.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
}

let test = new AbortController();
afterEach(() => {
  test.abort();
  test = new AbortController();
});

/** Collects the events of one name that reach the document during this test. */
export function recordEvents<K extends keyof HTMLElementEventMap>(name: K): HTMLElementEventMap[K][] {
  const events: HTMLElementEventMap[K][] = [];
  document.addEventListener(name, (event) => events.push(event as HTMLElementEventMap[K]), {
    signal: test.signal,
  });
  return events;
}

/** Resolves with the next event of one name at an element. */
export function nextEvent<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
}

/** Resolves when a button is in a state. */
export async function untilState(button: CheckoutButton, state: CheckoutButton['state']): Promise<void> {
  while (button.state !== state) await nextEvent(button, 'hsa-checkout-state');
  await button.updateComplete;
}

/** Resolves when a condition on an element's shadow root is true. */
export async function untilRendered(element: HTMLElement, condition: () => boolean): Promise<void> {
  if (!element.shadowRoot) await nextTask();
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!condition()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element.shadowRoot!, { childList: true, characterData: true, subtree: true });
  });
}

/** Resolves when an element shows this message. */
export function untilMessage(element: HTMLElement, text: string | RegExp): Promise<void> {
  const message = () => element.shadowRoot?.querySelector('[part="message"]')?.textContent.trim() ?? '';
  return untilRendered(element, () => (typeof text === 'string' ? message() === text : text.test(message())));
}

/** Resolves when the visible text of an element is exactly this. */
export function untilText(element: HTMLElement, text: string): Promise<void> {
  return untilRendered(element, () => !!element.shadowRoot && visibleText(element) === text);
}

/** Resolves in the next task, after all pending microtasks. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });
