import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { build, type InlineConfig } from 'vite';
import * as door from '../../src/server/index.js';
import { createProject } from '../runtimes/project.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** A merchant's file that gives the whole door to whoever looks. */
const ENTRY = `
import * as door from 'hsa-checkout-button/server';
import { createProvider } from 'hsa-checkout-button/server';
globalThis.door = { ...door };
globalThis.provider = () => createProvider({ apiKey: 'glm_test_any', environment: 'test' });
`;

/** Bundles the file, with the package installed as a merchant has it. */
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

/** Runs a bundle beside the globals that a platform has. */
function run(code: string, globals: object) {
  const context = createContext({ URL, TextEncoder, ...globals });
  runInContext(code, context);
  return context as unknown as { door: Record<string, unknown>; provider(): unknown };
}

const REFUSAL = /hsa-checkout-button\/server does not load in a browser: your API key would be there/;
const PAGE = { window: {}, document: {}, navigator: {} };

describe('the server door', () => {
  it('refuses to run in a bundle for browsers, and puts no server code into it', async () => {
    const code = await bundle({});
    assert.throws(() => run(code, PAGE), REFUSAL);
    assert.doesNotMatch(code, /authorization|Idempotency|ZodError/i);
  });

  it('has the same exports there, so that the bundle builds and its error says why', () => {
    const stub = readFileSync(join(ROOT, 'src/server/index.browser.ts'), 'utf8');
    const [, names = ''] = /export const \{([^}]*)\} = refuse\(\)/.exec(stub) ?? [];
    assert.deepEqual(names.match(/\w+/g)?.sort(), Object.keys(door).sort());
  });

  // What each of them asks for; all but Node's list `browser` as well.
  const servers: Record<string, string[]> = {
    Node: ['node', 'import'],
    'Cloudflare’s wrangler': ['workerd', 'worker', 'browser'],
    'an edge runtime such as Next’s': ['edge-light', 'worker', 'browser'],
  };
  for (const [name, conditions] of Object.entries(servers))
    it(`is the real module in a bundle for ${name}`, async () => {
      const code = await bundle({ resolve: { conditions } });
      const { door: bundled, provider } = run(code, {});
      assert.deepEqual(Object.keys(bundled).sort(), Object.keys(door).sort());
      assert.ok(provider());
    });

  it('accepts no API key in a page that loads it without a bundler', async () => {
    const { provider } = run(await bundle({ resolve: { conditions: [] } }), PAGE);
    assert.throws(provider, REFUSAL);
  });
});
