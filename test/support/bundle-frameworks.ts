import type { TestRunnerPlugin } from '@web/test-runner';
import { build } from 'esbuild';

/** Stays one module: it guards the console of the whole page. */
const SETUP = 'browser-setup.js';

/** What Vue wants a bundler to say. The components do without the options API, which an app can leave out. */
const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

/**
 * Bundles the tests of frameworks, which do not load file by file in a page: React is CommonJS. A file that is named after an
 * older React gets that one wherever React is imported.
 */
export const bundleFrameworks = (root: string): TestRunnerPlugin => ({
  name: 'bundle-frameworks',
  async serve({ path }) {
    if (!/^\/test\/frameworks\/[\w-]+\.test\.ts$/.test(path)) return undefined;
    const [, version] = /react-(18)/.exec(path) ?? [];
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [`.${path}`],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      // React checks what StrictMode finds in its development build only.
      define: { 'process.env.NODE_ENV': '"development"', ...VUE_FLAGS },
      conditions: ['production'],
      ...(version && { alias: { react: `react-${version}`, 'react-dom': `react-dom-${version}` } }),
      plugins: [
        {
          name: 'shared-setup',
          setup({ onResolve }) {
            onResolve({ filter: new RegExp(`/${SETUP}$`) }, () => ({
              path: `/test/support/${SETUP.replace('.js', '.ts')}`,
              external: true,
            }));
          },
        },
      ],
    });
    return { body: outputFiles[0]!.text, type: 'js' };
  },
});
