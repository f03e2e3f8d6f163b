import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sectionOf } from '../support/documents.js';
import { expectCheckout, type Start } from './expectations.js';
import { GUIDE } from './guide.js';
import { createShop } from './merchant.js';
import { program, ROOT } from './project.js';
import { startRuntime } from './runtime.js';

const [, bundle] = /`npx (esbuild [^`]+)`/.exec(sectionOf(GUIDE, 'AWS Lambda')) ?? [];

/** Bundles the function with the guide's command, and serves it as one of AWS's front ends does. */
const behind =
  (payload: string): Start =>
  async (files, { section, port, url, env }) => {
    const { folder } = createShop(section, files, { port, packages: ['hono'] });
    const [command, ...args] = bundle!.split(' ');
    const { status, stderr } = spawnSync(program(command!), args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} failed\n${stderr}`);
    const front = join(ROOT, 'test/runtimes/lambda.ts');
    return startRuntime(program('tsx'), [front, String(port), join(folder, 'index.mjs'), payload], {
      cwd: folder,
      env,
      url,
    });
  };

for (const [name, payload] of Object.entries({
  'AWS Lambda behind a function URL': 'url',
  'AWS Lambda behind an HTTP API': 'api',
  'AWS Lambda behind a REST API': 'rest',
}))
  expectCheckout(name, behind(payload), { section: 'AWS Lambda' });
