import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { serverRender, type ServerPage } from '../support/server-render.js';

/** The HTML without the style sheet, Lit's comments and the bold of amounts. */
const plain = (html: string) =>
  html.replaceAll(/<style>[^]*?<\/style>|<!--[^]*?-->|<\/?b>/g, '').replaceAll(/\s+/g, ' ');
const rendered = async (page: ServerPage) => plain(await serverRender(page));
const SPLIT =
  /May be paid with HSA\/FSA<\/span> \$49\.95 .* another card<\/span> \$39\.98 .* tax<\/span> \$89\.93/;

describe('rendered on a server with @lit-labs/ssr', () => {
  it('a button has a declarative shadow root with the text for its cart, from its attribute or its property', async () => {
    for (const page of ['button', 'property'] as const) {
      const html = await rendered(page);
      assert.match(html, /<template [^>]*shadowrootmode="open"/);
      assert.match(html, /Pay with HSA\/FSA/);
      assert.match(html, SPLIT);
    }
  });

  it('a button keeps its children in place of the control', async () => {
    const html = await rendered('fallback');
    assert.match(html, /<slot> ?<button part="button"/);
    assert.match(html, /<\/template> ?<a href="\/checkout">Continue to checkout<\/a>/);
  });

  it('a button with a Spanish locale has Spanish texts', async () => {
    let html = await rendered('spanish');
    // The Spanish texts load with the module.
    while (!html.includes('Pagar')) {
      await new Promise(setImmediate);
      html = await rendered('spanish');
    }
    assert.match(html, /<div lang="es" dir="ltr">/);
    assert.match(html, /Pagar con HSA\/FSA/);
  });

  it('an unknown or invalid cart gets no claim', async () => {
    for (const page of ['unknown', 'broken'] as const) {
      const html = await rendered(page);
      assert.match(html, /Pay with HSA\/FSA/);
      assert.doesNotMatch(html, /part="badge"/);
    }
  });

  it('a badge has the same text as on the page', async () => {
    const html = await rendered('badge');
    assert.match(html, /May be HSA\/FSA eligible with a Letter of Medical Necessity/);
    assert.match(html, SPLIT);
  });

  it('a button is the same with the global DOM shim of @lit-labs/ssr', () => {
    const script = `import { serverRender } from './test/support/server-render.js';
      process.stdout.write(await serverRender('fallback'));`;
    const imports = ['@lit-labs/ssr/lib/install-global-dom-shim.js', 'tsx'].map((name) => `--import=${name}`);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...imports, '--input-type=module', '--eval', script],
      { cwd: resolve(import.meta.dirname, '../..'), encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    // In a real DOM the children do not replace the control.
    assert.match(plain(stdout), /<slot> ?<button part="button"/);
    assert.match(stdout, /Pay with HSA\/FSA/);
  });

  it('a status shows no result yet', async () => {
    assert.match(await rendered('status'), /Confirming your payment/);
  });
});
