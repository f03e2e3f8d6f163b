import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, ROOT } from './manifest.js';
import { withTables } from './readme.js';
import { elementTypes, TYPES_FILE } from './types.js';

/* node --import tsx test/api/write.ts: writes what is made of the elements' doc comments into the files that hold it. */

const manifest = analyze();
const readme = join(ROOT, 'README.md');
writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), manifest));
writeFileSync(join(ROOT, TYPES_FILE), elementTypes(manifest));
