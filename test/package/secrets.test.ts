import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ensureBuilt } from '../support/built.js';
import { DOCUMENTS } from '../support/documents.js';
import { dryPack } from '../support/packed.js';

ensureBuilt('script-tag', 'modules');

const ROOT = resolve(import.meta.dirname, '../..');
/** The key in the documents, which is recognisable as an example. */
const EXAMPLE_KEY = 'glm_test_anything';

describe('the published package', () => {
  const { files } = dryPack();
  const text = (file: string) => readFileSync(join(ROOT, file), 'latin1');

  it('holds no API key and no secret of a test', () => {
    for (const file of files) {
      const secrets = text(file).match(/glm_(test|live)_[A-Za-z0-9]+|SENTINEL|whsec_\w{6,}/g) ?? [];
      assert.deepEqual(
        secrets.filter((key) => key !== EXAMPLE_KEY || !DOCUMENTS.includes(file)),
        [],
        file,
      );
    }
  });

  it('holds no environment file, no test and no key file', () => {
    assert.deepEqual(
      files.filter((file) => /(^|\/)(\.|test\/|node_modules\/)|\.(env|pem|key)$/.test(file)),
      [],
    );
  });
});
