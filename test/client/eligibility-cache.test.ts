import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { requestEligibility, EligibilityOptions } from '../../src/client/index.js';
import { networkFailure, type Step } from './endpoint.js';
import { blockedStorage, createStorage, openPage, type Page } from './fixtures.js';

const MINUTE_MS = 60_000;
const words = (products: Record<string, unknown>) =>
  Response.json({
    products: Object.entries(products).map(([product_id, eligibility]) => ({ product_id, eligibility })),
  });

/** What a tab goes through: pages one after the other, each with a module of its own, and one storage. */
class Tab {
  static #pages = 0;
  readonly page: Page;
  readonly storage = createStorage();
  requestEligibility!: typeof requestEligibility;

  constructor(t: TestContext) {
    this.page = openPage(t);
    this.page.storage = this.storage;
  }

  /** Opens the next page, whose endpoint answers with these steps. */
  async open(...steps: Step[]): Promise<void> {
    this.page.endpoint.steps = steps;
    Object.assign(this, await import(`../../src/client/eligibility.js?page=${++Tab.#pages}`));
  }

  /** What is said of a product first, before the endpoint has answered where there is something to say. */
  ask(id: string, asking?: EligibilityOptions) {
    return this.page.run(this.requestEligibility(this.page.endpoint.url, id, asking));
  }

  askAll(ids: string[]) {
    return this.page.run(Promise.all(ids.map((id) => this.requestEligibility(this.page.endpoint.url, id))));
  }

  /** Everything that was asked so far. */
  get asked(): string[][] {
    return this.page.endpoint.requests.map(({ body }) => (body as { product_ids: string[] }).product_ids);
  }

  /** The one text that the tab keeps. */
  get kept(): string {
    const [text, ...others] = this.storage.entries.values();
    assert.deepEqual(others, []);
    return text!;
  }

  set kept(text: string) {
    const [name] = this.storage.entries.keys();
    this.storage.entries.set(name!, text);
  }
}

/** A tab whose first page was told that `a` is eligible. */
async function visited(t: TestContext): Promise<Tab> {
  const tab = new Tab(t);
  await tab.open(words({ a: 'eligible' }));
  assert.equal(await tab.ask('a'), 'eligible');
  return tab;
}

describe('an answer of the page before', () => {
  test('is believed at once, and asked for again in the background', async (t) => {
    const tab = await visited(t);
    let release!: (response: Response) => void;
    await tab.open(new Promise((resolve) => (release = resolve)));
    const onChange = t.mock.fn();
    assert.equal(await tab.ask('a', { onChange }), 'eligible');
    await tab.page.pass(1);
    assert.deepEqual(tab.asked, [['a'], ['a']]);
    release(words({ a: 'eligible' }));
    await tab.page.pass(1);
    assert.equal(onChange.mock.callCount(), 0);
    assert.equal(await tab.ask('a'), 'eligible');
    assert.equal(tab.asked.length, 2);
  });

  test('is asked for again together with what is new', async (t) => {
    const tab = await visited(t);
    await tab.open(words({ a: 'eligible', b: 'lmn' }));
    assert.deepEqual(await tab.askAll(['a', 'b']), ['eligible', 'lmn']);
    assert.deepEqual(tab.asked, [['a'], ['a', 'b']]);
  });

  const CHANGES: [what: string, step: () => Step, word: string][] = [
    ['is not eligible any more', () => words({ a: 'regular' }), 'regular'],
    ['needs a letter', () => words({ a: 'lmn' }), 'lmn'],
    ['is not known any more', () => words({}), 'unknown'],
    ['gets a word that nobody knows', () => words({ a: 'ELIGIBLE' }), 'unknown'],
    ['cannot be asked for', () => new Response('', { status: 500 }), 'unknown'],
  ];
  for (const [what, step, word] of CHANGES)
    test(`is taken back where the product ${what}, and nobody is told it again`, async (t) => {
      const tab = await visited(t);
      await tab.open(step());
      const onChange = t.mock.fn();
      await tab.ask('a', { onChange });
      await tab.page.pass(1);
      assert.equal(onChange.mock.callCount(), 1);
      assert.equal(await tab.ask('a'), word);
      assert.equal(tab.asked.length, 2);
      await tab.open(words({ a: 'lmn' }));
      assert.equal(await tab.ask('a'), word === 'unknown' ? 'lmn' : word);
      await tab.page.pass(1);
    });

  test('is over after five minutes, on the next page as on this one', async (t) => {
    const tab = await visited(t);
    await tab.page.pass(5 * MINUTE_MS);
    tab.page.endpoint.steps = [words({ a: 'lmn' })];
    assert.equal(await tab.ask('a'), 'lmn');
    await tab.page.pass(5 * MINUTE_MS);
    await tab.open(networkFailure(), networkFailure(), networkFailure());
    assert.equal(await tab.ask('a'), 'unknown');
  });

  test('is not believed where somebody asks anew', async (t) => {
    const tab = await visited(t);
    tab.page.endpoint.steps = [words({ a: 'regular' })];
    assert.equal(await tab.ask('a', { refresh: true }), 'regular');
    await tab.open(words({ a: 'lmn' }));
    assert.equal(await tab.ask('a', { refresh: true }), 'lmn');
  });

  test('is not believed of another endpoint', async (t) => {
    const tab = await visited(t);
    await tab.open(words({ a: 'regular' }));
    assert.equal(await tab.page.run(tab.requestEligibility(`${tab.page.endpoint.url}/v2`, 'a')), 'regular');
  });

  test('is good for the page’s life where storage is blocked', async (t) => {
    const tab = new Tab(t);
    tab.page.storage = blockedStorage;
    await tab.open(words({ a: 'eligible' }));
    assert.deepEqual(await tab.askAll(['a', 'a']), ['eligible', 'eligible']);
    assert.equal(await tab.ask('a'), 'eligible');
    assert.deepEqual(tab.asked, [['a']]);
  });
});

describe('what a tab keeps', () => {
  test('is ids, words and times, and no unknown product', async (t) => {
    const tab = new Tab(t);
    await tab.open(words({ a: 'eligible', b: 'unknown', c: 'lmn' }));
    await tab.askAll(['a', 'b', 'c']);
    assert.deepEqual(
      (JSON.parse(tab.kept) as unknown[][]).map((row) => row.map((value) => typeof value)),
      [
        ['string', 'string', 'number'],
        ['string', 'string', 'number'],
      ],
    );
    assert.doesNotMatch(tab.kept, /"b"|unknown/);
  });

  test('is the last thousand answers', async (t) => {
    const tab = new Tab(t);
    const ids = Array.from({ length: 1_100 }, (_, i) => `p${i}`);
    const batches = Array.from({ length: 11 }, (_, i) => ids.slice(i * 100, i * 100 + 100));
    await tab.open(...batches.map((batch) => words(Object.fromEntries(batch.map((id) => [id, 'eligible'])))));
    await tab.askAll(ids);
    const kept = (JSON.parse(tab.kept) as [string][]).map(([id]) => id);
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
    test(`is not believed where it holds ${what}`, async (t) => {
      const tab = await visited(t);
      tab.kept = text;
      await tab.open(words({ a: 'regular' }));
      assert.equal(await tab.ask('a'), 'regular');
    });
});
