import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { serverRender, type ServerPage } from '../support/server-render.js';

/** The HTML without the style sheet, Lit's marks, and what makes an amount stand out. */
const plain = (html: string) =>
  html.replaceAll(/<style>[^]*?<\/style>|<!--[^]*?-->|<\/?b>/g, '').replaceAll(/\s+/g, ' ');
const rendered = async (page: ServerPage) => plain(await serverRender(page));
const SPLIT = /\$49\.95 of \$89\.93 may be paid with HSA\/FSA/;

describe('rendered on a server with @lit-labs/ssr', () => {
  it('a button is a declarative shadow root with the words for its cart, from its attribute or its property', async () => {
    for (const page of ['button', 'property'] as const) {
      const html = await rendered(page);
      assert.match(html, /<template [^>]*shadowrootmode="open"/);
      assert.match(html, /Pay with HSA\/FSA/);
      assert.match(html, SPLIT);
    }
  });

  it('a button keeps its children in the place of the control', async () => {
    const html = await rendered('fallback');
    assert.match(html, /<slot> ?<button part="button"/);
    assert.match(html, /<\/template> ?<a href="\/checkout">Continue to checkout<\/a>/);
  });

  it('a button speaks Spanish where it is told to', async () => {
    let html = await rendered('spanish');
    // Its words load when the module does.
    while (!html.includes('Pagar')) {
      await new Promise(setImmediate);
      html = await rendered('spanish');
    }
    assert.match(html, /<div lang="es" dir="ltr">/);
    assert.match(html, /Pagar con HSA\/FSA/);
  });

  it('nothing is claimed of a cart that is unknown or broken', async () => {
    for (const page of ['unknown', 'broken'] as const) {
      const html = await rendered(page);
      assert.match(html, /Pay with HSA\/FSA/);
      assert.doesNotMatch(html, /part="badge"/);
    }
  });

  it('a badge says what it says on the page', async () => {
    const html = await rendered('badge');
    assert.match(html, /May be HSA\/FSA eligible with a Letter of Medical Necessity/);
    assert.match(html, SPLIT);
  });

  it('a button is the same where the DOM shim of @lit-labs/ssr is global, which has a document, too', () => {
    const script = `import { serverRender } from './test/support/server-render.js';
      process.stdout.write(await serverRender('fallback'));`;
    const imports = ['@lit-labs/ssr/lib/install-global-dom-shim.js', 'tsx'].map((name) => `--import=${name}`);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...imports, '--input-type=module', '--eval', script],
      { cwd: resolve(import.meta.dirname, '../..'), encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    // In a real DOM the children do not stand in the place of the control.
    assert.match(plain(stdout), /<slot> ?<button part="button"/);
    assert.match(stdout, /Pay with HSA\/FSA/);
  });

  it('a status claims nothing yet', async () => {
    assert.match(await rendered('status'), /Confirming your payment/);
  });
});
