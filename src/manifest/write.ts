import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, ROOT } from './manifest.js';
import { withTables } from './tables.js';
import { elementTypes, TYPES_FILE } from './types.js';

/* node --import tsx src/manifest/write.ts: updates the tables of docs/api.md and the generated types from the elements' doc comments. */

const manifest = analyze();
const reference = join(ROOT, 'docs/api.md');
writeFileSync(reference, withTables(readFileSync(reference, 'utf8'), manifest));
writeFileSync(join(ROOT, TYPES_FILE), elementTypes(manifest));
