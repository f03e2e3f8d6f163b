import type { TestContext } from 'node:test';
import { Simulation, type SimulationOptions } from './simulation.js';

let current: Simulation | undefined;

/** Starts a simulation in place of the current one. */
export function startSimulation(options?: SimulationOptions): Simulation {
  return (current = new Simulation(options));
}

/** Replaces the browser's network, clock, storage, randomness and console by those of the current simulation, until the test ends. */
export function replaceBrowser(t: TestContext): void {
  const restore: (() => void)[] = [];
  const define = (target: object, name: string, descriptor: PropertyDescriptor) => {
    const original = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { ...descriptor, configurable: true });
    restore.push(() =>
      original ? Object.defineProperty(target, name, original) : Reflect.deleteProperty(target, name),
    );
  };
  for (const name of Object.keys(startSimulation().globals) as (keyof Simulation['globals'])[])
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
    for (const step of restore.reverse()) step();
  });
}
