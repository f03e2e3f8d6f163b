import type { Purchase } from '../../../src/client/index.js';
import { CheckoutError } from '../../../src/core/index.js';
import { PendingRequest, type Pending } from './pending.js';
import { Button, SECRET, type CartRead, type Reaction } from './button.js';
import { Clock } from './clock.js';
import { Merchant, payUrl, type ProviderSession } from './merchant.js';

const cartOf = (product_id: string): Purchase['cart'] => ({
  customer: { email: `${SECRET}@example.com`, first_name: SECRET, last_name: SECRET },
  line_items: [{ product_id, name: SECRET, quantity: 1, price: 1000, currency: 'USD' }],
  shipping: 0,
  tax: 0,
});
/** The carts that a page may have. */
const CARTS: Record<string, () => Purchase['cart']> = {
  one: () => cartOf('one'),
  two: () => cartOf('two'),
  /** Has a malformed field of the shopper. */
  blank: () => ({ ...cartOf('one'), customer: { email: '' } }),
  empty: () => {
    throw new CheckoutError('empty_cart');
  },
  invalid: () => {
    throw new CheckoutError('invalid_cart');
  },
  broken: () => {
    throw new TypeError('cart is not a function');
  },
};

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

/** Performs a step with its arguments. Returns false if it is not possible now. */
type Step = (first: string, second: string) => boolean | Promise<boolean>;

/** Options of a simulation. */
export interface SimulationOptions {
  /** Whether the browser blocks `sessionStorage`. */
  storage?: 'fine' | 'blocked';
  /** Whether the merchant's backend only returns the first session of a key. */
  onlyReplays?: boolean;
  /** Whether the merchant's backend does not know the shopper's address. */
  needsAddress?: boolean;
  /** Whether requests reach the merchant, and due timers run, in the step that causes them. */
  immediate?: boolean;
}

/** A tab with its buttons, merchant, shopper and clock. Nothing happens except by `perform`. */
export class Simulation {
  static #count = 0;
  readonly endpoint = `https://shop-${++Simulation.#count}.example/api/hsa`;
  readonly clock = new Clock();
  readonly merchant: Merchant;
  readonly buttons = new Map<string, Button>();
  /** Everything that can be completed, oldest first. */
  pending: Pending[] = [];
  /** The sessions that buttons left for, in order. */
  readonly visits: ProviderSession[] = [];
  /** The keys of all requests, in order. */
  readonly keys: string[] = [];
  /** The events of all buttons, in order: states, errors with their code, and others by name. */
  readonly events: string[] = [];
  /** The violated rules. */
  readonly problems: string[] = [];
  /** Whether the page has been left. */
  isAway = false;
  /** Whether a listener of the page has reacted in the current step. */
  hasReacted = false;
  onLine = true;
  #cart = 'one';
  #navigation = 'stalls';
  #storage: 'fine' | 'full' | 'blocked';
  /** The storage of each tab, and the current tab. */
  readonly #stored = new Map([['first', new Map<string, string>()]]);
  #tab = 'first';
  readonly #reactions = new Map<string, Reaction>();
  /** The owner of each listener. */
  readonly #listeners = new Map<unknown, Button>();
  /** The numbers of console lines and of error events. */
  #lines = 0;
  #errors = 0;
  /** The appearance before a step that must not change it. */
  #unchanging?: { button: Button; appearance: string };
  /** Whether an empty cart may make a button unavailable without an error event. */
  #mayBlockSilently = false;
  /** The button to cancel in the middle of the next step, after some microtasks. */
  #cancelSoon?: { microtasks: number; name: string };
  readonly #immediate: boolean;

  constructor({
    storage = 'fine',
    onlyReplays = false,
    needsAddress = false,
    immediate = false,
  }: SimulationOptions = {}) {
    this.#storage = storage;
    this.#immediate = immediate;
    this.merchant = new Merchant(onlyReplays, needsAddress, () => this.clock.nowMs);
  }

  // The browser, for the code under test.

  readonly globals = {
    ...this.clock.globals,
    fetch: (_url: string, init: RequestInit) => this.#fetch(init),
    addEventListener: (_type: string, listener: unknown) =>
      void this.#listeners.set(listener, this.#runningButton),
    removeEventListener: (_type: string, listener: unknown) => void this.#listeners.delete(listener),
  };
  readonly sessionStorage = {
    getItem: (name: string) => {
      if (this.#storage === 'blocked') throw new DOMException('blocked', 'SecurityError');
      return this.#stored.get(this.#tab)!.get(name) ?? null;
    },
    setItem: (name: string, value: string) => {
      if (this.#storage !== 'fine') throw new DOMException('full', 'QuotaExceededError');
      this.#stored.get(this.#tab)!.set(name, value);
    },
  };

  print(line: string): void {
    this.#lines++;
    if (line.includes(SECRET)) this.report('the console shows customer data');
  }

  /** Counts the listeners of a signal by owner. `onabort` does not count: it is collected with its signal. */
  watch(signal: AbortSignal): void {
    let onabort: (() => void) | undefined;
    Object.defineProperty(signal, 'onabort', { set: (handler: () => void) => (onabort = handler) });
    signal.addEventListener('abort', () => onabort?.());
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...rest: Parameters<typeof add>) => {
      this.#listeners.set(rest[1], this.#runningButton);
      add.apply(signal, rest);
    };
    signal.removeEventListener = (...rest: Parameters<typeof remove>) => {
      this.#listeners.delete(rest[1]);
      remove.apply(signal, rest);
    };
  }

  #fetch({ signal, headers, body, method, keepalive }: RequestInit): Promise<Response> {
    const owner = this.#runningButton;
    const key = (headers as Record<string, string>)['idempotency-key']!;
    if (method !== 'POST' || keepalive) this.report('a request that survives its page');
    if (this.#requests.some((request) => request.owner === owner && request.client))
      this.report('two requests of one button');
    if (!owner.isMounted) this.report('a request of a removed button');
    return new Promise((resolve, reject) => {
      if (signal!.aborted) return reject(signal!.reason as Error);
      const request = new PendingRequest(this, owner, key, body as string);
      request.client = { resolve, reject };
      EventTarget.prototype.addEventListener.call(signal, 'abort', () => request.abandon(signal!.reason));
      this.keys.push(key);
      this.pending.push(request);
      if (this.#immediate) request.advance();
    });
  }

  readCart(button: Button): Promise<Purchase> {
    const { run, isRefreshing } = button;
    const read: CartRead = { by: isRefreshing ? 'refresh' : 'press', isFinished: false, cart: '' };
    button.history.push(read);
    const name = this.#cart;
    return new Promise((resolve, reject) => {
      const advance = () => {
        this.removePending(pending);
        const { checkout, appearance } = button;
        const isOutdated = isRefreshing ? button.isOutdated(read) : run.isOver || run !== button.run;
        if (isOutdated) this.#unchanging = { button, appearance };
        this.#mayBlockSilently = isRefreshing && !isOutdated && !checkout.isBusy && name === 'empty';
        read.isFinished = true;
        try {
          const cart = CARTS[name]!();
          read.cart = JSON.stringify(cart);
          resolve({ endpoint: this.endpoint, cart });
        } catch (error) {
          reject(error);
        }
      };
      const pending = { owner: button, advance };
      this.pending.push(pending);
    });
  }

  navigate(button: Button, url: string): void {
    const { completeCart, answer, run, checkout, acceptedId, isMounted } = button;
    const session = answer?.opens;
    if (!session || url !== payUrl(session.id)) return this.report('leaves for a URL of no response');
    if (session.cart !== completeCart) this.report('leaves with an outdated cart');
    if (checkout.state !== 'redirecting') this.report(`leaves while ${checkout.state}`);
    if (!isMounted || run.isOver || ++run.leaves > 1) this.report('leaves after the end of its checkout');
    if (session.totalCents > 1000 && acceptedId !== session.id)
      this.report('leaves for a price increase that was not accepted');
    session.tab = this.#tab;
    this.visits.push(session);
    if (this.#navigation === 'throws') throw new Error('blocked');
    if (this.#navigation === 'works') this.isAway = true;
  }

  takeReaction(moment: string): Reaction | undefined {
    const reaction = this.#reactions.get(moment);
    this.#reactions.delete(moment);
    if (reaction) this.hasReacted = true;
    return reaction;
  }

  report(problem: string): void {
    this.problems.push(problem);
  }

  removePending(pending: Pending): void {
    this.pending = this.pending.filter((other) => other !== pending);
  }

  /** Runs code of a button: it owns the timers, requests and listeners that are created from now on. */
  runAs<T>(button: Button, action: () => T): T {
    this.clock.owner = button;
    return action();
  }

  // The steps.

  /** The button whose code runs. */
  get #runningButton(): Button {
    return this.clock.owner as Button;
  }

  get #requests(): PendingRequest[] {
    return this.pending.filter((pending) => pending instanceof PendingRequest);
  }

  /** Everything that can be completed now. After the page was left, only the merchant's own work. */
  get completable(): Pending[] {
    if (!this.isAway) return this.pending;
    return this.#requests.filter((request) => !request.isForPage);
  }

  /** The buttons on the page. */
  get mounted(): Button[] {
    return [...this.buttons.values()].filter(({ isMounted }) => isMounted);
  }

  /** The steps that are possible on the page and after it was left. */
  readonly #anywhere: Record<string, Step> = {
    pay: () => this.#close('paid'),
    refuse: () => this.#close('cancelled'),
    wait: (seconds) => this.#wait(Number(seconds)),
    deliver: (place) => {
      const pending = this.completable[Number(place)];
      return !!pending && this.#step(pending.owner, () => pending.advance());
    },
    'cancel-soon': (microtasks, name) => (
      (this.#cancelSoon = { microtasks: Number(microtasks), name }),
      true
    ),
    freeze: (seconds) => !!(this.clock.nowMs += Number(seconds) * 1000),
    surcharge: (cents) => ((this.merchant.surchargeCents = Number(cents)), true),
    navigation: (how) => ((this.#navigation = how), true),
    storage: (how) => {
      if (this.#storage !== 'blocked') this.#storage = how as 'fine' | 'full';
      return this.#storage === how;
    },
    tab: (name) => {
      this.#tab = name;
      this.#stored.set(name, this.#stored.get(name) ?? new Map());
      return true;
    },
    on: (moment, reaction) => (this.#reactions.set(moment, reaction as Reaction), true),
    back: async () => {
      this.isAway = false;
      for (const button of this.mounted) await this.#cancelAndRefresh(button);
      return true;
    },
    reload: async () => {
      // Without storage the key is in the module's memory, which a reload would clear but the simulation cannot.
      if (this.#storage !== 'fine') return false;
      this.isAway = false;
      for (const name of this.buttons.keys()) await this.#replaceButton(name);
      return true;
    },
  };

  /** The steps that are only possible on the page. */
  readonly #onPage: Record<string, Step> = {
    press: (name) => this.#with(name, (button) => button.press()),
    close: async (name) => {
      const button = this.buttons.get(name);
      if (!button?.dialog?.isAsking) return false;
      await this.#cancel(button);
      return true;
    },
    refresh: (name) => this.#with(name, (button) => button.refresh()),
    cart: async (name) => {
      this.#cart = name;
      for (const button of this.mounted) await this.#step(button, () => button.refresh());
      return true;
    },
    fault: (kind, place) => {
      const request = this.#requests.filter(({ client }) => client)[Number(place)];
      return !!request && this.#step(request.owner, () => request.fault(kind));
    },
    remove: async (name) => {
      const button = this.buttons.get(name);
      if (!button?.isMounted) return false;
      button.isMounted = false;
      await this.#cancel(button);
      return true;
    },
    add: (name) => {
      const button = this.buttons.get(name);
      if (!button || button.isMounted) return false;
      button.isMounted = true;
      return this.#step(button, () => button.refresh());
    },
    new: async (name) => {
      await this.perform(`remove ${name}`);
      await this.#replaceButton(name);
      return true;
    },
    depart: () => (this.isAway = this.mounted.some(({ checkout }) => checkout.state === 'redirecting')),
    offline: () => ((this.onLine = false), true),
    online: async () => {
      this.onLine = true;
      for (const button of this.mounted)
        if (button.checkout.error?.code === 'offline') await this.#cancelAndRefresh(button);
      return true;
    },
    tick: () => !!this.clock.count() && this.#step(undefined, () => this.clock.runNext()),
  };

  /** Performs one step. Returns false if it is not possible now. */
  async perform(step: string): Promise<boolean> {
    const [verb = '', first = '', second = ''] = step.split(' ');
    const act = this.#anywhere[verb] ?? this.#onPage[verb];
    if (!act) throw new Error(`unknown step: ${step}`);
    return this.isAway && !this.#anywhere[verb] ? false : act(first, second);
  }

  /** Performs steps one after the other. */
  async performAll(...steps: string[]): Promise<void> {
    for (const step of steps) await this.perform(step);
  }

  /** Completes everything that is under way, oldest first. */
  async settleAll(): Promise<void> {
    for (let steps = 0; this.pending.length || this.clock.count(); steps++) {
      if (this.isAway) break;
      if (steps > 300) return this.report('is still busy after 300 steps');
      await this.perform(this.pending.length ? 'deliver 0' : 'tick');
    }
    for (const { checkout } of this.mounted)
      if (checkout.isBusy && !this.isAway) this.report(`${checkout.state} without an end`);
  }

  /** Completes everything, and then checks that a press on each button leads to a payment page if nothing fails. */
  async finish(): Promise<void> {
    await this.settleAll();
    if (this.isAway && !this.mounted.some(({ checkout }) => checkout.state === 'redirecting'))
      this.report('the page was left, but no button is redirecting');
    this.#reactions.clear();
    this.#navigation = 'stalls';
    this.merchant.surchargeCents = 0;
    if (this.isAway) await this.perform('back');
    await this.performAll('online', 'cart one');
    await this.settleAll();
    for (const [name, button] of this.buttons) {
      if (!button.isMounted) continue;
      const before = this.visits.length;
      // The first press may report that the session is paid, the second a price increase.
      for (let presses = 0; presses < 3 && this.visits.length === before; presses++) {
        await this.perform(`press ${name}`);
        await this.settleAll();
      }
      if (this.visits.length === before) this.report(`a press does not leave ${button.checkout.state}`);
    }
  }

  /** The shopper pays or cancels the session that a button left for last. */
  #close(status: 'paid' | 'cancelled'): boolean | Promise<boolean> {
    const session = this.visits.at(-1);
    if (!session || !this.merchant.isOpen(session)) return false;
    session.status = status;
    return this.#step();
  }

  #with(name: string, action: (button: Button) => void): boolean | Promise<boolean> {
    const button = this.buttons.get(name);
    return !!button?.isMounted && this.#step(button, () => action(button));
  }

  /** Does what the element does when the page is shown or online again. */
  async #cancelAndRefresh(button: Button): Promise<void> {
    await this.#cancel(button);
    await this.#step(button, () => button.refresh());
  }

  async #replaceButton(name: string): Promise<void> {
    const old = this.buttons.get(name);
    if (old) {
      old.isMounted = false;
      this.clock.drop(old);
      for (const request of this.#requests) if (request.owner === old) request.abandon();
      this.pending = this.pending.filter(
        (pending) => pending instanceof PendingRequest || pending.owner !== old,
      );
    }
    const button = new Button(this);
    this.buttons.set(name, button);
    await this.#step(button, () => button.refresh());
  }

  async #cancel(button: Button): Promise<void> {
    await this.#step(button, () => button.cancel());
    if (button.errors) this.report('an error event for a cancel');
    if (this.hasReacted) return;
    if (button.checkout.isBusy) this.report('busy after a cancel');
    button.isSilent = true;
  }

  async #wait(seconds: number): Promise<boolean> {
    const until = this.clock.nowMs + seconds * 1000;
    if (!this.isAway)
      for (let isDue = true; isDue;) await this.#step(undefined, () => (isDue = this.clock.runNext(until)));
    this.clock.nowMs = until;
    return this.#step();
  }

  async #step(button?: Button, action?: () => void): Promise<true> {
    this.hasReacted = this.#mayBlockSilently = false;
    this.#unchanging = undefined;
    for (const each of this.buttons.values()) {
      each.errors = each.failures = 0;
      each.mustShowIncrease = false;
    }
    if (button) this.runAs(button, () => action?.());
    else action?.();
    await this.#runCancelSoon();
    await nextTask();
    if (this.#immediate && !this.isAway) while (this.clock.runNext(this.clock.nowMs)) await nextTask();
    this.#check();
    return true;
  }

  /** The page cancels a checkout while its promises are being settled. */
  async #runCancelSoon(): Promise<void> {
    const { microtasks, name } = this.#cancelSoon ?? { microtasks: 0, name: '' };
    const button = this.buttons.get(name);
    this.#cancelSoon = undefined;
    // Only if its own code runs: the promises of another button would continue as this one's.
    if (!button || button !== this.#runningButton) return;
    for (let i = 0; i < microtasks; i++) await Promise.resolve();
    this.hasReacted = true;
    button.cancel();
  }

  #check(): void {
    for (const button of this.buttons.values()) this.#checkButton(button);
    if (this.#lines !== this.#errors) this.report('error events and console lines differ in number');
    const unchanging = this.#unchanging;
    if (unchanging && !this.hasReacted && unchanging.appearance !== unchanging.button.appearance)
      this.report('an outdated read changes the button');
    const openSessions = new Map<string, ProviderSession>();
    for (const session of this.visits) {
      if (session.isSuperseded || !this.merchant.isOpen(session)) continue;
      const name = `${session.tab} ${session.cart}`;
      if ((openSessions.get(name) ?? session) !== session) this.report('two sessions for one cart');
      openSessions.set(name, session);
    }
  }

  #checkButton(button: Button): void {
    const { checkout, lastState, errors, failures, dialog } = button;
    this.#errors += errors;
    if (lastState !== checkout.state) this.report(`no state event for ${checkout.state}`);
    if (checkout.link) {
      const session = this.visits.find(({ id }) => payUrl(id) === checkout.link);
      if (session?.cart !== button.completeCart) this.report('links to the payment page of an outdated cart');
    }
    if (dialog?.isOpen && checkout.state !== 'creating') this.report('a dialog is open after the checkout');
    if (dialog?.isAsking && this.clock.count(button)) this.report('a timer runs while the shopper types');
    // A network failure waits for the next task, so a timer that is due may remain.
    if (!checkout.isBusy && !this.clock.isDue(button)) {
      if (this.clock.count(button)) this.report('a timer is left after the checkout');
      for (const owner of this.#listeners.values())
        if (owner === button) this.report('a listener is left after the checkout');
      if (checkout.priceIncrease && button.run.isCancelled) this.report('a price increase after a cancel');
    }
    if (this.hasReacted) return;
    if (button.mustShowIncrease && !checkout.priceIncrease)
      this.report('idle without a price increase or an error');
    if (errors < failures && !this.#mayBlockSilently) this.report(`${checkout.state} without an error event`);
    if (errors > 1) this.report('two error events in one step');
    if (errors > failures && checkout.state !== 'unavailable')
      this.report('an error event without a failure');
  }
}
