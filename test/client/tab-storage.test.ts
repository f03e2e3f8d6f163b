import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tabStorage } from '../../src/client/index.js';
import { blockedStorage, createStorage, openPage } from './fixtures.js';

/** Storage without any room left: it can be read. */
const fullStorage = (entries: Iterable<[string, string]> = []) => ({
  ...createStorage(entries),
  setItem: () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  },
});

describe('the page’s store', () => {
  test('keeps texts in sessionStorage, under names of its own', (t) => {
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

  test('keeps an empty text', (t) => {
    openPage(t);
    tabStorage.set('empty', '');
    assert.equal(tabStorage.get('empty'), '');
  });

  test('falls back on memory where storage is blocked', (t) => {
    const page = openPage(t);
    page.storage = blockedStorage;
    assert.equal(tabStorage.get('blocked'), undefined);
    tabStorage.set('blocked', '1');
    assert.equal(tabStorage.get('blocked'), '1');
    tabStorage.set('blocked', '2');
    assert.equal(tabStorage.get('blocked'), '2');
  });

  test('falls back on memory where there is no storage at all', (t) => {
    openPage(t);
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    tabStorage.set('absent', '1');
    assert.equal(tabStorage.get('absent'), '1');
  });

  test('answers with the newer text where storage is full and holds an older one', (t) => {
    const page = openPage(t);
    page.storage = fullStorage([['hsa-checkout:full', 'older']]);
    assert.equal(tabStorage.get('full'), 'older');
    tabStorage.set('full', 'newer');
    assert.equal(tabStorage.get('full'), 'newer');
  });

  test('answers with the newer text where storage was full and has room again', (t) => {
    const page = openPage(t);
    page.storage = fullStorage();
    tabStorage.set('room', 'older');
    page.storage = createStorage();
    tabStorage.set('room', 'newer');
    assert.equal(tabStorage.get('room'), 'newer');
  });
});
