import type { ConsoleMessage } from './project.js';

/** Lit, which our package stands on, in a bundler that resolves the condition "development". docs/npm.md speaks of it. */
export const LIT_DEV_MODE: ConsoleMessage = {
  text: 'Lit is in dev mode. Not recommended for production! See https://lit.dev/msg/dev-mode for more information.',
  reason: 'Lit has it in every development build; the guide on npm says how to be without it',
};
