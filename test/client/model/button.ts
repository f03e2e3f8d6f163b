import { Checkout, type CheckoutHost, type Purchase } from '../../../src/client/index.js';
import { BUTTON_TRANSITIONS, type ButtonState } from '../../../src/core/index.js';
import { Dialog } from './dialog.js';
import type { Answer } from './merchant.js';
import type { Simulation } from './simulation.js';

/** Part of every text of a cart that no event may repeat. */
export const SECRET = 'private';

/** What the page's own code does when the next event fires. */
export type Reaction = 'prevent' | 'cancel' | 'press' | 'again';

/** A read of the page's cart. */
export interface CartRead {
  /** Whether a refresh or a press began it. */
  readonly by: 'refresh' | 'press';
  isFinished: boolean;
  /** The cart as JSON; empty until it is read, and if there is none to buy. */
  cart: string;
}

/** A button: the host of its checkout, and everything that can be observed from outside. */
export class Button extends EventTarget implements CheckoutHost {
  readonly localName = 'hsa-checkout-button';
  readonly hosts = ['checkout.withgale.com'];
  readonly checkout: Checkout;
  readonly simulation: Simulation;
  isMounted = true;
  /** The details dialog, after it was first needed. */
  dialog?: Dialog;
  /** The presses that started a checkout, the cancels, and the reads of the cart at their beginning; oldest first. */
  readonly history: ('press' | 'cancel' | CartRead)[] = [];
  /** The last response. */
  answer?: Answer;
  /** Cancelled, and nothing has begun since, so that no event may fire. */
  isSilent = false;
  /** The latest press: whether it was cancelled or prevented, and how often it fired `start` and left the page. */
  run = { isOver: true, isCancelled: false, starts: 0, leaves: 0 };
  /** The session whose price increase was shown at the latest press. */
  acceptedId?: string;
  /** The state of the last state event. */
  lastState: ButtonState = 'idle';
  /** In the current step: error events, changes to a state that needs one, and a return to idle that only a price increase explains. */
  errors = 0;
  failures = 0;
  mustShowIncrease = false;
  isRefreshing = false;

  constructor(simulation: Simulation) {
    super();
    this.simulation = simulation;
    this.checkout = simulation.runAs(this, () => new Checkout(this));
  }

  press(): void {
    if (!this.isMounted) return;
    if (!this.checkout.isBusy) {
      this.history.push('press');
      this.isSilent = false;
      this.run = { isOver: false, isCancelled: false, starts: 0, leaves: 0 };
      this.acceptedId = this.checkout.priceIncrease?.session.checkoutId;
    }
    this.#call('start', () => this.checkout.start());
  }

  refresh(): void {
    this.isSilent = false;
    this.isRefreshing = true;
    this.#call('refreshCart', () => this.checkout.refreshCart());
    this.isRefreshing = false;
  }

  cancel(): void {
    this.history.push('cancel');
    this.run.isOver = this.run.isCancelled = true;
    this.simulation.runAs(this, () => this.checkout.cancel());
  }

  #call(name: string, work: () => Promise<unknown>): void {
    const fail = (error: unknown) => this.simulation.report(`${name}() rejects: ${String(error)}`);
    this.simulation.runAs(this, () => void work().catch(fail));
  }

  readPurchase(): Promise<Purchase> {
    return this.simulation.readCart(this);
  }

  navigate(url: string): void {
    this.simulation.navigate(this, url);
  }

  async loadDetails(existing?: Dialog): Promise<Dialog> {
    if (existing) return existing;
    if (this.dialog) this.simulation.report('loads its dialog twice');
    return (this.dialog = new Dialog(this.simulation, this));
  }

  setSessionType(): void {}

  loadMessages(): Promise<void> {
    return Promise.resolve();
  }
  requestUpdate(): void {}

  /**
   * Whether the result of a refresh is out of date when it arrives: the shopper has pressed or cancelled since it began, or a
   * refresh that began later has finished first.
   */
  isOutdated(read: CartRead): boolean {
    return this.history
      .slice(this.history.indexOf(read) + 1)
      .some((entry) => typeof entry === 'string' || (entry.by === 'refresh' && entry.isFinished));
  }

  /** The page's cart as the button knows it: that of the finished read that began last. */
  get latestCart(): string {
    let cart = '';
    for (const entry of this.history) if (typeof entry !== 'string' && entry.isFinished) cart = entry.cart;
    return cart;
  }

  /** The cart that would be sent: the latest one with everything that the shopper has entered. Empty if there is none to buy. */
  get completeCart(): string {
    const { latestCart, dialog } = this;
    if (!latestCart || !dialog) return latestCart;
    return JSON.stringify(dialog.complete(JSON.parse(latestCart) as Purchase['cart']));
  }

  /** Everything that a shopper or the page could see change. */
  get appearance(): string {
    const { state, error, link, priceIncrease, isSlow } = this.checkout;
    return [state, error?.code, link, priceIncrease?.session.checkoutId, isSlow, this.errors].join();
  }

  /** Checks every event in the order of arrival, and then reacts as the page's own listener would. */
  override dispatchEvent(event: Event): boolean {
    const { simulation, checkout } = this;
    const name = event.type.replace('hsa-checkout-', '');
    if (this.isSilent) simulation.report(`${name} after a cancel`);
    if (JSON.stringify(event).includes(SECRET)) simulation.report(`${name} contains customer data`);
    let moment = name;
    if (name !== 'state') simulation.events.push(name === 'error' ? `error ${checkout.error?.code}` : name);
    if (name === 'start' && ++this.run.starts > 1) simulation.report('a press starts twice');
    if (name === 'error') {
      this.errors++;
      if (!checkout.error && !simulation.hasReacted) simulation.report('an error event without an error');
    }
    if (name === 'state') {
      const { state } = event as Event & { state: ButtonState };
      const { lastState } = this;
      moment = state;
      simulation.events.push(state);
      if (state !== checkout.state) simulation.report(`a state event ${state} while ${checkout.state}`);
      if (!Object.values(BUTTON_TRANSITIONS[lastState]).includes(state))
        simulation.report(`from ${lastState} to ${state}`);
      if (state === 'idle' && (lastState === 'creating' || lastState === 'redirecting') && !this.run.isOver)
        this.mustShowIncrease = true;
      this.lastState = state;
      if (state === 'error' || state === 'unavailable') this.failures++;
      if (!checkout.isBusy) this.run.isOver = true;
    }
    return this.#react(simulation.takeReaction(moment));
  }

  #react(reaction?: Reaction): boolean {
    if (reaction === 'cancel' || reaction === 'again') this.cancel();
    if (reaction === 'press' || reaction === 'again') this.press();
    if (reaction === 'prevent') this.run.isOver = true;
    return reaction !== 'prevent';
  }
}
