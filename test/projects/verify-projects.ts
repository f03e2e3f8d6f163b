import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openProvider, WEBHOOK_SECRET } from '../runtimes/provider.js';
import { startRuntime, type Runtime } from '../runtimes/runtime.js';
import { freePort } from '../support/free-port.js';
import { angular } from './angular.js';
import { astro } from './astro.js';
import { next } from './next.js';
import { nuxt } from './nuxt.js';
import type { Addresses, ConsoleMessage, FreshProject, Server } from './project.js';
import { openBrowser, purchase } from './purchase.js';
import { programOf, runProgram, step } from './steps.js';
import { sveltekit } from './sveltekit.js';
import { viteReact, viteSolid, viteVue } from './vite.js';

/* Part of npm run verify: new projects of the frameworks' own tools, with the package as in the guides. */

const PROJECTS: readonly FreshProject[] = [
  ...[viteReact, viteVue, viteSolid, sveltekit, next],
  ...[nuxt, astro, angular],
];

/** The npm that started this process, so that both have the same version. */
const NPM = process.env['npm_execpath'];
const npm = (args: readonly string[], cwd: string) =>
  NPM ? runProgram(process.execPath, [NPM, ...args], cwd) : runProgram('npm', args, cwd);

/** Disables telemetry and questions of the tools. */
const QUIET = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

/** Creates the project in a new folder and installs the package. */
async function create(project: FreshProject, root: string, addresses: Addresses, tarball: string) {
  const { name, packages } = project;
  const folder = join(root, 'shop');
  if (project.create) {
    const [tool, ...command] = project.create;
    await step(name, `create by ${tool}`, () =>
      npm(['exec', '--yes', `--package=${tool}`, '--', ...command], root),
    );
  }
  for (const [file, text] of Object.entries(project.files(addresses))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  await step(name, 'install', () =>
    npm(['install', tarball, ...packages, '--no-audit', '--no-fund'], folder),
  );
  return folder;
}

/** Checks the tags in the server's HTML: their attributes, and the button's fallback. */
async function checkRendered(shopUrl: string): Promise<void> {
  const html = await (await fetch(shopUrl)).text();
  assert.match(html, /<hsa-eligibility-badge[^>]*product-id="bp-monitor"/);
  assert.match(
    html,
    /<hsa-checkout-button[^>]*endpoint="\/api\/hsa-checkout"[^>]*>(?:(?!<\/hsa-checkout-button>)[^])*<a href="\/checkout"/,
  );
}

/** Starts the servers, in their order. */
async function start(servers: readonly Server[], folder: string) {
  const runtimes: Runtime[] = [];
  const stop = async () => {
    for (const runtime of runtimes.reverse()) await runtime.stop();
  };
  try {
    for (const { command, env: more, url } of servers) {
      const [program, ...args] = command;
      runtimes.push(
        await startRuntime(programOf(folder, program), args, {
          cwd: folder,
          env: { ...QUIET, ...more },
          url,
        }),
      );
    }
    return { output: () => runtimes.map((runtime) => runtime.output()).join('\n'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function verifyProject(project: FreshProject, tarball: string, browser: Browser): Promise<void> {
  const { name } = project;
  const provider = await openProvider('bp-monitor');
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'hsa-checkout-project-'));
  try {
    const port = await freePort();
    const shopUrl = `http://localhost:${port}`;
    const addresses: Addresses = {
      port,
      shopUrl,
      backendPort: await freePort(),
      providerHost: new URL(provider.url).host,
      keys: {
        GALE_API_KEY: 'glm_test_anything',
        CHECKOUT_SECRET: '16 random characters or more',
        PROVIDER_URL: provider.url,
        SHOP_URL: shopUrl,
        WEBHOOK_SECRET,
      },
    };
    const folder = await create(project, root, addresses, tarball);
    const run = ([program, ...args]: readonly [string, ...string[]]) =>
      runProgram(programOf(folder, program), args, folder, QUIET);

    const buy = async (
      servers: readonly Server[],
      allowed: readonly ConsoleMessage[],
      check = async () => {},
    ) => {
      const shop = await start(servers, folder);
      try {
        await check();
        await purchase(browser, addresses.shopUrl, {
          allowed,
          hasOrder: () => shop.output().includes('Paid, ship it: ord_'),
        });
      } catch (error) {
        throw new Error(`The shop printed:\n${shop.output()}`, { cause: error });
      } finally {
        await shop.stop();
      }
    };
    await step(name, 'purchase in development', () =>
      buy(project.development(addresses), project.developmentMessages),
    );
    if (project.types.length)
      await step(name, 'types', async () => {
        for (const command of project.types) await run(command);
      });
    await step(name, 'build', () => run(project.build));
    await step(name, `${project.rendersOnServer ? 'server render and ' : ''}purchase in production`, () =>
      buy(project.production(addresses), [], async () => {
        if (project.rendersOnServer) await checkRendered(addresses.shopUrl);
      }),
    );
  } finally {
    await provider.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/**
 * Creates each project and buys something in it.
 * @param tarball the path of the packed package.
 * @param names the names of the projects. Default: all.
 * @throws at the end if one failed. Each failure is printed at once.
 */
export async function verifyProjects(tarball: string, names: readonly string[] = []): Promise<void> {
  for (const name of names)
    if (!PROJECTS.some((project) => project.name === name))
      throw new Error(
        `There is no project "${name}", but ${PROJECTS.map((project) => project.name).join(', ')}`,
      );
  const chosen = names.length ? PROJECTS.filter(({ name }) => names.includes(name)) : PROJECTS;
  console.log(`\nNew projects: ${chosen.map(({ name }) => name).join(', ')}`);
  let failed = 0;
  const browser = await openBrowser();
  try {
    for (const project of chosen)
      await verifyProject(project, tarball, browser).catch((error: unknown) => {
        console.error(error);
        failed++;
      });
  } finally {
    await browser.close();
  }
  if (failed) throw new Error(`${failed} of ${chosen.length} new projects failed`);
}
