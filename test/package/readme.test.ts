import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { PROBLEM_STATUS } from '../../src/core/index.js';
import { VERSION } from '../../src/version.js';

const ROOT = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code!);

/** What the examples take for granted: the merchant's own things. */
const MERCHANT = `
declare const catalogue: Map<string, { name: string; priceCents: number }>;
declare const customer: import('hsa-checkout-button/contract').Customer;
declare const shipping_info: import('hsa-checkout-button/contract').Address;
declare function priceFromYourCatalogue(
  cart: import('hsa-checkout-button/contract').CheckoutCart,
): import('hsa-checkout-button/server').ResolvedCheckout;
`;

/** Compiles texts as if they were files of this project, and returns what the compiler finds. */
function compile(files: Map<string, string>): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion) =>
    files.has(path)
      ? ts.createSourceFile(path, files.get(path)!, languageVersion)
      : getSourceFile(path, languageVersion);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

describe('the README', () => {
  it('has TypeScript that compiles', () => {
    const codes = blocks('ts');
    assert.ok(codes.length >= 5);
    // The first one is the file that the others import, some from folders further down.
    const nameOf = (code: string, i: number) => {
      const [up = ''] = /(?:\.\.\/)+(?=checkout\.js)/.exec(code) ?? [];
      return i ? `${up.replaceAll('..', 'below')}readme-${i}.ts` : 'checkout.ts';
    };
    const files = new Map(codes.map((code, i) => [join(ROOT, 'demo', nameOf(code, i)), code]));
    files.set(join(ROOT, 'demo', 'merchant.d.ts'), MERCHANT);
    assert.deepEqual(compile(files), []);
  });

  it('has a tag of six lines and a handler of eight, before anything else', () => {
    const lines = (code: string) => code.trim().split('\n').length;
    assert.equal(lines(blocks('html')[0]!), 6);
    assert.equal(lines(blocks('ts')[0]!), 8);
  });

  it('has a tag with the version and the hash of the file that the build makes', () => {
    const [tag] = blocks('html');
    const integrity = JSON.parse(readFileSync(join(ROOT, 'dist/cdn/integrity.json'), 'utf8')) as object;
    const [, version, file, hash] =
      /src="\/hsa-checkout-button@([^/]+)\/([^"]+)" integrity="([^"]+)"/.exec(tag!) ?? [];
    assert.equal(version, VERSION);
    // After a change of the file, paste the hash that the build prints.
    assert.equal(hash, (integrity as Record<string, string>)[file!]);
  });

  it('fault 197: says never to fulfil an order from the return page, and where from instead', () => {
    const [, section] = /^## The return page$([^]*?)^## /m.exec(readme)!;
    assert.match(section!, /Never fulfil an order from this page/);
    assert.match(section!, /Ship from \[the webhook\]/);
  });

  it('names the late files with the version that they have', () => {
    const names = readme.match(/hsa-checkout-[a-z-]+-\d+\.\d+\.\d+\.js/g)!;
    for (const name of names) assert.ok(existsSync(join(ROOT, 'dist/cdn', name)), name);
  });

  it('names every problem code with its status', () => {
    const rows = [...readme.matchAll(/^\| (\d[\d· ]*?) +\| (.*?) +\|$/gm)];
    const documented = new Map(
      rows.flatMap(([, statuses, codes]) => {
        const numbers = statuses!.split('·').map(Number);
        return [...codes!.matchAll(/`(\w+)`/g)].map(([, code]) => [code!, numbers] as const);
      }),
    );
    for (const [code, status] of Object.entries(PROBLEM_STATUS))
      assert.ok(documented.get(code)?.includes(status), `${code} ${status}`);
    assert.equal(documented.size, Object.keys(PROBLEM_STATUS).length);
  });

  it('links to places and files that exist', () => {
    const anchors = new Set(
      [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
        heading!
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!);
    assert.ok(links.length > 10);
    for (const to of links)
      assert.ok(to.startsWith('#') ? anchors.has(to.slice(1)) : existsSync(join(ROOT, to)), to);
  });
});
