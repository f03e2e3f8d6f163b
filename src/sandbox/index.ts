/** The whole provider in memory, as a fetch handler: for tests, demos and a first integration. No money moves. */
export { TEST_CARDS, type TestCard } from './cards.js';
export type { Fault, FaultKind, Faults } from './faults.js';
export type { SandboxOrder } from './orders.js';
export type { SandboxProduct } from './products.js';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export type { Shopper, ShopperResult, TestCardChoice } from './shopper.js';
