import type { DetailsDialog, Purchase } from '../../../src/client/index.js';
import type { Violation } from '../../../src/core/index.js';
import type { Pending } from './pending.js';
import { SECRET, type Button } from './button.js';
import type { Simulation } from './simulation.js';

type Cart = Purchase['cart'];

/** The details dialog of a button. Its shopper fills it in when the simulation advances it. It keeps what was entered. */
export class Dialog implements DetailsDialog {
  readonly #simulation: Simulation;
  readonly #owner: Button;
  /** The paths that were entered, with the cart's group of fields at that time. */
  readonly #entered = new Map<string, string | undefined>();
  #pending?: Pending;
  #resolve?: (isFilled: boolean) => void;

  constructor(simulation: Simulation, owner: Button) {
    this.#simulation = simulation;
    this.#owner = owner;
  }

  /** Whether it is on the screen, also while the entered fields are being sent. */
  get isOpen(): boolean {
    return !!this.#resolve;
  }

  /** Whether it waits for the shopper. */
  get isAsking(): boolean {
    return !!this.#pending;
  }

  complete(cart: Cart): Cart {
    const whole: Record<string, unknown> = { ...cart };
    for (const [path, groupWhenEntered] of this.#entered) {
      const [group, name] = path.split('.') as ['customer', string];
      if (JSON.stringify(cart[group]) === groupWhenEntered)
        whole[group] = { ...(whole[group] as object), [name]: `${SECRET}@example.com` };
    }
    return whole as unknown as Cart;
  }

  async ask(cart: Cart, fields: Violation[], signal: AbortSignal): Promise<boolean> {
    if (this.#pending) this.#simulation.report('a second question in an open dialog');
    if (signal.aborted || this.#owner.checkout.state !== 'creating')
      this.#simulation.report('a dialog after the end of its checkout');
    const fill = () => {
      this.#end();
      for (const { path } of fields) {
        const [group] = path.split('.') as ['customer'];
        this.#entered.set(path, JSON.stringify(cart[group]));
      }
      this.#resolve!(true);
    };
    const filled = new Promise<boolean>((resolve) => (this.#resolve = resolve));
    this.#pending = { owner: this.#owner, advance: fill };
    this.#simulation.pending.push(this.#pending);
    EventTarget.prototype.addEventListener.call(signal, 'abort', () => this.close());
    return filled;
  }

  requestUpdate(): void {}

  close(): void {
    this.#end();
    this.#resolve?.(false);
    this.#resolve = undefined;
  }

  #end(): void {
    if (this.#pending) this.#simulation.removePending(this.#pending);
    this.#pending = undefined;
  }
}
