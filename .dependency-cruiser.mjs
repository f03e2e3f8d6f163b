/**
 * The dependency rules of `src` and `demo`: `npm run check:dependencies` applies them, types included.
 * `.dependency-cruiser.loaded.mjs` holds the rules about the code that runs, where an import of a type alone does not count.
 */

/** The folders of `src`, each with those that it may import. `entry points` are the files beside the folders. */
const FOLDERS = {
  core: [],
  contract: ['core'],
  client: ['contract', 'core'],
  elements: ['client', 'contract', 'core'],
  server: ['contract', 'core'],
  shopify: ['contract', 'core'],
  sandbox: ['contract', 'core'],
  cli: ['contract', 'core'],
  frameworks: ['entry points', 'elements'],
  cdn: ['entry points', 'elements'],
  manifest: [],
};
/** What the entry points may import. */
const BELOW_ENTRY_POINTS = ['elements', 'client', 'contract', 'core'];

const ENTRY_POINTS = '^src/[^/]+$';
/** The number of the version, which imports nothing: every folder may read it. */
const VERSION = '^src/version\\.ts$';
/** The files by which other folders import a folder: `contract/check.ts` is the contract's check without zod. */
const FOLDER_ENTRIES = '^src/([^/]+/index|contract/check)\\.ts$';

const pathOf = (folder) => (folder === 'entry points' ? ENTRY_POINTS : `^src/${folder}/`);

/** One rule for each folder: it imports its own files, the folders of its list and the version. */
const folderRules = [...Object.entries(FOLDERS), ['entry points', BELOW_ENTRY_POINTS]].map(
  ([folder, below]) => ({
    name: `imports-of-${folder.replace(' ', '-')}`,
    comment: `${folder} may import ${below.join(', ') || 'no other folder'}.`,
    severity: 'error',
    from: { path: pathOf(folder), pathNot: folder === 'entry points' ? VERSION : undefined },
    to: { path: '^src/', pathNot: [pathOf(folder), VERSION, ...below.map(pathOf)] },
  }),
);

export default {
  forbidden: [
    ...folderRules,
    {
      name: 'folder-without-rule',
      comment: 'A new folder of src needs a line in FOLDERS.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: Object.keys(FOLDERS).map(pathOf) },
      to: {},
    },
    {
      name: 'no-circular',
      comment: 'Two files import each other: move the part that both need to a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'folder-entry',
      comment: "Import another folder by its index.ts. The contract's check.ts is the one exception.",
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', FOLDER_ENTRIES] },
    },
    {
      name: 'version-imports-nothing',
      severity: 'error',
      from: { path: VERSION },
      to: {},
    },
    {
      name: 'src-stays-inside',
      comment: 'The package is built from src alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { pathNot: '^(src|node_modules)/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'no-package-in-core',
      comment: 'core is pure: it imports no package and no module of Node.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/' },
    },
    {
      name: 'demo-as-a-merchant',
      comment:
        'The demo imports its own files, packages and the public entry points by the name of the package.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { pathNot: '^(demo|node_modules)/', dependencyTypesNot: ['core', 'aliased'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'The file or the package does not exist, or the package does not export it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
