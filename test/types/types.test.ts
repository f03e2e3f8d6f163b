import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { createProject, ROOT } from '../runtimes/project.js';
import { allBlocks } from '../support/documents.js';

/*
 * Every fixture holds right code, and wrong code that says `@ts-expect-error` or the like: where the wrong one compiles, that is
 * an error.
 */

const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const PACKAGES = [
  ...['lit', 'react', '@types/react', 'preact', 'solid-js', 'svelte', 'vue'],
  ...['react-18', '@types/react-18', 'vue-3.3', 'typescript'],
];
const project = createProject(PACKAGES);
const { folder, write } = project;
for (const name of readdirSync(FIXTURES)) write(name, readFileSync(join(FIXTURES, name), 'utf8'));

/** Writes what the documents show in a language into files of the project, and names them. */
function writeBlocks(language: string): string[] {
  // The files of the guide on testing need each other, and are compiled together elsewhere.
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

/** What the compiler finds in these files, and in the package's own types. */
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
const DOORS = Object.entries(exports)
  .filter(([, door]) => typeof door === 'object' && door.types)
  .map(([door]) => door.replace('.', 'hsa-checkout-button'));
/** A file that imports doors, and uses what they give. */
const importing = (doors: string[]) =>
  [
    ...doors.map((door, i) => `import * as door${i} from '${door}';`),
    `export const doors = [${doors.map((_, i) => `door${i}`)}];\n`,
  ].join('\n');

describe('the types of every door', () => {
  for (const moduleResolution of ['node16', 'nodenext', 'bundler'])
    it(`are found and compile under moduleResolution ${moduleResolution}`, () => {
      write('doors.ts', importing(DOORS));
      const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
      assert.deepEqual(compile(['doors.ts'], { module, moduleResolution }), []);
    });

  it('need no framework’s types and not those of Node, but for the doors of a framework', () => {
    const bare = createProject(['lit']);
    const doors = DOORS.filter((door) => !/\/(react|vue)$|\/types\//.test(door));
    assert.ok(doors.includes('hsa-checkout-button/server'));
    bare.write('doors.ts', importing(doors));
    assert.deepEqual(compile(['doors.ts'], {}, bare.folder), []);
  });
});

describe('the types', () => {
  it('let right code compile and wrong code not: plain DOM, React 19, Preact, Solid, and what the documents show', () => {
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

  it('let right code compile and wrong code not: React 18', () => {
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
    it(`let right code compile and wrong code not: Vue ${version}, and what the documents show`, () => {
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

  it('give Vue’s handlers their events where a plugin lets every instance have any property, as in Nuxt', () => {
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

  it('let right code compile and wrong code not: Svelte', () => {
    write(
      'tsconfig.svelte.json',
      JSON.stringify({
        compilerOptions: { ...OPTIONS, skipLibCheck: true, verbatimModuleSyntax: true },
        include: ['*.svelte'],
      }),
    );
    const args = ['--tsconfig', './tsconfig.svelte.json', '--output', 'machine', '--threshold', 'error'];
    const { output } = check('svelte-check/bin/svelte-check', args);
    const found = [...output.matchAll(/ERROR "(\w+\.svelte)" (\d+):/g)].map(
      ([, file, line]) => `${file}:${line}`,
    );
    const wrong = [5, 6, 7, 8, 9].map((line) => `wrong.svelte:${line}`);
    assert.deepEqual(found.sort(), wrong, output);
  });
});
