import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { requestEligibility, EligibilityOptions } from '../../src/client/index.js';
import { networkFailure, type Step } from './endpoint.js';
import { blockedStorage, createStorage, openPage, type Page } from './fixtures.js';

const MINUTE_MS = 60_000;
const eligibilityResponse = (products: Record<string, unknown>) =>
  Response.json({
    products: Object.entries(products).map(([product_id, eligibility]) => ({ product_id, eligibility })),
  });

/** A tab: consecutive pages, each with its own module, and one storage. */
class Tab {
  static #pages = 0;
  readonly page: Page;
  readonly storage = createStorage();
  requestEligibility!: typeof requestEligibility;

  constructor(t: TestContext) {
    this.page = openPage(t);
    this.page.storage = this.storage;
  }

  /** Opens the next page. Its endpoint responds with these steps. */
  async open(...steps: Step[]): Promise<void> {
    this.page.endpoint.steps = steps;
    Object.assign(this, await import(`../../src/client/eligibility.js?page=${++Tab.#pages}`));
  }

  /** The first result for a product: the cached one, or else that of the endpoint. */
  ask(id: string, asking?: EligibilityOptions) {
    return this.page.run(this.requestEligibility(this.page.endpoint.url, id, asking));
  }

  askAll(ids: string[]) {
    return this.page.run(Promise.all(ids.map((id) => this.requestEligibility(this.page.endpoint.url, id))));
  }

  /** The product ids of all requests so far. */
  get requestedIds(): string[][] {
    return this.page.endpoint.requests.map(({ body }) => (body as { product_ids: string[] }).product_ids);
  }

  /** The only text in the tab's storage. */
  get stored(): string {
    const [text, ...others] = this.storage.entries.values();
    assert.deepEqual(others, []);
    return text!;
  }

  set stored(text: string) {
    const [name] = this.storage.entries.keys();
    this.storage.entries.set(name!, text);
  }
}

/** A tab whose first page has received that `a` is eligible. */
async function visited(t: TestContext): Promise<Tab> {
  const tab = new Tab(t);
  await tab.open(eligibilityResponse({ a: 'eligible' }));
  assert.equal(await tab.ask('a'), 'eligible');
  return tab;
}

describe('an entry of an earlier page', () => {
  test('is returned at once, and requested again in the background', async (t) => {
    const tab = await visited(t);
    let release!: (response: Response) => void;
    await tab.open(new Promise((resolve) => (release = resolve)));
    const onChange = t.mock.fn();
    assert.equal(await tab.ask('a', { onChange }), 'eligible');
    await tab.page.pass(1);
    assert.deepEqual(tab.requestedIds, [['a'], ['a']]);
    release(eligibilityResponse({ a: 'eligible' }));
    await tab.page.pass(1);
    assert.equal(onChange.mock.callCount(), 0);
    assert.equal(await tab.ask('a'), 'eligible');
    assert.equal(tab.requestedIds.length, 2);
  });

  test('is requested again together with new products', async (t) => {
    const tab = await visited(t);
    await tab.open(eligibilityResponse({ a: 'eligible', b: 'lmn' }));
    assert.deepEqual(await tab.askAll(['a', 'b']), ['eligible', 'lmn']);
    assert.deepEqual(tab.requestedIds, [['a'], ['a', 'b']]);
  });

  const CHANGES: [what: string, step: () => Step, word: string][] = [
    ['is not eligible any more', () => eligibilityResponse({ a: 'regular' }), 'regular'],
    ['needs a letter', () => eligibilityResponse({ a: 'lmn' }), 'lmn'],
    ['is not known any more', () => eligibilityResponse({}), 'unknown'],
    ['gets a word that nobody knows', () => eligibilityResponse({ a: 'ELIGIBLE' }), 'unknown'],
    ['cannot be asked for', () => new Response('', { status: 500 }), 'unknown'],
  ];
  for (const [what, step, word] of CHANGES)
    test(`is replaced if the product ${what}, and not returned again`, async (t) => {
      const tab = await visited(t);
      await tab.open(step());
      const onChange = t.mock.fn();
      await tab.ask('a', { onChange });
      await tab.page.pass(1);
      assert.equal(onChange.mock.callCount(), 1);
      assert.equal(await tab.ask('a'), word);
      assert.equal(tab.requestedIds.length, 2);
      await tab.open(eligibilityResponse({ a: 'lmn' }));
      assert.equal(await tab.ask('a'), word === 'unknown' ? 'lmn' : word);
      await tab.page.pass(1);
    });

  test('expires after five minutes, on the next page as on this one', async (t) => {
    const tab = await visited(t);
    await tab.page.pass(5 * MINUTE_MS);
    tab.page.endpoint.steps = [eligibilityResponse({ a: 'lmn' })];
    assert.equal(await tab.ask('a'), 'lmn');
    await tab.page.pass(5 * MINUTE_MS);
    await tab.open(networkFailure(), networkFailure(), networkFailure());
    assert.equal(await tab.ask('a'), 'unknown');
  });

  test('is ignored by a refresh', async (t) => {
    const tab = await visited(t);
    tab.page.endpoint.steps = [eligibilityResponse({ a: 'regular' })];
    assert.equal(await tab.ask('a', { refresh: true }), 'regular');
    await tab.open(eligibilityResponse({ a: 'lmn' }));
    assert.equal(await tab.ask('a', { refresh: true }), 'lmn');
  });

  test('is ignored for another endpoint', async (t) => {
    const tab = await visited(t);
    await tab.open(eligibilityResponse({ a: 'regular' }));
    assert.equal(await tab.page.run(tab.requestEligibility(`${tab.page.endpoint.url}/v2`, 'a')), 'regular');
  });

  test('lasts as long as the page if storage is blocked', async (t) => {
    const tab = new Tab(t);
    tab.page.storage = blockedStorage;
    await tab.open(eligibilityResponse({ a: 'eligible' }));
    assert.deepEqual(await tab.askAll(['a', 'a']), ['eligible', 'eligible']);
    assert.equal(await tab.ask('a'), 'eligible');
    assert.deepEqual(tab.requestedIds, [['a']]);
  });
});

describe('the storage of a tab', () => {
  test('has ids, eligibility and times, and no unknown product', async (t) => {
    const tab = new Tab(t);
    await tab.open(eligibilityResponse({ a: 'eligible', b: 'unknown', c: 'lmn' }));
    await tab.askAll(['a', 'b', 'c']);
    assert.deepEqual(
      (JSON.parse(tab.stored) as unknown[][]).map((row) => row.map((value) => typeof value)),
      [
        ['string', 'string', 'number'],
        ['string', 'string', 'number'],
      ],
    );
    assert.doesNotMatch(tab.stored, /"b"|unknown/);
  });

  test('has the last thousand entries', async (t) => {
    const tab = new Tab(t);
    const ids = Array.from({ length: 1_100 }, (_, i) => `p${i}`);
    const batches = Array.from({ length: 11 }, (_, i) => ids.slice(i * 100, i * 100 + 100));
    await tab.open(
      ...batches.map((batch) => eligibilityResponse(Object.fromEntries(batch.map((id) => [id, 'eligible'])))),
    );
    await tab.askAll(ids);
    const kept = (JSON.parse(tab.stored) as [string][]).map(([id]) => id);
    assert.deepEqual(kept, ids.slice(100));
  });

  const NOW = Date.UTC(2026, 10, 23, 12);
  const STRANGE: [what: string, text: string][] = [
    ['no JSON', '[["a","eligible"'],
    ['no list', '{"a":"eligible"}'],
    ['null', 'null'],
    ['an object of the same fields', JSON.stringify([{ 0: 'a', 1: 'eligible', 2: NOW }])],
    ['no time', '[["a","eligible"]]'],
    ['a time of no number', `[["a","eligible","${new Date(NOW).toISOString()}"]]`],
    ['a time to come', `[["a","eligible",${NOW + MINUTE_MS}]]`],
    ['another word', `[["a","yes",${NOW}]]`],
    ['a list for a word', `[["a",["eligible"],${NOW}]]`],
    ['a list for an id', `[[["a"],"eligible",${NOW}]]`],
    ['a prototype', `[{"__proto__":["a","eligible",${NOW}]},{"a":"eligible"}]`],
  ];
  for (const [what, text] of STRANGE)
    test(`is ignored if it has ${what}`, async (t) => {
      const tab = await visited(t);
      tab.stored = text;
      await tab.open(eligibilityResponse({ a: 'regular' }));
      assert.equal(await tab.ask('a'), 'regular');
    });
});
