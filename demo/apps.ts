import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** The entry file of the app for each framework. Both apps show the same cart. */
export const APPS = { react: 'react.tsx', vue: 'vue.ts' };
export type App = keyof typeof APPS;
export const isApp = (name: string): name is App => name in APPS;

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const bundles = new Map<App, Promise<string>>();

/** An app's script, bundled at its first request. Its imports of the package are resolved to this repository's `src`. */
export function appScript(app: App): Promise<string> {
  if (!bundles.has(app)) bundles.set(app, bundle(app));
  return bundles.get(app)!;
}

async function bundle(app: App): Promise<string> {
  const result = await build({
    root: path('.'),
    configFile: false,
    // Ignores the bundler's warning about 'use client', which is for servers.
    logLevel: 'error',
    resolve: {
      alias: [
        { find: /^hsa-checkout-button$/, replacement: path('../src/index.ts') },
        { find: /^hsa-checkout-button\/status$/, replacement: path('../src/status.ts') },
        { find: /^hsa-checkout-button\/(react|vue)$/, replacement: path('../src/frameworks') + '/$1.ts' },
      ],
    },
    build: {
      write: false,
      rolldownOptions: { input: path(`apps/${APPS[app]}`), output: { codeSplitting: false } },
    },
  });
  // One input without watching gives one output with one script.
  const { output } = [result].flat()[0] as Rolldown.RolldownOutput;
  return output[0].code;
}
