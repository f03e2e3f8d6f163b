import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { VERSION } from '../../src/version.js';
import { ensureBuilt } from '../support/built.js';
import { allBlocks, DOCUMENTS, readDocument, type Block } from '../support/documents.js';

// Commands of the guides name built files.
ensureBuilt('script-tag', 'modules');

const manifest = JSON.parse(readDocument('package.json')) as {
  version: string;
  scripts: object;
  bin: object;
  devDependencies: object;
};

/** The scripts that npm runs without the word `run`. */
const SHORT = ['start', 'test'];
/** Matches `npm run NAME`, and `npm NAME` for the short ones. A colon at the end of a clause is not part of the name. */
const COMMAND = new RegExp(`\\bnpm (?:run ([a-z][\\w-]*(?::[\\w-]+)*)|(${SHORT.join('|')})\\b)`, 'g');

const commandsIn = (text: string) => [...text.matchAll(COMMAND)].map(([, long, short]) => long ?? short!);

describe('the commands of npm in the documents', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md'])
    it(`include the one that runs the tests: ${file}`, () => {
      assert.ok(commandsIn(readDocument(file)).includes('test'));
    });

  it('exist', () => {
    assert.deepEqual(
      DOCUMENTS.flatMap((file) => commandsIn(readDocument(file))).filter(
        (command) => !(command in manifest.scripts),
      ),
      [],
    );
  });
});

describe('the shell commands in the documents', () => {
  const lines = allBlocks('sh').flatMap((block) =>
    block.code
      .trim()
      .split(/\n|&&/)
      .map((line) => ({ block, words: line.trim().split(/ +/) })),
  );

  /** Whether a command is valid, as far as a test can see without running it. */
  const CHECKS: Record<string, (args: string[], block: Block) => boolean> = {
    npm([command, ...args]) {
      if (command === 'install')
        return args.every(
          (name) =>
            name === '--save-dev' || name === 'hsa-checkout-button' || name in manifest.devDependencies,
        );
      if (command === 'run') return args[0]! in manifest.scripts;
      return command === 'ci' || command === 'init' || command! in manifest.scripts;
    },
    // A variable of the environment may come before the command.
    'NODE_OPTIONS=--experimental-vm-modules': ([command, ...args], block) => CHECKS[command!]!(args, block),
    npx: ([program]) => program! in manifest.bin || existsSync(`node_modules/.bin/${program}`),
    node: ([file], block) => file === '--test' || readDocument(block.file).includes(`\`${file}\``),
    mkdir: ([folder]) => /^\w+$/.test(folder!),
    cd: ([folder], block) => block.code.includes(`mkdir ${folder}`),
  };

  it('exist, and name only files and packages that exist', () => {
    assert.ok(lines.length > 10);
    for (const { block, words } of lines) {
      const [command, ...args] = words as [string, ...string[]];
      assert.ok(CHECKS[command]?.(args, block), `${block.file}:${block.line} ${words.join(' ')}`);
    }
  });
});

describe('the version', () => {
  it('of the elements is the version of the package', () => {
    assert.equal(VERSION, manifest.version);
  });

  it('has an entry in the changelog', () => {
    assert.match(
      readDocument('CHANGELOG.md'),
      new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\]`, 'm'),
    );
  });
});
