import type { ConsoleMessage } from './project.js';

/** Lit's warning in a bundler that resolves the condition "development". docs/npm.md explains it. */
export const LIT_DEV_MODE: ConsoleMessage = {
  text: 'Lit is in dev mode. Not recommended for production! See https://lit.dev/msg/dev-mode for more information.',
  reason: 'Lit has it in every development build; the guide on npm says how to be without it',
};
