import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'vite';
import { freePort } from '../support/free-port.js';
import { exchange } from '../support/exchange.js';
import { createProject, program, ROOT } from './project.js';
import { startRuntime } from './runtime.js';

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, { default: string } | string>;
};
/** The entry points with JavaScript, without patterns, which stand for files for a page. */
const entryPoints = Object.keys(exports)
  .filter((path) => typeof exports[path] === 'object' && !path.includes('*'))
  .map((path) => path.replace('.', 'hsa-checkout-button'));

/** Imports each entry point without a DOM, and exports the number of modules. */
const MODULE = `
if (typeof document !== 'undefined') throw new Error('there is a DOM');
${entryPoints.map((name, i) => `import * as module${i} from '${name}';`).join('\n')}
export const count = [${entryPoints.map((_, i) => `module${i}`)}].filter((module) => typeof module === 'object').length;
`;
const ALL = String(entryPoints.length);

function project() {
  const shop = createProject(['lit', 'react', 'vue']);
  shop.write('entry-points.js', MODULE);
  shop.write('print.js', "import { count } from './entry-points.js'; console.log(count);");
  return shop;
}

/** Runs the module with a runtime's command. Returns its output. */
function print(command: string, args: string[], cwd: string): string {
  const env = { PATH: process.env['PATH'], HOME: cwd, NO_COLOR: '1' };
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout.trim();
}

describe('without a DOM, every entry point can be imported', () => {
  it('in Node', () => assert.equal(print(process.execPath, ['print.js'], project().folder), ALL));

  it('in Node, by require()', () => {
    const shop = project();
    shop.write(
      'print.cjs',
      `console.log(${JSON.stringify(entryPoints)}.filter((name) => require(name)).length);`,
    );
    assert.equal(print(process.execPath, ['print.cjs'], shop.folder), ALL);
  });

  it('in Bun', () => assert.equal(print(program('bun'), ['print.js'], project().folder), ALL));

  it('in Deno', () => {
    const args = ['run', '--no-prompt', '--quiet', '--allow-env', '--allow-read', 'print.js'];
    assert.equal(print(program('deno'), args, project().folder), ALL);
  });

  it('in workerd', async () => {
    const { folder, write } = project();
    write(
      'worker.js',
      "import { count } from './entry-points.js'; export default { fetch: () => new Response(String(count)) };",
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      // The export conditions of wrangler.
      ssr: {
        target: 'webworker',
        noExternal: true,
        resolve: { conditions: ['workerd', 'worker', 'browser'] },
      },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: { ssr: 'worker.js' },
    });
    const port = await freePort();
    write(
      'workerd.capnp',
      `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [(name = "shop", worker = (
          modules = [(name = "worker.js", esModule = embed "dist/worker.js")],
          compatibilityDate = "2025-10-01",
          compatibilityFlags = ["nodejs_compat"],
        ))],
        sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "shop")],
      );`,
    );
    const url = `http://127.0.0.1:${port}/`;
    const runtime = await startRuntime(program('workerd'), ['serve', 'workerd.capnp'], {
      cwd: folder,
      env: {},
      url,
    });
    try {
      assert.equal((await exchange(url)).text, ALL, runtime.output());
    } finally {
      await runtime.stop();
    }
  });
});
