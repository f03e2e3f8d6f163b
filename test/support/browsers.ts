import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The engines that every element is tested in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** One program that the tests start. */
interface Program {
  name: string;
  /** Environment variable that names the program where it is not in a usual place. */
  env: string;
  /** Usual places, the first that exists wins. */
  places: string[];
  debianPackage: string;
}

/** MiniBrowser lives beside WebKit's libraries, below a folder named after the machine's architecture. */
function miniBrowserPlaces(): string[] {
  const roots = ['/usr/lib', '/usr/libexec', '/usr/lib64'].filter((root) => existsSync(root));
  return roots
    .flatMap((root) => [root, ...readdirSync(root).map((entry) => join(root, entry))])
    .flatMap((folder) => [
      join(folder, 'webkit2gtk-4.1/MiniBrowser'),
      join(folder, 'webkitgtk-6.0/MiniBrowser'),
    ]);
}

const CHROMIUM: Program = {
  name: 'Chromium',
  env: 'CHROME_PATH',
  places: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  debianPackage: 'chromium',
};
const FIREFOX: Program = {
  name: 'Firefox',
  env: 'FIREFOX_PATH',
  places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  debianPackage: 'firefox-esr',
};
const WEBKIT_DRIVER: Program = {
  name: 'WebKitWebDriver',
  env: 'WEBKIT_DRIVER_PATH',
  places: ['/usr/bin/WebKitWebDriver'],
  debianPackage: 'webkit2gtk-driver',
};
const XVFB: Program = {
  name: 'Xvfb',
  env: 'XVFB_PATH',
  places: ['/usr/bin/Xvfb'],
  debianPackage: 'xvfb',
};
/** Read anew each time: the place of MiniBrowser may have come into being with an installation. */
const miniBrowser = (): Program => ({
  name: 'MiniBrowser',
  env: 'WEBKIT_PATH',
  places: miniBrowserPlaces(),
  debianPackage: 'webkit2gtk-driver',
});

function find({ env, places }: Program): string | undefined {
  const override = process.env[env];
  if (!override) return places.find((place) => existsSync(place));
  if (existsSync(override)) return override;
  throw new Error(`${env} names ${override}, which does not exist`);
}

function findOrThrow(program: Program): string {
  const path = find(program);
  if (!path) throw new Error(`${program.name} is missing: name it with ${program.env}`);
  return path;
}

/** The path of Chromium. Throws when there is none. */
export const chromiumPath = () => findOrThrow(CHROMIUM);
/** The path of Firefox. Throws when there is none. */
export const firefoxPath = () => findOrThrow(FIREFOX);
/** The paths of all that WebKit needs. Throws when one is missing. */
export const webkitPaths = () => ({
  driver: findOrThrow(WEBKIT_DRIVER),
  browser: findOrThrow(miniBrowser()),
  display: findOrThrow(XVFB),
});

/** The engines to test in: all, or those that the environment variable `BROWSERS` lists. */
export function chosenEngines(): Engine[] {
  const names = (process.env['BROWSERS'] ?? ENGINES.join()).split(',').map((name) => name.trim());
  return names.map((name) => {
    const engine = ENGINES.find((known) => known === name);
    if (!engine)
      throw new Error(`BROWSERS may list ${ENGINES.join(', ')}, separated by commas; it lists "${name}"`);
    return engine;
  });
}

function missingPrograms(engines: readonly Engine[]): Program[] {
  const programs = { chromium: [CHROMIUM], firefox: [FIREFOX], webkit: [WEBKIT_DRIVER, miniBrowser(), XVFB] };
  return engines.flatMap((engine) => programs[engine]).filter((program) => !find(program));
}

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** What a person has to do about missing programs: on Debian one command, elsewhere a sentence. */
function advice(missing: readonly Program[], packages: readonly string[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  if (isDebian())
    return `These programs are missing: ${names}. Install them, then run the tests again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}\n`;
  const variables = missing.map(({ name, env }) => `${env} (${name})`).join(', ');
  return `These programs are missing: ${names}. Install them and name their paths in ${variables}, or list the engines you have in BROWSERS, as in BROWSERS=chromium,firefox.`;
}

/**
 * Makes sure that the programs which `engines` need are here. On Debian as root it installs what is missing; anywhere else it
 * throws an error that says what to do.
 */
export function ensureBrowsers(engines: readonly Engine[]): void {
  const missing = missingPrograms(engines);
  if (!missing.length) return;
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (!isDebian() || process.getuid?.() !== 0) throw new Error(advice(missing, packages));
  console.log(`Installing ${packages.join(', ')} …`);
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status } = spawnSync('apt-get', ['-q', ...step], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${step.join(' ')} failed\n${advice(missing, packages)}`);
  }
  const still = missingPrograms(engines);
  if (still.length) throw new Error(advice(still, packages));
}
