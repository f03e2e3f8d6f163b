import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { guideFiles, guideRow, GUIDE } from '../runtimes/guide.js';
import { compile } from '../support/compile.js';
import { allBlocks, blocksOf, filesOf, headingsOf, readDocument, type Block } from '../support/documents.js';
import { POLICIES } from '../support/strict-shop.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** The test of each language. A fence of another language fails. */
const LANGUAGES: Record<string, string> = {
  ts: 'compiled here',
  js: 'compiled here; that of the README is run by test/demo/first-payment.test.ts',
  tsx: 'compiled by test/types, or here in the guide on testing',
  vue: 'compiled by test/types',
  html: 'parsed by test/package/markup-blocks.test.ts',
  css: 'read by test/package/markup-blocks.test.ts',
  json: 'parsed here',
  toml: 'read here',
  sh: 'read by test/package/commands.test.ts; that of the README is followed by test/demo/first-payment.test.ts',
  http: 'compared here with what the browser tests send',
  text: 'compared by the test that is named in TEXTS',
};
/** The test of each plain text, by its beginning. */
const TEXTS: Record<string, string> = {
  '$ npx hsa-checkout-button doctor': 'test/cli/report.test.ts',
  'src/': 'test/package/contributing.test.ts',
};

/** A guide of whole files, which import each other. They are run by test/runtimes/testing-guide.test.ts. */
const TESTING = 'docs/testing.md';

/** The merchant's own declarations, which the examples use. */
const MERCHANT = `
declare const catalogue: Map<string, { name: string; priceCents: number }>;
declare const customer: import('hsa-checkout-button/contract').Customer;
declare const shipping_info: import('hsa-checkout-button/contract').Address;
declare const orders: { insertOnce(order: { orderId?: string; referenceId?: string }): Promise<void> };
declare function priceFromYourCatalogue(
  cart: import('hsa-checkout-button/contract').CheckoutCart,
): import('hsa-checkout-button/server').ResolvedCheckout;
`;

/** The declarations that frameworks add to a project. */
const FRAMEWORKS = `
declare const fromWebHandler: typeof import('h3').fromWebHandler;
declare module '*/app.module.js' {
  export class AppModule {}
}
declare module '$lib/server/checkout' {
  export const checkout: import('hsa-checkout-button/server').CheckoutHandler;
}
declare module '@react-router/dev/routes' {
  interface Entry {
    file: string;
  }
  export type RouteConfig = Entry[];
  export function index(file: string): Entry;
  export function route(path: string, file: string): Entry;
}
`;
/** Resolves imports as the bundlers of frameworks do: without a file's extension, or with that of TypeScript. */
const BUNDLED = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
};

/** Whether a block starts with the name of its file. */
const isNamed = (code: string) => /^\/\/ [^ ]+\.ts\n/.test(code);

const where = ({ file, line }: Block) => `${file}:${line}`;

describe('the code in the documents', () => {
  it('has a language that a test checks', () => {
    const blocks = allBlocks();
    assert.ok(blocks.length > 40);
    assert.deepEqual(blocks.filter(({ language }) => !(language in LANGUAGES)).map(where), []);
    assert.deepEqual(
      allBlocks('text')
        .filter(({ code }) => !Object.keys(TEXTS).some((start) => code.startsWith(start)))
        .map(where),
      [],
    );
  });

  it('compiles: TypeScript, and JavaScript with the same checks', () => {
    const codes = [...allBlocks('ts'), ...allBlocks('js')].filter(
      ({ code, file }) => !isNamed(code) && file !== TESTING,
    );
    assert.ok(codes.length > 15);
    const files = new Map(
      codes.map((block, i) => {
        const { file, line, language, code } = block;
        // The other files import the first one.
        const name = `${file.replaceAll(/\W/g, '-')}-${line}.${language === 'js' ? 'mjs' : 'ts'}`;
        return [join(ROOT, 'demo', i ? name : 'checkout.ts'), code];
      }),
    );
    files.set(join(ROOT, 'demo', 'merchant.d.ts'), MERCHANT);
    for (const [path, messages] of compile(files)) assert.deepEqual(messages, [], path);
  });

  it('compiles: each file of the mounting guide, at its path in a project', () => {
    const sections = headingsOf(GUIDE).slice(1);
    const [handler] = blocksOf('README.md', 'ts');
    const files = new Map([
      [join(ROOT, 'demo', 'merchant.d.ts'), MERCHANT],
      [join(ROOT, 'demo', 'frameworks.d.ts'), FRAMEWORKS],
    ]);
    for (const section of sections) {
      const project = join(ROOT, 'demo', section.replaceAll(/\W/g, '-'));
      const [runtime] = section.split(',');
      files.set(join(project, guideRow(runtime!).checkout), handler!.code);
      for (const { path, code } of guideFiles(section)) files.set(join(project, path), code);
    }
    const named = allBlocks('ts').filter(({ code }) => isNamed(code));
    assert.equal(files.size, 2 + sections.length + named.length);
    for (const [path, messages] of compile(files, BUNDLED)) assert.deepEqual(messages, [], path);
  });

  it('compiles: the files of the guide on testing', () => {
    const files = new Map([...filesOf(TESTING)].map(([name, code]) => [join(ROOT, 'docs', name), code]));
    files.delete(join(ROOT, 'docs/package.json'));
    const code = blocksOf(TESTING).filter(({ language }) => /^[jt]sx?$/.test(language));
    assert.equal(files.size, code.length, 'each block has the name of its file above it');
    // Jest's environment overrides methods. A shop's project need not set noImplicitOverride.
    for (const [path, messages] of compile(files, { noImplicitOverride: false }))
      assert.deepEqual(messages, [], path);
  });

  it('is valid JSON', () => {
    const blocks = allBlocks('json');
    assert.ok(blocks.length);
    for (const block of blocks) assert.doesNotThrow(() => JSON.parse(block.code), where(block));
  });

  it('names only editor data that the package has', () => {
    const [block] = blocksOf('docs/npm.md', 'json');
    const paths = Object.values(JSON.parse(block!.code) as Record<string, string[]>).flat();
    const { files } = JSON.parse(readDocument('package.json')) as { files: string[] };
    for (const path of paths)
      assert.ok(files.includes(path.replace('./node_modules/hsa-checkout-button/', '')), path);
    assert.equal(paths.length, 2);
  });

  it('is the policy of the purchases in the browser tests', () => {
    const [block, ...others] = allBlocks('http');
    assert.equal(block!.code, `Content-Security-Policy: ${POLICIES['script-tag'].csp}\n`);
    assert.deepEqual(others, []);
  });

  it('is a valid section of TOML', () => {
    for (const { code } of allBlocks('toml')) assert.match(code, /^((\[\w+\]|\w+ = "[^"\n]*")\n)+$/);
  });
});
