import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it } from 'node:test';

const SERVER = resolve(import.meta.dirname, '../../../../src/server');
/** Gale's name, the prefix of its keys, and its event. */
const GALE_TERMS = /gale|glm_|order\.created/i;

it('keeps the headers, keys and events of Gale in src/server/providers/gale', () => {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const isGale = (file: string) => file.startsWith(join('providers', 'gale'));
  const mentions = (file: string) =>
    // The entry point exports Gale's client, so its path is not counted.
    GALE_TERMS.test(readFileSync(join(SERVER, file), 'utf8').replace("'./providers/gale/client.js'", ''));
  assert.ok(files.some((file) => isGale(file) && mentions(file)));
  assert.deepEqual(
    files.filter((file) => !isGale(file) && mentions(file)),
    [],
  );
});
