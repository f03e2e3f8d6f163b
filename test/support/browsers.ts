import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf, type Program } from './programs.js';

/** The engines that every element is tested in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** MiniBrowser is beside WebKit's libraries, in a folder with the name of the machine's architecture. */
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
  places: () => [
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
  places: () => [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ],
  debianPackage: 'firefox-esr',
};
const WEBKIT_DRIVER: Program = {
  name: 'WebKitWebDriver',
  env: 'WEBKIT_DRIVER_PATH',
  places: () => ['/usr/bin/WebKitWebDriver'],
  debianPackage: 'webkit2gtk-driver',
};
const XVFB: Program = {
  name: 'Xvfb',
  env: 'XVFB_PATH',
  places: () => ['/usr/bin/Xvfb'],
  debianPackage: 'xvfb',
};
const MINI_BROWSER: Program = {
  name: 'MiniBrowser',
  env: 'WEBKIT_PATH',
  places: miniBrowserPlaces,
  debianPackage: 'webkit2gtk-driver',
};

/** The path of Chromium. @throws if it is missing. */
export const chromiumPath = () => pathOf(CHROMIUM);
/** The path of Firefox. @throws if it is missing. */
export const firefoxPath = () => pathOf(FIREFOX);
/** The paths of the programs that WebKit needs. @throws if one is missing. */
export const webkitPaths = () => ({
  driver: pathOf(WEBKIT_DRIVER),
  browser: pathOf(MINI_BROWSER),
  display: pathOf(XVFB),
});

/** The engines to test in: those of the environment variable `BROWSERS`, or all. */
export function chosenEngines(): Engine[] {
  const names = (process.env['BROWSERS'] ?? ENGINES.join()).split(',').map((name) => name.trim());
  return names.map((name) => {
    const engine = ENGINES.find((candidate) => candidate === name);
    if (!engine)
      throw new Error(`BROWSERS may list ${ENGINES.join(', ')}, separated by commas; it lists "${name}"`);
    return engine;
  });
}

/** The programs that the tests of these engines start. */
export function browserPrograms(engines: readonly Engine[]): Program[] {
  const programs = { chromium: [CHROMIUM], firefox: [FIREFOX], webkit: [WEBKIT_DRIVER, MINI_BROWSER, XVFB] };
  const otherwise = 'list the engines you have in BROWSERS, as in BROWSERS=chromium,firefox';
  return engines.flatMap((engine) => programs[engine]).map((program) => ({ ...program, otherwise }));
}
