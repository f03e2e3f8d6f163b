// Runs before `npm publish` and checks the fields of package.json that only the publisher knows.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const missing = ['repository', 'homepage', 'bugs'].filter((field) => !manifest[field]);
if (missing.length) {
  console.error(
    `Not published: package.json has no ${missing.join(', no ')}. Add what "Releasing" in CONTRIBUTING.md lists.`,
  );
  process.exitCode = 1;
}
