import type { CheckoutButton } from '../../../src/index.js';
import { json } from '../support/endpoint.js';
import { control, mount, stay, turn } from '../support/page.js';

/** What a backend answers that misses these paths of a cart. */
export const missing = (paths: readonly string[], code = 'required'): Response =>
  json(
    {
      code: code === 'required' ? 'details_required' : 'validation_error',
      errors: paths.map((path) => ({ path, code, message: 'expected text' })),
    },
    422,
  );

/** All that a backend may miss which knows nothing of the shopper. */
export const EVERYTHING = ['email', 'first_name', 'last_name']
  .map((name) => `customer.${name}`)
  .concat(
    ['address_line_1', 'city', 'state', 'postal_code', 'country'].map((name) => `shipping_info.${name}`),
  );

/** What a shopper enters for that. */
export const ADA: Record<string, string> = {
  'customer.email': 'ada@example.com',
  'customer.first_name': 'Ada',
  'customer.last_name': 'Byron',
  'shipping_info.address_line_1': '12 Elm Street',
  'shipping_info.city': 'Chicago',
  'shipping_info.state': 'IL',
  'shipping_info.postal_code': '60614',
};

/** Presses a button that has the focus, and waits until it asks. */
export async function pressAndBeAsked(
  properties?: Partial<CheckoutButton>,
): Promise<[CheckoutButton, DetailsPage]> {
  const button = await mount(properties);
  stay(button);
  control(button).focus();
  void button.checkout();
  return [button, await DetailsPage.of(button)];
}

type Entry = HTMLInputElement | HTMLSelectElement;

/** Waits until something holds of what is below a root. */
async function until<T>(root: ParentNode & Node, find: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(root, { childList: true, attributes: true, characterData: true, subtree: true });
    });
  }
}

/** The dialog of a button, as a shopper finds it. */
export class DetailsPage {
  readonly root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.root = root;
  }

  /** Waits until a button asks. */
  static async of(button: CheckoutButton): Promise<DetailsPage> {
    const outer = button.shadowRoot!;
    const root = await until(outer, () => outer.querySelector('hsa-checkout-details')?.shadowRoot);
    await until(root, () => root.querySelector('dialog[open]'));
    return new DetailsPage(root);
  }

  get dialog(): HTMLDialogElement {
    return this.root.querySelector('dialog')!;
  }

  /** The fields that are asked for, by path. */
  get fields(): Record<string, Entry> {
    const entries = [...this.root.querySelectorAll<Entry>('[name]')].filter((entry) =>
      entry.checkVisibility(),
    );
    return Object.fromEntries(entries.map((entry) => [entry.name, entry]));
  }

  /** The path of the field that has the focus. */
  get focused(): string | undefined {
    return (this.root.activeElement as Entry | null)?.name;
  }

  /** What each field complains of, as an assistive technology is told. */
  get errors(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.fields)
        .filter(([, entry]) => entry.getAttribute('aria-invalid') === 'true')
        .map(([path, entry]) => [
          path,
          this.root.getElementById(entry.getAttribute('aria-describedby')!)!.textContent.trim(),
        ]),
    );
  }

  button(words: string): HTMLButtonElement {
    return [...this.root.querySelectorAll('button')].find((each) => each.textContent.trim() === words)!;
  }

  fill(values: Record<string, string>): void {
    for (const [path, value] of Object.entries(values)) this.fields[path]!.value = value;
  }

  submit(values: Record<string, string> = {}): void {
    this.fill(values);
    this.root.querySelector<HTMLButtonElement>('button[type="submit"]')!.click();
  }

  /** Waits until a field complains, and has the focus, which comes a moment later. */
  async complains(): Promise<void> {
    await until(this.root, () => this.root.querySelector('[data-error]'));
    await turn();
  }

  /** What it tells of the request that is under way. */
  get status(): HTMLElement {
    return this.root.querySelector<HTMLElement>('[role="status"]')!;
  }

  /** Waits until it tells so. */
  tells(words: string): Promise<unknown> {
    return until(this.root, () => this.status.textContent.trim() === words);
  }

  /** Waits until it asks for a field. */
  async asksFor(path: string): Promise<void> {
    await until(this.root, () => !!this.fields[path]);
    // The focus comes a moment later.
    await turn();
  }

  /** Says that the billing address is another than the shipping address. */
  async billElsewhere(): Promise<void> {
    this.root.querySelector<HTMLInputElement>('[type="checkbox"]')!.click();
    await until(this.root, () => !!this.fields['billing_info.city']);
  }

  /** Waits until it is gone. */
  closes(): Promise<unknown> {
    return until(this.root, () => !this.dialog.open);
  }
}
