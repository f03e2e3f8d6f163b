// @ts-expect-error The package has no types.
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Syntax that this project does not use, with the alternative. */
const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Write a union of string literals, or a const object.' },
  { selector: 'Decorator', message: 'Write static properties: decorators do not survive every bundler.' },
  {
    selector: ':matches(PropertyDefinition, MethodDefinition, TSParameterProperty)[accessibility="private"]',
    message: 'Write a #private member.',
  },
];
const defaultExports = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name.' },
];
const tests = [
  {
    selector:
      'CallExpression[callee.object.name=/^(it|test|describe|suite)$/][callee.property.name=/^(only|skip|todo)$/]',
    message: 'Every test has to run.',
  },
];

/** Globals that core may not use, because it is pure: no page, no network, no clock. */
const outsideOfCore = [
  ...['window', 'document', 'navigator', 'location', 'sessionStorage', 'localStorage', 'customElements'],
  ...['fetch', 'crypto', 'setTimeout', 'setInterval', 'queueMicrotask', 'performance', 'process', 'console'],
].map((name) => ({ name, message: 'The core is pure: take it as a parameter.' }));

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'test/types/fixtures/',
      'coverage/',
      'custom-elements.json',
      'src/frameworks/types/elements.generated.ts',
      '.vite/',
    ],
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    extends: [tseslint.configs.strict],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Used for an index into a constant table, and for an element that the same template has.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A zod schema and its type share a name, and so do an element and the interface that it merges with.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-restricted-syntax': ['error', ...syntax, ...defaultExports],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': ['error', { allow: ['warn', 'error'] }], 'no-alert': 'error' },
  },
  {
    // Frameworks declare their tags in a namespace.
    files: ['src/frameworks/types/*.ts'],
    rules: { '@typescript-eslint/no-namespace': 'off' },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...outsideOfCore],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The core has no clock: take the time as a parameter.' },
        {
          object: 'Math',
          property: 'random',
          message: 'The core has no randomness: take it as a parameter.',
        },
      ],
    },
  },
  {
    files: ['src/elements/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended'], litA11y.configs.recommended],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      'lit/no-legacy-imports': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/lifecycle-super': 'error',
      'lit/no-classfield-shadowing': 'error',
      'wc/guard-super-call': 'off',
      'wc/no-closed-shadow-root': 'error',
      'wc/no-typos': 'error',
      'wc/require-listener-teardown': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...syntax, ...defaultExports, ...tests],
      // An assertion like `expect(button).to.exist` is a statement.
      '@typescript-eslint/no-unused-expressions': 'off',
      // Tests pass and throw invalid values, as a hostile caller may.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      'no-script-url': 'off',
    },
  },
  {
    files: ['test/**/*.test.ts', 'test/**/*-suite.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            // The promises of node:test's functions need no await.
            ...['test', 'it', 'describe', 'suite'].map((name) => ({
              from: 'package',
              name,
              package: 'node:test',
            })),
            // `expect(…).to.equal(…)` is not a promise, although its type says so.
            { from: 'package', name: 'Equal', package: 'chai' },
          ],
        },
      ],
    },
  },
  {
    files: ['*.config.{ts,js,mjs}', '.dependency-cruiser*.mjs'],
    rules: { 'no-restricted-syntax': ['error', ...syntax] },
  },
);
