import type { CheckoutButton } from '../../../src/index.js';
import { json } from '../support/endpoint.js';
import { control, mount, preventNavigation, nextTask } from '../support/page.js';

/** The response of a backend that requires these paths of a cart. */
export const missingFields = (paths: readonly string[], code = 'required'): Response =>
  json(
    {
      code: code === 'required' ? 'details_required' : 'validation_error',
      errors: paths.map((path) => ({ path, code, message: 'expected text' })),
    },
    422,
  );

/** All fields that a backend requires when it knows nothing about the shopper. */
export const ALL_FIELDS = ['email', 'first_name', 'last_name']
  .map((name) => `customer.${name}`)
  .concat(
    ['address_line_1', 'city', 'state', 'postal_code', 'country'].map((name) => `shipping_info.${name}`),
  );

/** Values for these fields. */
export const ADA: Record<string, string> = {
  'customer.email': 'ada@example.com',
  'customer.first_name': 'Ada',
  'customer.last_name': 'Byron',
  'shipping_info.address_line_1': '12 Elm Street',
  'shipping_info.city': 'Chicago',
  'shipping_info.state': 'IL',
  'shipping_info.postal_code': '60614',
};

/** Presses a focused button, and waits for its dialog. */
export async function pressAndOpenDialog(
  properties?: Partial<CheckoutButton>,
): Promise<[CheckoutButton, DetailsPage]> {
  const button = await mount(properties);
  preventNavigation(button);
  control(button).focus();
  void button.checkout();
  return [button, await DetailsPage.of(button)];
}

type Entry = HTMLInputElement | HTMLSelectElement;

/** The longest wait for a change of the dialog, in milliseconds: less than a test's, so that the failure names what is missing. */
const UNTIL_MS = 20_000;

/** Resolves with the first truthy result of a query, after changes below a root. Rejects after 20 seconds. */
async function until<T>(root: ParentNode & Node, find: () => T | null | undefined | false): Promise<T> {
  const deadline = performance.now() + UNTIL_MS;
  for (;;) {
    const found = find();
    if (found) return found;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) throw new Error(`Not found in ${UNTIL_MS} ms: ${String(find)}`);
    await new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        observer.disconnect();
        resolve();
      };
      const timer = setTimeout(finish, leftMs);
      const observer = new MutationObserver(finish);
      observer.observe(root, { childList: true, attributes: true, characterData: true, subtree: true });
    });
  }
}

/** Page object of a button's details dialog. */
export class DetailsPage {
  readonly root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.root = root;
  }

  /** Waits for a button's dialog. */
  static async of(button: CheckoutButton): Promise<DetailsPage> {
    const outer = button.shadowRoot!;
    const root = await until(outer, () => outer.querySelector('hsa-checkout-details')?.shadowRoot);
    await until(root, () => root.querySelector('dialog[open]'));
    return new DetailsPage(root);
  }

  get dialog(): HTMLDialogElement {
    return this.root.querySelector('dialog')!;
  }

  /** The visible fields, by path. */
  get fields(): Record<string, Entry> {
    const entries = [...this.root.querySelectorAll<Entry>('[name]')].filter((entry) =>
      entry.checkVisibility(),
    );
    return Object.fromEntries(entries.map((entry) => [entry.name, entry]));
  }

  /** The path of the focused field. */
  get focused(): string | undefined {
    return (this.root.activeElement as Entry | null)?.name;
  }

  /** The errors of the fields by path, as a screen reader gets them. */
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

  button(text: string): HTMLButtonElement {
    return [...this.root.querySelectorAll('button')].find((each) => each.textContent.trim() === text)!;
  }

  fill(values: Record<string, string>): void {
    for (const [path, value] of Object.entries(values)) this.fields[path]!.value = value;
  }

  submit(values: Record<string, string> = {}): void {
    this.fill(values);
    this.root.querySelector<HTMLButtonElement>('button[type="submit"]')!.click();
  }

  /** Waits until a field has an error, and then for the focus, which moves in a later task. */
  async untilErrors(): Promise<void> {
    await until(this.root, () => this.root.querySelector('[data-error]'));
    await nextTask();
  }

  /** The live region with the progress of the request. */
  get status(): HTMLElement {
    return this.root.querySelector<HTMLElement>('[role="status"]')!;
  }

  /** Waits until the live region has this text. */
  untilStatus(text: string): Promise<unknown> {
    return until(this.root, () => this.status.textContent.trim() === text);
  }

  /** Waits until a field is visible. */
  async untilField(path: string): Promise<void> {
    await until(this.root, () => !!this.fields[path]);
    // The focus moves in a later task.
    await nextTask();
  }

  /** Unchecks "same as shipping address", and waits for the billing fields. */
  async useOtherBillingAddress(): Promise<void> {
    this.root.querySelector<HTMLInputElement>('[type="checkbox"]')!.click();
    await until(this.root, () => !!this.fields['billing_info.city']);
  }

  /** Waits until the dialog is closed. */
  untilClosed(): Promise<unknown> {
    return until(this.root, () => !this.dialog.open);
  }
}
