import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { readDocument } from '../support/documents.js';

const { name, version, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readDocument('package.json'),
) as {
  name: string;
  version: string;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
};

/** A package in the lock file. */
interface Locked {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

const FOLDER = mkdtempSync(join(tmpdir(), 'hsa-checkout-install-'));

/** A registry with this package and one version of each framework. */
const offered = new Map<string, object>();
const registry = createServer((request, response) => {
  const packageName = decodeURIComponent(request.url!.slice(1));
  const manifest = offered.get(packageName) as { version: string } | undefined;
  if (!manifest) return void response.writeHead(404).end('{}');
  const dist = { tarball: `http://${request.headers.host}/${packageName}.tgz` };
  const document = {
    name: packageName,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { name: packageName, ...manifest, dist } },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
});

/** Lets npm resolve an installation of this package in a project with a framework. */
async function installBeside(
  framework: string,
  itsVersion: string,
): Promise<{ status: number; stderr: string }> {
  offered.set(name, { version, peerDependencies, peerDependenciesMeta });
  offered.set(framework, { version: itsVersion });
  const cwd = mkdtempSync(join(FOLDER, 'shop-'));
  const dependencies = { [framework]: itsVersion, [name]: version };
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // `npm test` sets the path of the npm that runs it.
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { port } = registry.address() as AddressInfo;
  const options = [`--registry=http://127.0.0.1:${port}/`, `--cache=${join(cwd, 'cache')}`];
  const args = [...first, 'install', '--package-lock-only', '--no-audit', '--no-fund', ...options];
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const [stderr, [status]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { status, stderr };
}

describe('npm install of the package', () => {
  before(async () => {
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
  });
  after(() => {
    registry.close();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  for (const [framework, itsVersion] of [
    ...[
      ['react', '16.14.0'],
      ['react', '17.0.2'],
      ['react', '19.3.1'],
      ['react', '20.0.0-rc.1'],
    ],
    ...[
      ['vue', '2.7.16'],
      ['vue', '3.5.45'],
      ['vue', '4.0.0-alpha.1'],
    ],
  ] as const)
    it(`succeeds beside ${framework} ${itsVersion}, for which only the tag is supported`, async () => {
      const { status, stderr } = await installBeside(framework, itsVersion);
      assert.equal(status, 0, stderr);
    });

  it('installs Lit, zod and their dependencies, and no types of a framework', () => {
    const { packages } = JSON.parse(readDocument('package-lock.json')) as {
      packages: Record<string, Locked>;
    };
    const brought = new Set<string>();
    const add = ({ dependencies, peerDependencies: peers, peerDependenciesMeta: meta }: Locked) => {
      const needed = Object.keys(peers ?? {}).filter((peer) => !meta?.[peer]?.optional);
      for (const needs of [...Object.keys(dependencies ?? {}), ...needed]) {
        if (brought.has(needs)) continue;
        brought.add(needs);
        add(packages[`node_modules/${needs}`]!);
      }
    };
    add(packages['']!);
    assert.deepEqual([...brought].sort(), [
      ...['@lit-labs/ssr-dom-shim', '@lit/reactive-element', '@types/trusted-types'],
      ...['lit', 'lit-element', 'lit-html', 'zod'],
    ]);
  });

  it('installs no framework', () => {
    for (const peer of Object.keys(peerDependencies))
      assert.equal(peerDependenciesMeta[peer]?.optional, true, peer);
  });
});
