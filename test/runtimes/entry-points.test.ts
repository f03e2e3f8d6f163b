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
/** Every door that is JavaScript; the patterns are files for a page. */
const doors = Object.keys(exports)
  .filter((door) => typeof exports[door] === 'object' && !door.includes('*'))
  .map((door) => door.replace('.', 'hsa-checkout-button'));

/** Imports each door where there is no DOM, and says how many of them it has opened. */
const MODULE = `
if (typeof document !== 'undefined') throw new Error('there is a DOM');
${doors.map((door, i) => `import * as door${i} from '${door}';`).join('\n')}
export const opened = [${doors.map((_, i) => `door${i}`)}].filter((door) => typeof door === 'object').length;
`;
const ALL = String(doors.length);

function project() {
  const shop = createProject(['lit', 'react', 'vue']);
  shop.write('doors.js', MODULE);
  shop.write('print.js', "import { opened } from './doors.js'; console.log(opened);");
  return shop;
}

/** Runs the module in a runtime's own command, and returns what it prints. */
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

describe('without a DOM, every door opens', () => {
  it('in Node', () => assert.equal(print(process.execPath, ['print.js'], project().folder), ALL));

  it('in Node, by require()', () => {
    const shop = project();
    shop.write('print.cjs', `console.log(${JSON.stringify(doors)}.filter((door) => require(door)).length);`);
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
      "import { opened } from './doors.js'; export default { fetch: () => new Response(String(opened)) };",
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      // As wrangler resolves.
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
