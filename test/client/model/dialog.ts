import type { DetailsDialog, Purchase } from '../../../src/client/index.js';
import type { Violation } from '../../../src/core/index.js';
import type { Pending } from './ask.js';
import { SECRET, type Button } from './button.js';
import type { World } from './simulation.js';

type Cart = Purchase['cart'];

/** Asks the shopper of a button, who fills in what is asked when the world says so, and remembers what was entered. */
export class Dialog implements DetailsDialog {
  readonly #world: World;
  readonly #owner: Button;
  /** What was entered, by path, and what the cart said of its group at that time. */
  readonly #given = new Map<string, string | undefined>();
  #pending?: Pending;
  #resolve?: (isFilled: boolean) => void;

  constructor(world: World, owner: Button) {
    this.#world = world;
    this.#owner = owner;
  }

  /** Whether it is on the screen, also while what was entered is being sent. */
  get isOpen(): boolean {
    return !!this.#resolve;
  }

  /** Whether the shopper is typing. */
  get isAsking(): boolean {
    return !!this.#pending;
  }

  complete(cart: Cart): Cart {
    const whole: Record<string, unknown> = { ...cart };
    for (const [path, stood] of this.#given) {
      const [group, name] = path.split('.') as ['customer', string];
      if (JSON.stringify(cart[group]) === stood)
        whole[group] = { ...(whole[group] as object), [name]: `${SECRET}@example.com` };
    }
    return whole as unknown as Cart;
  }

  async ask(cart: Cart, fields: Violation[], signal: AbortSignal): Promise<boolean> {
    if (this.#pending) this.#world.blame('asks twice at once');
    if (signal.aborted || this.#owner.checkout.state !== 'creating')
      this.#world.blame('asks after it was over');
    const fill = () => {
      this.#end();
      for (const { path } of fields) {
        const [group] = path.split('.') as ['customer'];
        this.#given.set(path, JSON.stringify(cart[group]));
      }
      this.#resolve!(true);
    };
    const filled = new Promise<boolean>((resolve) => (this.#resolve = resolve));
    this.#pending = { owner: this.#owner, advance: fill };
    this.#world.pending.push(this.#pending);
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
    if (this.#pending) this.#world.forget(this.#pending);
    this.#pending = undefined;
  }
}
