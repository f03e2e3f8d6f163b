import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lastSession, rememberSession } from '../../src/client/index.js';
import { blockedStorage, createStorage, openPage } from './fixtures.js';

const LEFT = {
  endpoint: 'https://shop.example/api/hsa',
  checkoutId: 'chk_1',
  statusToken: 'v1.token',
  key: 'k',
  keyName: 'n',
};

describe('the session that a tab left for', () => {
  test('is unknown in a new tab', (t) => {
    openPage(t);
    assert.equal(lastSession(), undefined);
  });

  test('is known on the return page, and is the last one', (t) => {
    const page = openPage(t);
    const storage = createStorage();
    page.storage = storage;
    rememberSession(LEFT);
    rememberSession({ ...LEFT, checkoutId: 'chk_2' });
    page.storage = createStorage(storage.entries);
    assert.deepEqual(lastSession(), { ...LEFT, checkoutId: 'chk_2' });
  });

  test('is unknown if the storage has something else', (t) => {
    const page = openPage(t);
    const storage = createStorage();
    page.storage = storage;
    rememberSession(LEFT);
    for (const name of storage.entries.keys()) storage.entries.set(name, '{"endpoint":');
    assert.equal(lastSession(), undefined);
  });

  // The last test of this file, because the module's memory cannot be cleared.
  test('is known as long as the page exists if storage is blocked', (t) => {
    const page = openPage(t);
    page.storage = blockedStorage;
    assert.equal(lastSession(), undefined);
    rememberSession(LEFT);
    assert.deepEqual(lastSession(), LEFT);
  });
});
