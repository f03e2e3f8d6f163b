import { Checkout, type CheckoutHost, type Purchase } from '../../../src/client/index.js';
import { BUTTON_TRANSITIONS, type ButtonState } from '../../../src/core/index.js';
import { Dialog } from './dialog.js';
import type { Answer } from './merchant.js';
import type { World } from './simulation.js';

/** In every text of a cart that no event may repeat. */
export const SECRET = 'private';

/** What the page's own code does the next time that an event fires. */
export type Reaction = 'prevent' | 'cancel' | 'press' | 'again';

/** A button: what the element is to its checkout, and what can be seen of it from outside. */
export class Button extends EventTarget implements CheckoutHost {
  readonly localName = 'hsa-checkout-button';
  readonly hosts = ['checkout.withgale.com'];
  readonly checkout: Checkout;
  readonly world: World;
  isMounted = true;
  /** What asks the shopper; made when it is first needed. */
  dialog?: Dialog;
  /** Grows with each press, settle and cancel. */
  turn = 0;
  /** The newest turn that has had its say: what a settle of an older one finds is stale. */
  seen = 0;
  /** The newest cart that a finished reading found; empty where there was none to buy. */
  known = { reading: 0, cart: '' };
  /** The answer that came last. */
  answer?: Answer;
  /** Cancelled, and nothing begun since: no more events. */
  isSilent = false;
  /** Of the latest press: whether it was cancelled or prevented, and how often it started and left. */
  run = { isOver: true, isCancelled: false, starts: 0, leaves: 0 };
  /** The session whose higher total the shopper was shown last. */
  asked?: string;
  told: ButtonState = 'idle';
  /** In the current step: error events, falls into a state that needs one, and a return to idle that only an offer explains. */
  errors = 0;
  failures = 0;
  mustOffer = false;
  isSettling = false;

  constructor(world: World) {
    super();
    this.world = world;
    this.checkout = world.as(this, () => new Checkout(this));
  }

  press(): void {
    if (!this.isMounted) return;
    if (!this.checkout.isBusy) {
      this.seen = ++this.turn;
      this.isSilent = false;
      this.run = { isOver: false, isCancelled: false, starts: 0, leaves: 0 };
      this.asked = this.checkout.priceIncrease?.checkoutId;
    }
    this.#call('press', () => this.checkout.start());
  }

  settle(): void {
    this.turn++;
    this.isSilent = false;
    this.isSettling = true;
    this.#call('settle', () => this.checkout.refreshCart());
    this.isSettling = false;
  }

  cancel(): void {
    this.seen = ++this.turn;
    this.run.isOver = this.run.isCancelled = true;
    this.world.as(this, () => this.checkout.cancel());
  }

  #call(name: string, work: () => Promise<unknown>): void {
    const fail = (error: unknown) => this.world.blame(`${name}() rejects: ${String(error)}`);
    this.world.as(this, () => void work().catch(fail));
  }

  readPurchase(): Promise<Purchase> {
    return this.world.read(this);
  }

  navigate(url: string): void {
    this.world.leave(this, url);
  }

  async loadDetails(there?: Dialog): Promise<Dialog> {
    if (there) return there;
    if (this.dialog) this.world.blame('loads its dialog twice');
    return (this.dialog = new Dialog(this.world, this));
  }

  setSessionType(): void {}
  requestUpdate(): void {}

  /** The cart as it would be sent: what the page knows, with what the shopper has entered. Empty where there is none. */
  get wholeCart(): string {
    const { known, dialog } = this;
    if (!known.cart || !dialog) return known.cart;
    return JSON.stringify(dialog.complete(JSON.parse(known.cart) as Purchase['cart']));
  }

  /** What would be seen to change. */
  get look(): string {
    const { state, error, link, priceIncrease, isSlow } = this.checkout;
    return [state, error?.code, link, priceIncrease?.checkoutId, isSlow, this.errors].join();
  }

  /** A listener, and the page's own: one test at a time, in this order. */
  override dispatchEvent(event: Event): boolean {
    const { world, checkout } = this;
    const name = event.type.replace('hsa-checkout-', '');
    if (this.isSilent) world.blame(`${name} after a cancel`);
    if (JSON.stringify(event).includes(SECRET)) world.blame(`${name} tells of the customer`);
    let moment = name;
    if (name !== 'state') world.told.push(name === 'error' ? `error ${checkout.error?.code}` : name);
    if (name === 'start' && ++this.run.starts > 1) world.blame('a press starts twice');
    if (name === 'error') {
      this.errors++;
      if (!checkout.error && !world.reacted) world.blame('an error event without an error');
    }
    if (name === 'state') {
      const { state } = event as Event & { state: ButtonState };
      moment = state;
      world.told.push(state);
      if (state !== checkout.state) world.blame(`told ${state}, is ${checkout.state}`);
      if (!Object.values(BUTTON_TRANSITIONS[this.told]).includes(state))
        world.blame(`from ${this.told} to ${state}`);
      if (state === 'idle' && (this.told === 'creating' || this.told === 'redirecting') && !this.run.isOver)
        this.mustOffer = true;
      this.told = state;
      if (state === 'error' || state === 'unavailable') this.failures++;
      if (!checkout.isBusy) this.run.isOver = true;
    }
    return this.#react(world.reactionTo(moment));
  }

  #react(reaction?: Reaction): boolean {
    if (reaction === 'cancel' || reaction === 'again') this.cancel();
    if (reaction === 'press' || reaction === 'again') this.press();
    if (reaction === 'prevent') this.run.isOver = true;
    return reaction !== 'prevent';
  }
}
