import { strict as assert } from 'node:assert';
import { blocksOf, sectionOf } from '../support/documents.js';
import type { Addresses, Server } from './project.js';

/* An app without its own server. The server of the README's first payment runs beside it, with the sandbox. */

const GUIDE = 'docs/sandbox.md';
const DEV_SERVER = sectionOf(GUIDE, 'Developing with a dev server');

/** The guide's code that contains a text, with the ports of this run. */
function guideCode(holds: string, { port, backendPort }: Addresses): string {
  const block = blocksOf(GUIDE).find(({ code }) => DEV_SERVER.includes(code) && code.includes(holds));
  assert.ok(block, `${GUIDE} has no code with "${holds}"`);
  return block.code.replaceAll('5173', String(port)).replaceAll('3000', String(backendPort));
}

/** Lets the server also serve the built files, and the app for the return page. */
const FILES = [
  [
    "app.get('*', serveStatic({ root: 'public' }));",
    "app.get('*', serveStatic({ root: 'FOLDER' }), serveStatic({ path: 'FOLDER/index.html' }));",
  ],
  ['successUrl: `${shop}/thanks.html`,', 'successUrl: `${shop}/thanks`,'],
] as const;

function change(code: string, changes: readonly (readonly [line: string, instead: string])[]): string {
  return changes.reduce((text, [line, instead]) => {
    assert.ok(text.includes(line), `The README's server has no line "${line}"`);
    return text.replace(line, () => instead);
  }, code);
}

/** The servers: `server.mjs` of the README for the built files of an app in `folder`, and the guide's for a dev server. */
export function serverFiles(folder: string, addresses: Addresses): Record<string, string> {
  const section = sectionOf('README.md', 'The first payment, in five minutes');
  const [, code] = /`server\.mjs`[^]*?^```js\n([^]*?)^```$/m.exec(section)!;
  return {
    'server.mjs': change(code!, FILES).replaceAll('FOLDER', folder),
    // The apps have no file for the return page.
    'server-behind-dev-server.mjs': guideCode('createSandbox', addresses).replace('/thanks.html', '/thanks'),
  };
}

/** The guide's configuration of Vite. */
export const viteSetting = (addresses: Addresses) => guideCode('defineConfig', addresses);
/** The guide's proxy for Angular. */
export const angularProxy = (addresses: Addresses) => guideCode('"target"', addresses);

/** The guide's server behind a dev server. The browser sees the dev server's origin. */
export const backend = ({ backendPort }: Addresses): Server => ({
  command: ['node', 'server-behind-dev-server.mjs'],
  env: { PORT: String(backendPort) },
  url: `http://localhost:${backendPort}/`,
});

/** The README's server with the built files. */
export const builtFiles = ({ port, shopUrl }: Addresses): Server => ({
  command: ['node', 'server.mjs'],
  env: { PORT: String(port) },
  url: shopUrl,
});
