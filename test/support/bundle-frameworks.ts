import type { TestRunnerPlugin } from '@web/test-runner';
import { build } from 'esbuild';

/** Not bundled: one instance checks the console of the whole page. */
const SETUP = 'browser-setup.js';

/** The feature flags that Vue expects from a bundler. The components do not use the options API. */
const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

/** The packages of older versions, by the name in the test file's name. */
const OLDER = {
  'react-18': { react: 'react-18', 'react-dom': 'react-dom-18' },
  'vue-3.3': { vue: 'vue-3.3' },
};

/**
 * Bundles the tests of frameworks, because a browser cannot load React, which is CommonJS. A test file that is named after an
 * older React or Vue gets that version for all its imports.
 */
export const bundleFrameworks = (root: string): TestRunnerPlugin => ({
  name: 'bundle-frameworks',
  async serve({ path }) {
    if (!/^\/test\/frameworks\/[\w.-]+\.test\.ts$/.test(path)) return undefined;
    const older = Object.entries(OLDER).find(([name]) => path.includes(name));
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [`.${path}`],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      // StrictMode checks only in React's development build.
      define: { 'process.env.NODE_ENV': '"development"', ...VUE_FLAGS },
      conditions: ['production'],
      ...(older && { alias: older[1] }),
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
