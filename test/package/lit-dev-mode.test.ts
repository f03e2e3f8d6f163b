import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { createProject } from '../runtimes/project.js';
import { readDocument } from '../support/documents.js';

const { folder } = createProject(['lit']);

/** Imports the elements as a bundler does in development. Returns the console's output. */
function importInDevelopment(before = ''): string {
  const code = `${before}; await import('hsa-checkout-button');`;
  const args = ['--conditions=development', '--input-type=module', '--eval', code];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stderr;
}

describe('“Lit is in dev mode”', () => {
  it('is printed in development', () => {
    assert.match(importInDevelopment(), /Lit is in dev mode/);
  });

  it('is not printed after the line of the guide', () => {
    const [, line] = /`<script>(globalThis\.litIssuedWarnings.*?)<\/script>`/.exec(
      readDocument('docs/npm.md'),
    )!;
    assert.equal(importInDevelopment(line), '');
  });
});
