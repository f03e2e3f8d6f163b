import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

describe('in Node, without a DOM', () => {
  it('the doors of the page can be imported, twice, and export their classes', async () => {
    assert.equal(typeof document, 'undefined');
    const doors = [await import('../../src/index.js'), await import('../../src/status.js')];
    assert.deepEqual(
      doors.flatMap((door) => Object.entries(door).filter(([name]) => /^Checkout(Button|Status)$/.test(name)))
        .length,
      2,
    );
    // A framework's server may load a second copy.
    const again = (await import(`${import.meta.resolve('../../src/index.js')}?again`)) as object;
    assert.ok('CheckoutButton' in again);
  });

  it('nothing of the page is left behind', () => {
    assert.equal('document' in globalThis, false);
    assert.equal('window' in globalThis, false);
  });
});
