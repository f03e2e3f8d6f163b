import { strict as assert } from 'node:assert';
import { rowsIn, sectionOf } from '../support/documents.js';
import type { Addresses, Server } from './project.js';

/* A page without a server of its own: beside it runs the server of the README's first payment, with the sandbox in it. */

const GUIDE = sectionOf('docs/frameworks.md', 'Developing with a dev server');

/** The rows of the guide's table: a line of the README's server, and the one to write instead. */
const CHANGES = rowsIn(GUIDE)
  .slice(1)
  .map((cells) => cells.map((cell) => cell.replace(/^`+|`+$/g, '')) as [line: string, instead: string]);

/** The server has the built files, too, and answers the return page with the app. */
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

/** The servers: `server.mjs` of the README for the built files of an app in `folder`, and as the guide changes it for a dev server. */
export function serverFiles(folder: string, { port }: Addresses): Record<string, string> {
  const section = sectionOf('README.md', 'The first payment, in five minutes');
  const [, code] = /`server\.mjs`[^]*?^```js\n([^]*?)^```$/m.exec(section)!;
  const server = change(code!, FILES).replaceAll('FOLDER', folder);
  assert.equal(CHANGES.length, 3);
  return {
    'server.mjs': server,
    'server-behind-dev-server.mjs': change(server, CHANGES).replaceAll('5173', String(port)),
  };
}

/** The guide's setting of a dev server, in one of its languages. */
export function proxySetting(language: 'ts' | 'json', { backendPort }: Addresses): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(GUIDE)!;
  return code!.replaceAll('3000', String(backendPort));
}

/** The README's server behind a dev server, whose origin is what the browser knows. */
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
