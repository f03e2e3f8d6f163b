import type { Purchase } from '../../../src/client/index.js';
import { CheckoutError } from '../../../src/core/index.js';
import { Ask, type Pending } from './ask.js';
import { Button, SECRET, type Reaction } from './button.js';
import { Clock } from './clock.js';
import { Merchant, payUrl, type PaidPage } from './merchant.js';

const cartOf = (product_id: string): Purchase['cart'] => ({
  customer: { email: `${SECRET}@example.com`, first_name: SECRET, last_name: SECRET },
  line_items: [{ product_id, name: SECRET, quantity: 1, price: 1000, currency: 'USD' }],
  shipping: 0,
  tax: 0,
});
/** What the page may hold. */
const CARTS: Record<string, () => Purchase['cart']> = {
  one: () => cartOf('one'),
  two: () => cartOf('two'),
  /** Shows itself that it is not complete. */
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

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

/** Does what its words say, and says whether there was anything to do. */
type Step = (first: string, second: string) => boolean | Promise<boolean>;

/** How a world begins. */
export interface Setting {
  /** Where the tab keeps its texts. */
  storage?: 'fine' | 'blocked';
  /** A merchant's backend that only replays. */
  isPlain?: boolean;
  /** A merchant's backend that knows no shopper. */
  isStranger?: boolean;
  /** Nothing happens between a request and the merchant's look at it, and what is due at once happens at once. */
  immediate?: boolean;
}

/** A tab with up to two buttons, its merchant, its shopper and its clock. Nothing moves but by `take`. */
export class World {
  static #count = 0;
  readonly endpoint = `https://shop-${++World.#count}.example/api/hsa`;
  readonly clock = new Clock();
  readonly merchant: Merchant;
  readonly buttons = new Map<string, Button>();
  /** What can be completed, oldest first. */
  pending: Pending[] = [];
  /** Every session that a button went to, in order. */
  readonly visits: PaidPage[] = [];
  /** The keys of all requests, in order. */
  readonly keys: string[] = [];
  /** The states, errors and other events that were told, of all buttons. */
  readonly told: string[] = [];
  /** What must never be. */
  readonly problems: string[] = [];
  /** Whether the page has been left. */
  isAway = false;
  reacted = false;
  onLine = true;
  #cart = 'one';
  #leaving = 'stays';
  #readings = 0;
  #storage: 'fine' | 'full' | 'blocked';
  /** What each tab keeps, and the tab that the shopper is in. */
  readonly #stored = new Map([['first', new Map<string, string>()]]);
  #tab = 'first';
  readonly #reactions = new Map<string, Reaction>();
  /** Whose each listener is. */
  readonly #listeners = new Map<unknown, Button>();
  /** Lines on the console, and error events. */
  #lines = 0;
  #errors = 0;
  /** What a step that must change nothing started from. */
  #still?: { button: Button; look: string };
  /** Whether an empty cart may make a button unavailable without a word. */
  #mayBlock = false;
  /** Whose checkout is cancelled in the middle of the next step, after so many of its promises. */
  #rush?: { turns: number; name: string };
  readonly #isBrisk: boolean;

  constructor({ storage = 'fine', isPlain = false, isStranger = false, immediate = false }: Setting = {}) {
    this.#storage = storage;
    this.#isBrisk = immediate;
    this.merchant = new Merchant(isPlain, isStranger, () => this.clock.nowMs);
  }

  // What the code under test finds in place of a browser.

  readonly globals = {
    ...this.clock.globals,
    fetch: (_url: string, init: RequestInit) => this.#fetch(init),
    addEventListener: (_type: string, listener: unknown) => void this.#listeners.set(listener, this.#actor),
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
    if (line.includes(SECRET)) this.blame('the console tells of the customer');
  }

  /** Keeps count of who listens to a signal. An `onabort` is no burden: it goes with its signal. */
  watch(signal: AbortSignal): void {
    let onabort: (() => void) | undefined;
    Object.defineProperty(signal, 'onabort', { set: (handler: () => void) => (onabort = handler) });
    signal.addEventListener('abort', () => onabort?.());
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...rest: Parameters<typeof add>) => {
      this.#listeners.set(rest[1], this.#actor);
      add.apply(signal, rest);
    };
    signal.removeEventListener = (...rest: Parameters<typeof remove>) => {
      this.#listeners.delete(rest[1]);
      remove.apply(signal, rest);
    };
  }

  #fetch({ signal, headers, body, method, keepalive }: RequestInit): Promise<Response> {
    const owner = this.#actor;
    const key = (headers as Record<string, string>)['idempotency-key']!;
    if (method !== 'POST' || keepalive) this.blame('a request that outlives its page');
    if (this.#asks.some((ask) => ask.owner === owner && ask.client)) this.blame('two requests of one button');
    if (!owner.isMounted) this.blame('a request of a removed button');
    return new Promise((resolve, reject) => {
      if (signal!.aborted) return reject(signal!.reason as Error);
      const ask = new Ask(this, owner, key, body as string);
      ask.client = { resolve, reject };
      EventTarget.prototype.addEventListener.call(signal, 'abort', () => ask.abandon(signal!.reason));
      this.keys.push(key);
      this.pending.push(ask);
      if (this.#isBrisk) ask.advance();
    });
  }

  read(button: Button): Promise<Purchase> {
    const { turn, run, isSettling } = button;
    const reading = ++this.#readings;
    const name = this.#cart;
    return new Promise((resolve, reject) => {
      const advance = () => {
        this.forget(pending);
        const { checkout, look } = button;
        const isStale = isSettling ? turn < button.seen : run.isOver || run !== button.run;
        if (isStale) this.#still = { button, look };
        else if (isSettling) button.seen = turn;
        this.#mayBlock = isSettling && !isStale && !checkout.isBusy && name === 'empty';
        const isNewest = reading > button.known.reading;
        if (isNewest) button.known = { reading, cart: '' };
        try {
          const cart = CARTS[name]!();
          if (isNewest) button.known.cart = JSON.stringify(cart);
          resolve({ endpoint: this.endpoint, cart });
        } catch (error) {
          reject(error);
        }
      };
      const pending = { owner: button, advance };
      this.pending.push(pending);
    });
  }

  leave(button: Button, url: string): void {
    const { wholeCart, answer: given, run, checkout, asked, isMounted } = button;
    const session = given?.opens;
    if (!session || url !== payUrl(session.id)) return this.blame('leaves for what no answer gave');
    if (session.cart !== wholeCart) this.blame('leaves with a cart that is no more');
    if (checkout.state !== 'redirecting') this.blame(`leaves while ${checkout.state}`);
    if (!isMounted || run.isOver || ++run.leaves > 1) this.blame('leaves after it was over');
    if (session.totalCents > 1000 && asked !== session.id) this.blame('leaves for a higher total unasked');
    session.tab = this.#tab;
    this.visits.push(session);
    if (this.#leaving === 'throws') throw new Error('blocked');
    if (this.#leaving === 'goes') this.isAway = true;
  }

  reactionTo(moment: string): Reaction | undefined {
    const reaction = this.#reactions.get(moment);
    this.#reactions.delete(moment);
    if (reaction) this.reacted = true;
    return reaction;
  }

  blame(problem: string): void {
    this.problems.push(problem);
  }

  forget(pending: Pending): void {
    this.pending = this.pending.filter((other) => other !== pending);
  }

  /** Does something in a button's name: what it sets, asks and hears from now on is its. */
  as<T>(button: Button, action: () => T): T {
    this.clock.owner = button;
    return action();
  }

  // What the world can do.

  /** Whose code runs. */
  get #actor(): Button {
    return this.clock.owner as Button;
  }

  get #asks(): Ask[] {
    return this.pending.filter((pending) => pending instanceof Ask);
  }

  /** What the page can see completed: all of it, or nothing but the merchant's own work once it has been left. */
  get completable(): Pending[] {
    if (!this.isAway) return this.pending;
    return this.#asks.filter((ask) => !ask.isForPage);
  }

  /** The buttons that are on the page. */
  get mounted(): Button[] {
    return [...this.buttons.values()].filter(({ isMounted }) => isMounted);
  }

  /** What can happen wherever the shopper is. */
  readonly #anywhere: Record<string, Step> = {
    pay: () => this.#close('paid'),
    refuse: () => this.#close('cancelled'),
    wait: (seconds) => this.#wait(Number(seconds)),
    deliver: (place) => {
      const pending = this.completable[Number(place)];
      return !!pending && this.#step(pending.owner, () => pending.advance());
    },
    rush: (turns, name) => ((this.#rush = { turns: Number(turns), name }), true),
    freeze: (seconds) => !!(this.clock.nowMs += Number(seconds) * 1000),
    rise: (cents) => ((this.merchant.risesByCents = Number(cents)), true),
    leaving: (how) => ((this.#leaving = how), true),
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
      for (const button of this.mounted) await this.#refresh(button);
      return true;
    },
    reload: async () => {
      // Memory is lost with the page, and here it is the test's.
      if (this.#storage !== 'fine') return false;
      this.isAway = false;
      for (const name of this.buttons.keys()) await this.#renew(name);
      return true;
    },
  };

  /** What can happen while the page is there. */
  readonly #onPage: Record<string, Step> = {
    press: (name) => this.#with(name, (button) => button.press()),
    shut: async (name) => {
      const button = this.buttons.get(name);
      if (!button?.dialog?.isAsking) return false;
      await this.#cancel(button);
      return true;
    },
    settle: (name) => this.#with(name, (button) => button.settle()),
    cart: async (name) => {
      this.#cart = name;
      for (const button of this.mounted) await this.#step(button, () => button.settle());
      return true;
    },
    fault: (kind, place) => {
      const ask = this.#asks.filter(({ client }) => client)[Number(place)];
      return !!ask && this.#step(ask.owner, () => ask.fault(kind));
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
      return this.#step(button, () => button.settle());
    },
    new: async (name) => {
      await this.take(`remove ${name}`);
      await this.#renew(name);
      return true;
    },
    depart: () => (this.isAway = this.mounted.some(({ checkout }) => checkout.state === 'redirecting')),
    offline: () => ((this.onLine = false), true),
    online: async () => {
      this.onLine = true;
      for (const button of this.mounted)
        if (button.checkout.error?.code === 'offline') await this.#refresh(button);
      return true;
    },
    tick: () => !!this.clock.count() && this.#step(undefined, () => this.clock.runNext()),
  };

  /** Takes one step. False where there is nothing to take. */
  async take(step: string): Promise<boolean> {
    const [verb = '', first = '', second = ''] = step.split(' ');
    const act = this.#anywhere[verb] ?? this.#onPage[verb];
    if (!act) throw new Error(`Nobody knows how to ${step}`);
    return this.isAway && !this.#anywhere[verb] ? false : act(first, second);
  }

  /** Takes steps one after the other. */
  async play(...steps: string[]): Promise<void> {
    for (const step of steps) await this.take(step);
  }

  /** Lets everything come to an end that is under way, in the order in which it began. */
  async calm(): Promise<void> {
    for (let steps = 0; this.pending.length || this.clock.count(); steps++) {
      if (this.isAway) break;
      if (steps > 300) return this.blame('never comes to rest');
      await this.take(this.pending.length ? 'deliver 0' : 'tick');
    }
    for (const { checkout } of this.mounted)
      if (checkout.isBusy && !this.isAway) this.blame(`${checkout.state} for ever`);
  }

  /** Everything ends; then a press on each button, with nothing in its way, leads to a payment page. */
  async end(): Promise<void> {
    await this.calm();
    if (this.isAway && !this.mounted.some(({ checkout }) => checkout.state === 'redirecting'))
      this.blame('away, and nobody left');
    this.#reactions.clear();
    this.#leaving = 'stays';
    this.merchant.risesByCents = 0;
    if (this.isAway) await this.take('back');
    await this.play('online', 'cart one');
    await this.calm();
    for (const [name, button] of this.buttons) {
      if (!button.isMounted) continue;
      const before = this.visits.length;
      // The first may say that it is paid, another that it is dearer than it was.
      for (let presses = 0; presses < 3 && this.visits.length === before; presses++) {
        await this.take(`press ${name}`);
        await this.calm();
      }
      if (this.visits.length === before) this.blame(`no way out of ${button.checkout.state}`);
    }
  }

  /** The shopper ends the session that was left for last. */
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

  /** What the element does when the page is back, or online again. */
  async #refresh(button: Button): Promise<void> {
    await this.#cancel(button);
    await this.#step(button, () => button.settle());
  }

  async #renew(name: string): Promise<void> {
    const old = this.buttons.get(name);
    if (old) {
      old.isMounted = false;
      this.clock.drop(old);
      for (const ask of this.#asks) if (ask.owner === old) ask.abandon();
      this.pending = this.pending.filter((pending) => pending instanceof Ask || pending.owner !== old);
    }
    const button = new Button(this);
    this.buttons.set(name, button);
    await this.#step(button, () => button.settle());
  }

  async #cancel(button: Button): Promise<void> {
    await this.#step(button, () => button.cancel());
    if (button.errors) this.blame('an error for a cancel');
    if (this.reacted) return;
    if (button.checkout.isBusy) this.blame('busy after a cancel');
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
    this.reacted = this.#mayBlock = false;
    this.#still = undefined;
    for (const each of this.buttons.values()) {
      each.errors = each.failures = 0;
      each.mustOffer = false;
    }
    if (button) this.as(button, () => action?.());
    else action?.();
    await this.#hurry();
    await turnOfTheLoop();
    if (this.#isBrisk && !this.isAway) while (this.clock.runNext(this.clock.nowMs)) await turnOfTheLoop();
    this.#check();
    return true;
  }

  /** The page cancels while promises are still at it. */
  async #hurry(): Promise<void> {
    const { turns, name } = this.#rush ?? { turns: 0, name: '' };
    const button = this.buttons.get(name);
    this.#rush = undefined;
    // Its own promises only: those of another would go on in its name.
    if (!button || button !== this.#actor) return;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    this.reacted = true;
    button.cancel();
  }

  #check(): void {
    for (const button of this.buttons.values()) this.#checkButton(button);
    if (this.#lines !== this.#errors) this.blame('an error that is not on the console, or the reverse');
    const still = this.#still;
    if (still && !this.reacted && still.look !== still.button.look)
      this.blame('what is stale changes something');
    const live = new Map<string, PaidPage>();
    for (const session of this.visits) {
      if (session.isSuperseded || !this.merchant.isOpen(session)) continue;
      const name = `${session.tab} ${session.cart}`;
      if ((live.get(name) ?? session) !== session) this.blame('two sessions for one cart');
      live.set(name, session);
    }
  }

  #checkButton(button: Button): void {
    const { checkout, told, errors, failures, dialog } = button;
    this.#errors += errors;
    if (told !== checkout.state) this.blame(`${checkout.state} was not told`);
    if (checkout.link) {
      const session = this.visits.find(({ id }) => payUrl(id) === checkout.link);
      if (session?.cart !== button.wholeCart) this.blame('links to a cart that is no more');
    }
    if (dialog?.isOpen && checkout.state !== 'creating') this.blame('a dialog is left open');
    if (dialog?.isAsking && this.clock.count(button)) this.blame('hurries the shopper');
    // What a failure waits for takes no time, and may still be waited for.
    if (!checkout.isBusy && !this.clock.isDue(button)) {
      if (this.clock.count(button)) this.blame('a timer is left behind');
      for (const owner of this.#listeners.values())
        if (owner === button) this.blame('a listener is left behind');
      if (checkout.priceIncrease && button.run.isCancelled) this.blame('an offer after a cancel');
    }
    if (this.reacted) return;
    if (button.mustOffer && !checkout.priceIncrease) this.blame('gives up without a word');
    if (errors < failures && !this.#mayBlock) this.blame(`${checkout.state} without an error event`);
    if (errors > 1) this.blame('an error event too many');
    if (errors > failures && checkout.state !== 'unavailable') this.blame('an error event for no failure');
  }
}
