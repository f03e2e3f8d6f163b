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

/** The packages of older versions, by what a file is named after. */
const OLDER = {
  'react-18': { react: 'react-18', 'react-dom': 'react-dom-18' },
  'vue-3.3': { vue: 'vue-3.3' },
};

/**
 * Bundles the tests of frameworks, which do not load file by file in a page: React is CommonJS. A file that is named after an
 * older React or Vue gets that one wherever it is imported.
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
      // React checks what StrictMode finds in its development build only.
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
