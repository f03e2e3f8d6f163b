import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VERSION } from '../../src/version.js';
import { ensureBuilt } from '../support/built.js';
import { allBlocks, blocksOf, DOCUMENTS, linksIn, readDocument, sectionOf } from '../support/documents.js';

ensureBuilt('script-tag');

const [tag] = blocksOf('README.md', 'html');
const [handler] = blocksOf('README.md', 'ts');

describe('the README', () => {
  it('starts with a tag of six lines and a handler of eight', () => {
    const lines = (code: string) => code.trim().split('\n').length;
    assert.equal(lines(tag!.code), 6);
    assert.equal(lines(handler!.code), 8);
    assert.deepEqual(
      blocksOf('README.md')
        .slice(0, 2)
        .map(({ line }) => line),
      [tag!.line, handler!.line],
    );
  });

  it('shows its purpose and the first steps on its first screen, and fits on a few', () => {
    const text = readDocument('README.md');
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    assert.ok(lineOf('![') < 10);
    assert.ok(lineOf('## The first payment, in five minutes') < 50);
    assert.ok(text.split('\n').length < 250, 'what is more belongs into a guide');
  });

  it('has a tag that works on a page of any origin', () => {
    // A browser blocks a file of another origin that has `integrity` and no `crossorigin`.
    for (const { code } of allBlocks('html'))
      for (const [script] of code.matchAll(/<script[^>]*integrity[^>]*>/g))
        assert.match(script, / crossorigin /);
  });

  it('has the version and the hashes of the built files, as the guides do', () => {
    const integrity = JSON.parse(readDocument('dist/cdn/integrity.json')) as Record<string, string>;
    const tags = allBlocks('html').flatMap(({ code }) => [
      ...code.matchAll(/src="(\S+?)\/([\w-]+\.js)"\s+integrity="([^"]+)"/g),
    ]);
    assert.ok(tags.length > 6);
    for (const [, folder, file, hash] of tags) {
      assert.match(folder!, new RegExp(`/hsa-checkout-button@${VERSION}(/dist/cdn)?$`));
      // After a change of a file, paste the hash that the build prints into the documents.
      assert.equal(hash, integrity[file!], file);
    }
  });

  it('lets a CDN serve the script-tag file for the package’s bare name', () => {
    const { unpkg, jsdelivr } = JSON.parse(readDocument('package.json')) as Record<string, string>;
    assert.deepEqual([unpkg, jsdelivr], ['./dist/cdn/hsa-checkout.js', './dist/cdn/hsa-checkout.js']);
  });

  it('says to fulfil an order from the webhook, never from the return page', () => {
    for (const section of [
      sectionOf('README.md', 'Before you go live'),
      sectionOf('docs/api.md', 'The return page'),
    ]) {
      assert.match(section, /Never fulfil an order from (this|the return) page/);
      assert.match(section, /Ship from \[the webhook\]/);
    }
  });

  it('names the rule of the App Store, and the requirements of live mode', () => {
    const section = sectionOf('README.md', 'Before you go live');
    assert.match(section, /Rule 1\.1\.2/);
    assert.match(section, /A live key requires a store/);
  });

  it('links to every guide', () => {
    const links = linksIn('README.md').map((link) => link.split('#')[0]!);
    assert.deepEqual(
      DOCUMENTS.filter((file) => file !== 'README.md' && !links.includes(file)),
      [],
    );
  });
});
