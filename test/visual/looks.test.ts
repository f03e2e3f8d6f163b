import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { compare, condense, TOLERANCE } from './compare.js';
import { SCENES } from './scenes.js';
import type { Look } from './sheet.js';
import { Screenshots, type Sheet } from './screenshots.js';

const BASELINES = resolve(import.meta.dirname, 'baselines');
/** Folder for the pictures of a failing test. */
const FAILED = resolve(import.meta.dirname, '../../dist/looks');
/** Whether the current pictures replace the baselines. */
const isRenewed = !!process.env['UPDATE_LOOKS'];

/** Every look with its baseline. `auto` has the same baseline as the theme for that page. */
const LOOKS: (Look & { baseline: string })[] = [
  { theme: 'light', ground: 'light', baseline: 'light' },
  { theme: 'auto', ground: 'light', baseline: 'light' },
  { theme: 'dark', ground: 'dark', baseline: 'dark' },
  { theme: 'auto', ground: 'dark', baseline: 'dark' },
  { theme: 'outline', ground: 'light', baseline: 'outline-on-light' },
  { theme: 'outline', ground: 'dark', baseline: 'outline-on-dark' },
];

let browser: Screenshots;
let table: Page;
before(async () => {
  browser = await Screenshots.open();
  table = await browser.blank();
});
after(() => browser.close());

/** Compares a picture with its baseline. Saves both and their difference when they differ. */
async function assertSame(name: string, drawn: Buffer): Promise<void> {
  const actual = await condense(table, drawn);
  const file = resolve(BASELINES, `${name}.png`);
  if (isRenewed) {
    mkdirSync(BASELINES, { recursive: true });
    writeFileSync(file, actual);
  }
  assert.ok(
    existsSync(file),
    `There is no ${relative('.', file)}: UPDATE_LOOKS=1 npm test demo visual draws it`,
  );
  const { squares, picture } = await compare(table, readFileSync(file), actual);
  if (squares <= TOLERANCE) return;
  mkdirSync(FAILED, { recursive: true });
  const [now, differing] = ['', '-difference'].map((end) => resolve(FAILED, `${name}${end}.png`)) as [
    string,
    string,
  ];
  writeFileSync(now, drawn);
  writeFileSync(differing, picture);
  assert.fail(
    `${squares} squares of ${name} differ, ${TOLERANCE} may: compare ${relative('.', now)} with ${relative('.', file)}, ` +
      `see ${relative('.', differing)}. If it is as it should be, UPDATE_LOOKS=1 npm test demo visual keeps it`,
  );
}

for (const locale of ['en', 'es'] as const)
  describe(`every state of button, badge and status, in ${locale}`, () => {
    let sheet: Sheet;
    before(async () => (sheet = await browser.stage(SCENES, locale)));
    after(() => sheet.close());

    // `auto` is the same in every language.
    const looks = LOOKS.filter(({ theme }) => theme !== 'auto' || locale === 'en');
    for (const { theme, ground, baseline } of looks)
      test(`looks as it did, ${theme} on a ${ground} page`, async () => {
        await assertSame(`${baseline}-${locale}`, await sheet.draw({ theme, ground }));
      });

    if (locale === 'es') return;

    const condensed = async (look: Look, rules?: string) => condense(table, await sheet.draw(look, rules));
    const light: Look = { theme: 'light', ground: 'light' };
    const changes: [what: string, rules: string][] = [
      ['rounder corners', ':root { --hsa-radius: 10px }'],
      ['a slightly other colour', ':root { --hsa-background: #0a6552 }'],
      ['a badge that is a pixel lower', '::part(badge) { margin-top: 8px }'],
    ];
    for (const [what, rules] of changes)
      test(`would not pass with ${what}`, async () => {
        const { squares } = await compare(table, await condensed(light), await condensed(light, rules));
        assert.ok(squares > 2 * TOLERANCE, `${squares} squares`);
      });

    test('would pass where letters are drawn a trace bolder, as another machine may', async () => {
      const bolder = 'figure { -webkit-text-stroke: 0.015px }';
      const [one, other] = [await condensed(light), await condensed(light, bolder)];
      assert.notDeepEqual(one, other);
      const { squares } = await compare(table, one, other);
      assert.ok(squares <= TOLERANCE, `${squares} squares`);
    });
  });
