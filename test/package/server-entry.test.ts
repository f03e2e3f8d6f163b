import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { build, type InlineConfig } from 'vite';
import * as server from '../../src/server/index.js';
import { createProject } from '../runtimes/project.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** A merchant's file that makes the whole entry point readable from outside the bundle. */
const ENTRY = `
import * as server from 'hsa-checkout-button/server';
import { createProvider } from 'hsa-checkout-button/server';
globalThis.server = { ...server };
globalThis.provider = () => createProvider({ apiKey: 'glm_test_any', environment: 'test' });
`;

/** Bundles the file, with the package in node_modules as in a merchant's project. */
async function bundle(config: InlineConfig): Promise<string> {
  const { folder, write } = createProject();
  write('entry.js', ENTRY);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    ...config,
    build: {
      lib: { entry: 'entry.js', formats: ['iife'], name: '_', fileName: () => 'out.js' },
      ...config.build,
    },
  });
  return readFileSync(join(folder, 'dist/out.js'), 'utf8');
}

/** Runs a bundle with the globals of a platform. */
function run(code: string, globals: object) {
  const context = createContext({ URL, TextEncoder, ...globals });
  runInContext(code, context);
  return context as unknown as { server: Record<string, unknown>; provider(): unknown };
}

const REFUSAL = /hsa-checkout-button\/server does not load in a browser: your API key would be there/;
const PAGE = { window: {}, document: {}, navigator: {} };

describe('the entry point of the server', () => {
  it('throws in a bundle for browsers, and adds no server code to it', async () => {
    const code = await bundle({});
    assert.throws(() => run(code, PAGE), REFUSAL);
    assert.doesNotMatch(code, /authorization|Idempotency|ZodError/i);
  });

  it('has the same exports in a bundle for browsers, so that the bundle builds and the error explains itself', () => {
    const stub = readFileSync(join(ROOT, 'src/server/index.browser.ts'), 'utf8');
    const [, names = ''] = /export const \{([^}]*)\} = refuse\(\)/.exec(stub) ?? [];
    assert.deepEqual(names.match(/\w+/g)?.sort(), Object.keys(server).sort());
  });

  // The export conditions of each platform. All except Node also list `browser`.
  const servers: Record<string, string[]> = {
    Node: ['node', 'import'],
    'Cloudflare’s wrangler': ['workerd', 'worker', 'browser'],
    'an edge runtime such as Next’s': ['edge-light', 'worker', 'browser'],
  };
  for (const [name, conditions] of Object.entries(servers))
    it(`is the real module in a bundle for ${name}`, async () => {
      const code = await bundle({ resolve: { conditions } });
      const { server: bundled, provider } = run(code, {});
      assert.deepEqual(Object.keys(bundled).sort(), Object.keys(server).sort());
      assert.ok(provider());
    });

  it('refuses an API key in a page that loads it without a bundler', async () => {
    const { provider } = run(await bundle({ resolve: { conditions: [] } }), PAGE);
    assert.throws(provider, REFUSAL);
  });
});
