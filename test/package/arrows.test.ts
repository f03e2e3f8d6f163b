import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { blocksOf } from '../support/documents.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** The folders that each folder of src may import from; `doors` are the files beside the folders. */
const ARROWS: Record<string, readonly string[]> = {
  core: [],
  contract: ['core'],
  client: ['core', 'contract'],
  elements: ['core', 'contract', 'client'],
  server: ['core', 'contract'],
  sandbox: ['core', 'contract'],
  cli: ['core', 'contract'],
  doors: ['core', 'contract', 'client', 'elements'],
  cdn: ['elements', 'doors'],
  shopify: ['core', 'contract'],
  types: ['doors'],
};
/** The files that open a folder to the others. */
const FOLDER_DOORS = ['index.ts', 'contract/check.ts'];
/** One line of text that every folder may read and that imports nothing. */
const VERSION_FILE = 'version.ts';
/** The packages that the script-tag file may carry. */
const PAGE_PACKAGES = /^(lit|@lit)(\/|$)/;
const PAGE_FOLDERS = ['client', 'elements', 'doors', 'cdn', 'shopify'];

interface Import {
  /** The file that imports, as a path below src/ or demo/. */
  from: string;
  specifier: string;
  /** Where a relative import leads, below the same folder; `undefined` for a package. */
  to?: string;
  isTypeOnly: boolean;
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return (
      statement.isTypeOnly ||
      (!!exportClause &&
        ts.isNamedExports(exportClause) &&
        exportClause.elements.length > 0 &&
        exportClause.elements.every((element) => element.isTypeOnly))
    );
  }
  const clause = statement.importClause;
  if (!clause) return false;
  const names = clause.namedBindings;
  return (
    clause.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!clause.name &&
      !!names &&
      ts.isNamedImports(names) &&
      names.elements.length > 0 &&
      names.elements.every((element) => element.isTypeOnly))
  );
}

/** Every import, export-from, `import()` and `import('…')` type of one file. */
function readImports(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const to = /^\.{1,2}(\/|$)/.test(specifier)
      ? relative(root, resolve(root, dirname(file), specifier)).replace(/\.js$/, '.ts')
      : undefined;
    imports.push({ from: file, specifier, isTypeOnly: typeOnly, ...(to !== undefined && { to }) });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      add(node.moduleSpecifier.text, isTypeOnly(node));
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      add(argument && ts.isStringLiteralLike(argument) ? argument.text : '(computed)', false);
    }
    if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    )
      add(node.argument.literal.text, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function importsBelow(folder: string): Import[] {
  const root = join(ROOT, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .flatMap((file) => readImports(root, file));
}

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : 'doors');
const show = ({ from, specifier, isTypeOnly: typeOnly }: Import) =>
  `${from} imports ${typeOnly ? 'the types of ' : ''}${specifier}`;
const none = (imports: Import[]) => assert.deepEqual(imports.map(show), []);

describe('the folders of src', () => {
  const imports = importsBelow('src');
  const between = imports.filter(
    ({ from, to }) => to && folderOf(to) !== folderOf(from) && to !== VERSION_FILE,
  );

  it('are read at all', () => {
    assert.ok(imports.length > 50, `only ${imports.length} imports found`);
  });

  it('are all known to this test, so that a new one gets its arrows', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const names = folders.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => !(name in ARROWS)),
      [],
    );
  });

  it('have the arrows that CONTRIBUTING shows', () => {
    const [picture] = blocksOf('CONTRIBUTING.md', 'text');
    const lines = picture!.code.trim().split('\n');
    const shown = lines.map((line) => {
      const [, folder, below] = /^(\w+) +→ ((?:\w+ )*)/.exec(line)!;
      return [folder!, below!.trim().split(' ').filter(Boolean).sort()] as const;
    });
    const arrows = Object.entries(ARROWS).map(([folder, below]) => [folder, [...below].sort()] as const);
    assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(arrows));
    assert.equal(shown.length, arrows.length);
  });

  it('import only from the folders below them, never upwards or sideways', () => {
    none(between.filter(({ from, to }) => !ARROWS[folderOf(from)]?.includes(folderOf(to!))));
  });

  it('are opened by their doors only', () => {
    none(
      between.filter(
        ({ to }) =>
          to!.includes('/') && !FOLDER_DOORS.some((door) => to === door || to === `${folderOf(to!)}/${door}`),
      ),
    );
  });

  it('import nothing from outside of src by a path', () => {
    none(imports.filter(({ to }) => to?.startsWith('..')));
  });

  it('leave the core without any package', () => {
    none(imports.filter(({ from, to }) => folderOf(from) === 'core' && !to));
  });

  it('bring no zod and no whole contract to the page, only its types', () => {
    none(
      imports.filter(
        ({ from, to, specifier, isTypeOnly: typeOnly }) =>
          PAGE_FOLDERS.includes(folderOf(from)) &&
          !typeOnly &&
          (to === 'contract/index.ts' ||
            (!to && !PAGE_PACKAGES.test(specifier) && !isWrapperDoor(from) && !isLazyImport(from))),
      ),
    );
  });

  it('give the small check of the contract no zod, in whatever file of its own', () => {
    const reached = new Set<string>();
    const follow = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { from, to, isTypeOnly: typeOnly } of imports)
        if (from === file && to && !typeOnly) follow(to);
    };
    follow('contract/check.ts');
    none(imports.filter(({ from, to, isTypeOnly: typeOnly }) => reached.has(from) && !to && !typeOnly));
  });
});

/** These files load others by a URL that is known only on the page. */
function isLazyImport(file: string): boolean {
  return ['cdn/lazy.ts', 'shopify/load-elements.ts'].includes(file);
}

/** A door for a framework imports that framework. */
function isWrapperDoor(file: string): boolean {
  return file === 'react.ts' || file === 'vue.ts';
}

describe('the demo', () => {
  const imports = importsBelow('demo');

  it('imports its own files and the public doors of the package, as a merchant would', () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: object };
    const doors = Object.keys(exports).map((door) => door.replace('.', 'hsa-checkout-button'));
    none(
      imports.filter(({ to, specifier }) =>
        to ? to.startsWith('..') : specifier.startsWith('hsa-checkout-button') && !doors.includes(specifier),
      ),
    );
  });
});
