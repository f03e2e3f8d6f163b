import type { TestContext } from 'node:test';
import { World, type Setting } from './simulation.js';

let current: World | undefined;

/** Begins a world. The one before it is over. */
export function begin(setting?: Setting): World {
  return (current = new World(setting));
}

/** Puts worlds in place of the browser's network, clock, storage, chance and console, until the test ends. */
export function replaceBrowser(t: TestContext): void {
  const undo: (() => void)[] = [];
  const define = (target: object, name: string, descriptor: PropertyDescriptor) => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { ...descriptor, configurable: true });
    undo.push(() =>
      before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name),
    );
  };
  for (const name of Object.keys(begin().globals) as (keyof World['globals'])[])
    define(globalThis, name, { get: () => current!.globals[name] });
  define(globalThis, 'sessionStorage', { get: () => current!.sessionStorage });
  define(globalThis, 'navigator', { get: () => current });
  define(globalThis, 'AbortController', {
    value: class extends AbortController {
      constructor() {
        super();
        current!.watch(this.signal);
      }
    },
  });
  define(Date, 'now', { value: () => current!.clock.nowMs });
  define(Math, 'random', { value: () => 0.5 });
  define(console, 'error', { value: (line: string) => current!.print(line) });
  t.after(() => {
    for (const step of undo.reverse()) step();
  });
}
