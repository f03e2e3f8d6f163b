import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverRender, type ServerPage } from '../support/server-render.js';

/** The HTML without the style sheet, Lit's marks, and what makes an amount stand out. */
const rendered = async (page: ServerPage) =>
  (await serverRender(page))
    .replaceAll(/<style>[^]*?<\/style>|<!--[^]*?-->|<\/?b>/g, '')
    .replaceAll(/\s+/g, ' ');
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

  it('a status claims nothing yet', async () => {
    assert.match(await rendered('status'), /Confirming your payment/);
  });
});
