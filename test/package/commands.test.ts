import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { VERSION } from '../../src/version.js';

const read = (file: string) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8');
const manifest = JSON.parse(read('package.json')) as { version: string; scripts: Record<string, string> };

/** The scripts that npm runs without the word `run`. */
const SHORT = ['start', 'test'];
/** Every `npm run x`, and `npm x` where x is such a script. A script's name ends before a colon that closes a clause. */
const COMMAND = new RegExp(`\\bnpm (?:run ([a-z][\\w-]*(?::[\\w-]+)*)|(${SHORT.join('|')})\\b)`, 'g');

const commandsIn = (text: string) => [...text.matchAll(COMMAND)].map(([, long, short]) => long ?? short!);

for (const file of ['README.md', 'CONTRIBUTING.md']) {
  describe(file, () => {
    const commands = commandsIn(read(file));

    it('names at least the command that runs the tests', () => {
      assert.ok(commands.includes('test'));
    });

    it('names only commands that exist', () => {
      assert.deepEqual(
        commands.filter((command) => !(command in manifest.scripts)),
        [],
      );
    });
  });
}

describe('the version', () => {
  it('of the elements is the version of the package', () => {
    assert.equal(VERSION, manifest.version);
  });

  it('has an entry in the changelog', () => {
    assert.match(
      read('CHANGELOG.md'),
      new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\]`, 'm'),
    );
  });
});
