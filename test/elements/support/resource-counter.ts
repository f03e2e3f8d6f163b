/** Counts listeners on `window` and `document`, and timers, that were added and not removed. */
export class ResourceCounter {
  readonly #undo: (() => void)[] = [];
  readonly #listeners = new Set<string>();
  readonly #timers = new Set<unknown>();

  constructor() {
    for (const target of [window, document] as EventTarget[]) this.#countListeners(target);
    this.#countTimers('setTimeout', 'clearTimeout');
    this.#countTimers('setInterval', 'clearInterval');
  }

  get count(): number {
    return this.#listeners.size + this.#timers.size;
  }

  restore(): void {
    for (const undo of this.#undo) undo();
  }

  #countListeners(target: EventTarget): void {
    const { addEventListener, removeEventListener } = target;
    const ids = new WeakMap<object, number>();
    let last = 0;
    const nameOf = (type: string, listener: object) => {
      if (!ids.has(listener)) ids.set(listener, ++last);
      return `${target === window ? 'window' : 'document'} ${type} ${ids.get(listener)}`;
    };
    target.addEventListener = (
      type: string,
      listener: EventListener | null,
      options?: AddEventListenerOptions,
    ) => {
      const name = nameOf(type, listener!);
      this.#listeners.add(name);
      options?.signal?.addEventListener('abort', () => this.#listeners.delete(name));
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListener | null) => {
      this.#listeners.delete(nameOf(type, listener!));
      removeEventListener.call(target, type, listener);
    };
    this.#undo.push(() => Object.assign(target, { addEventListener, removeEventListener }));
  }

  #countTimers(set: 'setTimeout' | 'setInterval', clear: 'clearTimeout' | 'clearInterval'): void {
    const own = { [set]: window[set], [clear]: window[clear] };
    const start = window[set] as (handler: () => void, ms?: number) => number;
    const stop = window[clear];
    Object.assign(window, {
      [set]: (handler: () => void, ms?: number) => {
        const id = start(() => {
          if (set === 'setTimeout') this.#timers.delete(id);
          handler();
        }, ms);
        this.#timers.add(id);
        return id;
      },
      [clear]: (id: number) => {
        this.#timers.delete(id);
        stop(id);
      },
    });
    this.#undo.push(() => Object.assign(window, own));
  }
}
