// Runs before `npm publish`: package.json must name the places that only a publisher knows.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const missing = ['repository', 'homepage', 'bugs'].filter((field) => !manifest[field]);
if (missing.length) {
  console.error(
    `Not published: package.json has no ${missing.join(', no ')}. Add what "Releasing" in CONTRIBUTING.md lists.`,
  );
  process.exitCode = 1;
}
