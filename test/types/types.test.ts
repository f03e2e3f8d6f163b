import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { createProject, ROOT } from '../runtimes/project.js';
import { allBlocks } from '../support/documents.js';

/*
 * Each fixture has valid code, and invalid code with `@ts-expect-error` or a similar comment. If the invalid code compiles, the
 * comment is an error.
 */

const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const PACKAGES = [
  ...['lit', 'react', '@types/react', 'preact', 'solid-js', 'svelte', 'vue'],
  ...['react-18', '@types/react-18', 'vue-3.3', 'typescript'],
];
const project = createProject(PACKAGES);
const { folder, write } = project;
for (const name of readdirSync(FIXTURES)) write(name, readFileSync(join(FIXTURES, name), 'utf8'));

/** Writes the documents' code in a language into files of the project. Returns their names. */
function writeBlocks(language: string): string[] {
  // The files of the guide on testing import each other, so another test compiles them together.
  const blocks = allBlocks(language).filter(({ file }) => file !== 'docs/testing.md');
  return blocks.map(({ code }, i) => {
    const name = `document-${i}.${language}`;
    write(name, code);
    return name;
  });
}
const shownReact = writeBlocks('tsx');
const shownVue = writeBlocks('vue');

const OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
  jsx: 'react-jsx',
  types: [],
};

/** The compiler's messages for these files and the package's own types. */
function compile(files: string[], options: object = {}, folder = project.folder): string[] {
  const json = { ...OPTIONS, ...options };
  const { options: parsed, errors } = ts.convertCompilerOptionsFromJson(json, folder);
  assert.deepEqual(errors, []);
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    parsed,
  );
  const own = program.getSourceFiles().filter(({ fileName }) => /hsa-checkout-(shop|button)/.test(fileName));
  assert.ok(own.some(({ fileName }) => fileName.endsWith('dist/index.d.ts')));
  return own.flatMap((file) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start }) => {
        const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
        return `${file.fileName}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    ),
  );
}

/** Runs a framework's own compiler in the project. */
function check(program: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules', program), ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, { types?: string } | string>;
};
const ENTRY_POINTS = Object.entries(exports)
  .filter(([, target]) => typeof target === 'object' && target.types)
  .map(([path]) => path.replace('.', 'hsa-checkout-button'));
/** The text of a file that imports entry points and uses their exports. */
const importing = (names: string[]) =>
  [
    ...names.map((name, i) => `import * as module${i} from '${name}';`),
    `export const modules = [${names.map((_, i) => `module${i}`)}];\n`,
  ].join('\n');

describe('the types of every entry point', () => {
  for (const moduleResolution of ['node16', 'nodenext', 'bundler'])
    it(`resolve and compile under moduleResolution ${moduleResolution}`, () => {
      write('entry-points.ts', importing(ENTRY_POINTS));
      const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
      assert.deepEqual(compile(['entry-points.ts'], { module, moduleResolution }), []);
    });

  it('need no types of Node and, except for a framework’s entry point, none of a framework', () => {
    const bare = createProject(['lit']);
    const names = ENTRY_POINTS.filter((name) => !/\/(react|vue)$|\/types\//.test(name));
    assert.ok(names.includes('hsa-checkout-button/server'));
    bare.write('entry-points.ts', importing(names));
    assert.deepEqual(compile(['entry-points.ts'], {}, bare.folder), []);
  });
});

describe('the types', () => {
  it('accept valid code and refuse invalid code: plain DOM, React 19, Preact, Solid, and the documents', () => {
    assert.ok(shownReact.length);
    const files = [
      'dom.ts',
      'react-component.tsx',
      'react-tag.tsx',
      'preact-tag.tsx',
      'solid-tag.tsx',
      ...shownReact,
    ];
    assert.deepEqual(compile(files), []);
  });

  it('accept valid code and refuse invalid code: React 18', () => {
    const paths = {
      react: ['./node_modules/@types/react-18'],
      'react/*': ['./node_modules/@types/react-18/*'],
    };
    assert.deepEqual(compile(['react-component.tsx'], { paths }), []);
  });

  for (const [version, paths] of [
    ['3.5', {}],
    ['3.3', { vue: ['./node_modules/vue-3.3'], 'vue/*': ['./node_modules/vue-3.3/*'] }],
  ] as const)
    it(`accept valid code and refuse invalid code: Vue ${version}, and the documents`, () => {
      assert.ok(shownVue.length);
      const name = `tsconfig.vue-${version}.json`;
      write(
        name,
        JSON.stringify({
          compilerOptions: { ...OPTIONS, skipLibCheck: true, paths },
          vueCompilerOptions: { strictTemplates: true, target: Number(version) },
          files: ['component.vue', 'tag.vue', ...shownVue],
        }),
      );
      const { status, output } = check('vue-tsc/bin/vue-tsc.js', ['-p', name]);
      assert.equal(status, 0, output);
    });

  it('give Vue’s handlers their events if a plugin adds an index signature to every instance, as in Nuxt', () => {
    write(
      'any-property.d.ts',
      `declare module 'vue' { interface ComponentCustomProperties { [name: string]: unknown } }\nexport {};\n`,
    );
    write(
      'tsconfig.any-property.json',
      JSON.stringify({
        compilerOptions: { ...OPTIONS, skipLibCheck: true },
        files: ['any-property.d.ts', ...shownVue],
      }),
    );
    const { status, output } = check('vue-tsc/bin/vue-tsc.js', ['-p', 'tsconfig.any-property.json']);
    assert.equal(status, 0, output);
  });

  it('accept valid code and refuse invalid code: Svelte', () => {
    write(
      'tsconfig.svelte.json',
      JSON.stringify({
        compilerOptions: { ...OPTIONS, skipLibCheck: true, verbatimModuleSyntax: true },
        include: ['*.svelte'],
      }),
    );
    const args = ['--tsconfig', './tsconfig.svelte.json', '--output', 'machine', '--threshold', 'error'];
    const { output } = check('svelte-check/bin/svelte-check', args);
    const errors = [...output.matchAll(/ERROR "(\w+\.svelte)" (\d+):/g)].map(
      ([, file, line]) => `${file}:${line}`,
    );
    const wrong = [5, 6, 7, 8, 9].map((line) => `wrong.svelte:${line}`);
    assert.deepEqual(errors.sort(), wrong, output);
  });
});
