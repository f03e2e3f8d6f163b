import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tabStorage } from '../../src/client/index.js';
import { blockedStorage, createStorage, openPage } from './fixtures.js';

/** Storage that is full, but can be read. */
const fullStorage = (entries: Iterable<[string, string]> = []) => ({
  ...createStorage(entries),
  setItem: () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  },
});

describe('the storage of the tab', () => {
  test('stores texts in sessionStorage under prefixed names', (t) => {
    const page = openPage(t);
    const storage = createStorage([['kept', 'another script’s']]);
    page.storage = storage;
    assert.equal(tabStorage.get('kept'), undefined);
    tabStorage.set('kept', 'ours');
    assert.equal(tabStorage.get('kept'), 'ours');
    assert.deepEqual(
      [...storage.entries],
      [
        ['kept', 'another script’s'],
        ['hsa-checkout:kept', 'ours'],
      ],
    );
  });

  test('stores an empty text', (t) => {
    openPage(t);
    tabStorage.set('empty', '');
    assert.equal(tabStorage.get('empty'), '');
  });

  test('uses memory if storage is blocked', (t) => {
    const page = openPage(t);
    page.storage = blockedStorage;
    assert.equal(tabStorage.get('blocked'), undefined);
    tabStorage.set('blocked', '1');
    assert.equal(tabStorage.get('blocked'), '1');
    tabStorage.set('blocked', '2');
    assert.equal(tabStorage.get('blocked'), '2');
  });

  test('uses memory if there is no storage', (t) => {
    openPage(t);
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    tabStorage.set('absent', '1');
    assert.equal(tabStorage.get('absent'), '1');
  });

  test('returns the newer text if storage is full and has an older one', (t) => {
    const page = openPage(t);
    page.storage = fullStorage([['hsa-checkout:full', 'older']]);
    assert.equal(tabStorage.get('full'), 'older');
    tabStorage.set('full', 'newer');
    assert.equal(tabStorage.get('full'), 'newer');
  });

  test('returns the newer text if storage was full and has room again', (t) => {
    const page = openPage(t);
    page.storage = fullStorage();
    tabStorage.set('room', 'older');
    page.storage = createStorage();
    tabStorage.set('room', 'newer');
    assert.equal(tabStorage.get('room'), 'newer');
  });
});
