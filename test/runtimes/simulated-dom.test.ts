import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { createProject, program } from './project.js';

const CASES = readFileSync(join(import.meta.dirname, 'shop/simulated-dom.ts'), 'utf8');

it('the elements work in jsdom and in happy-dom, under Vitest', () => {
  const { folder, write } = createProject(['lit', 'vitest', 'jsdom', 'happy-dom']);
  for (const name of ['jsdom', 'happy-dom'])
    write(`${name}.test.ts`, `// @vitest-environment ${name}\n${CASES}`);
  const { stdout, stderr, status } = spawnSync(program('vitest'), ['run', '--testTimeout=20000'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', CI: 'true' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, stdout + stderr);
  const count = CASES.match(/^test\(/gm)!.length * 2;
  assert.match(stdout, new RegExp(`^ *Tests +${count} passed`, 'm'));
});
