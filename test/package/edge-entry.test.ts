import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

describe('in Node, without a DOM', () => {
  it('the entry points of the page can be imported twice, and export their classes', async () => {
    assert.equal(typeof document, 'undefined');
    const entryPoints = [await import('../../src/index.js'), await import('../../src/status.js')];
    assert.deepEqual(
      entryPoints.flatMap((entryPoint) =>
        Object.entries(entryPoint).filter(([name]) => /^Checkout(Button|Status)$/.test(name)),
      ).length,
      2,
    );
    // The server of a framework may load a second copy.
    const again = (await import(`${import.meta.resolve('../../src/index.js')}?again`)) as object;
    assert.ok('CheckoutButton' in again);
  });

  it('the import adds no global of a page', () => {
    assert.equal('document' in globalThis, false);
    assert.equal('window' in globalThis, false);
  });
});
