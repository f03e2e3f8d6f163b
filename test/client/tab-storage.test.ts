import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageStore } from '../../src/client/index.js';
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
    assert.equal(pageStore.get('kept'), undefined);
    pageStore.set('kept', 'ours');
    assert.equal(pageStore.get('kept'), 'ours');
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
    pageStore.set('empty', '');
    assert.equal(pageStore.get('empty'), '');
  });

  test('falls back on memory where storage is blocked', (t) => {
    const page = openPage(t);
    page.storage = blockedStorage;
    assert.equal(pageStore.get('blocked'), undefined);
    pageStore.set('blocked', '1');
    assert.equal(pageStore.get('blocked'), '1');
    pageStore.set('blocked', '2');
    assert.equal(pageStore.get('blocked'), '2');
  });

  test('falls back on memory where there is no storage at all', (t) => {
    openPage(t);
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    pageStore.set('absent', '1');
    assert.equal(pageStore.get('absent'), '1');
  });

  test('answers with the newer text where storage is full and holds an older one', (t) => {
    const page = openPage(t);
    page.storage = fullStorage([['hsa-checkout:full', 'older']]);
    assert.equal(pageStore.get('full'), 'older');
    pageStore.set('full', 'newer');
    assert.equal(pageStore.get('full'), 'newer');
  });

  test('answers with the newer text where storage was full and has room again', (t) => {
    const page = openPage(t);
    page.storage = fullStorage();
    pageStore.set('room', 'older');
    page.storage = createStorage();
    pageStore.set('room', 'newer');
    assert.equal(pageStore.get('room'), 'newer');
  });
});
