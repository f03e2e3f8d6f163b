import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { browserPrograms, chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';
import { ensurePrograms } from '../support/programs.js';
import type { Situation } from './situation.js';
import { SITUATIONS } from './situations.js';
import { DoesNotApply, Visit } from './visit.js';

/** Longest duration of a situation, in milliseconds. */
const TIME_LIMIT_MS = 60_000;

export interface ThemeOptions {
  /** The folder that contains a folder for each theme. */
  themes: string;
  /** The folder for pictures. */
  shots?: string;
  /** Only situations whose name contains it. */
  only?: string;
}

/** The result of a situation in a theme. */
interface Result {
  theme: string;
  situation: string;
  outcome: 'ok' | '–' | 'FAIL';
  failures: string[];
}

const themesIn = (folder: string) =>
  readdirSync(folder).filter((name) => existsSync(join(folder, name, 'layout/theme.liquid')));

/** Runs one situation in one theme, with fresh pages. */
async function runSituation(
  browser: Browser,
  themeRoot: string,
  { surface, run }: Situation,
  shots?: string,
): Promise<string[]> {
  const visits: Visit[] = [];
  const stage = {
    async open(options = {}) {
      const visit = await Visit.open(browser, themeRoot, surface, options);
      visits.push(visit);
      return visit;
    },
    async picture({ page, shop }: Visit, name: string) {
      const path = shots && join(shots, `${shop.theme.name}-${name}.png`);
      if (path) await page.screenshot({ path, fullPage: surface === 'page' });
    },
  };
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string[]>((done) => {
    timer = setTimeout(done, TIME_LIMIT_MS, [`did not end within ${TIME_LIMIT_MS / 1000} s`]);
  });
  try {
    const failures = await Promise.race([run(stage), tooLong]);
    const rendering = visits.flatMap(({ shop }) => [...shop.theme.errors]);
    return [...failures, ...new Set(rendering.map((error) => `could not be rendered: ${error}`))];
  } finally {
    clearTimeout(timer);
    await Promise.all(visits.map((visit) => visit.close()));
  }
}

async function resultOf(
  browser: Browser,
  folder: string,
  theme: string,
  situation: Situation,
  shots?: string,
): Promise<Result> {
  const about = { theme, situation: situation.name };
  try {
    const failures = await runSituation(browser, join(folder, theme), situation, shots);
    return { ...about, outcome: failures.length ? 'FAIL' : 'ok', failures };
  } catch (error) {
    if (error instanceof DoesNotApply) return { ...about, outcome: '–', failures: [] };
    return { ...about, outcome: 'FAIL', failures: [(error as Error).message.split('\n')[0]!] };
  }
}

/** Prints a row for each situation, a column for each theme, and the failures below. */
function print(results: Result[], themes: string[], situations: Situation[]): void {
  const wide = Math.max(...situations.map(({ name }) => name.length));
  const columns = themes.map((theme) => Math.max(theme.length, 4));
  const row = (name: string, cells: string[]) =>
    console.log([name.padEnd(wide), ...cells.map((cell, i) => cell.padEnd(columns[i]!))].join('  '));
  console.log();
  row('', themes);
  for (const { name } of situations)
    row(
      name,
      themes.map((theme) => results.find((one) => one.theme === theme && one.situation === name)!.outcome),
    );
  for (const { theme, situation, failures } of results.filter(({ outcome }) => outcome === 'FAIL'))
    console.log(`\n${theme}, ${situation}\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
}

/**
 * Runs the extension in whole themes and prints a table, situation by theme.
 * @returns whether nothing failed.
 */
export async function verifyThemes({ themes: folder, shots, only = '' }: ThemeOptions): Promise<boolean> {
  const themes = themesIn(folder);
  if (!themes.length) throw new Error(`No theme in ${resolve(folder)}: a theme has layout/theme.liquid`);
  const situations = SITUATIONS.filter(({ name }) => name.includes(only));
  if (!situations.length) throw new Error(`No situation with "${only}" in its name`);
  ensurePrograms(browserPrograms(['chromium']));
  ensureBuilt('script-tag');
  if (shots) await mkdir(shots, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  const results: Result[] = [];
  try {
    // Themes side by side: most of the time is spent waiting.
    const runTheme = async (theme: string) => {
      for (const situation of situations) {
        const result = await resultOf(browser, folder, theme, situation, shots);
        console.log(`  ${result.outcome.padEnd(4)}  ${theme}: ${situation.name}`);
        results.push(result);
      }
    };
    await Promise.all(themes.map(runTheme));
  } finally {
    await browser.close();
  }
  print(results, themes, situations);
  const failed = results.filter(({ outcome }) => outcome === 'FAIL').length;
  console.log(`\n${failed} of ${results.length} failed.`);
  return !failed;
}
