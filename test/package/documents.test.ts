import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ensureBuilt } from '../support/built.js';
import { brokenLinks, DOCUMENTS, linksIn, readDocument } from '../support/documents.js';

ensureBuilt('script-tag');

const { exports: entryPoints, files } = JSON.parse(readDocument('package.json')) as {
  exports: Record<string, unknown>;
  files: string[];
};

const text = DOCUMENTS.map(readDocument).join('\n');

/** Whether the package has an entry point of this name, such as `hsa-checkout-button/cdn/hsa-checkout.js`. */
function isEntryPoint(name: string): boolean {
  const path = name.replace('hsa-checkout-button', '.');
  if (path in entryPoints) return true;
  const folder = path.replace(/[^/]+$/, '*');
  return (
    folder in entryPoints &&
    existsSync(resolve(String(entryPoints[folder]).replace('*', path.split('/').at(-1)!)))
  );
}

describe('the documents', () => {
  it('have a guide for each subject', () => {
    for (const subject of [
      ...['script-tag', 'npm', 'react', 'vue', 'frameworks', 'shopify', 'backend', 'webhooks', 'sandbox'],
      ...['theming', 'content-security-policy', 'accessibility', 'errors', 'idempotency', 'copy-rules'],
      ...['going-live', 'resilience', 'testing', 'api'],
    ])
      assert.ok(DOCUMENTS.includes(`docs/${subject}.md`), subject);
  });

  it('are in the package, because its README links to them', () => {
    assert.ok(files.includes('docs'));
  });

  for (const file of DOCUMENTS)
    it(`link to places and files that exist: ${file}`, () => {
      assert.deepEqual(brokenLinks(file), []);
    });

  it('link only to files of the repository', () => {
    const links = DOCUMENTS.flatMap(linksIn);
    assert.ok(links.length > 100);
    assert.deepEqual(
      links.filter((link) => /^[a-z]+:|^\/\//i.test(link)),
      [],
    );
  });

  it('name only entry points that the package has', () => {
    const names = text.match(/(?<=['"`])hsa-checkout-button(\/[\w.-]+)*(?=['"`])/g)!;
    assert.ok(names.length > 30);
    assert.deepEqual(
      names.filter((name) => !isEntryPoint(name)),
      [],
    );
  });

  it('name every script-tag file, the lazy ones with their version', () => {
    const names = new Set(text.match(/hsa-checkout(-[a-z]+(?:-[A-Za-z][a-z]+)*(-\d+\.\d+\.\d+)?)?\.js/g));
    assert.deepEqual(
      [...names].sort(),
      readdirSync('dist/cdn')
        .filter((name) => name.endsWith('.js'))
        .sort(),
    );
  });
});
