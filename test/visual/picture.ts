import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SCENES } from './scenes.js';
import type { Look } from './sheet.js';
import { Screenshots } from './screenshots.js';

/*
 * node --import tsx test/visual/picture.ts    draws the picture of the README from the built files
 */

const NAMES = [
  'eligible',
  'split',
  'split, letter',
  'regular',
  'hover',
  'creating',
  'error',
  'price increase',
];
const LOOKS: Look[] = [
  { theme: 'light', ground: 'light' },
  { theme: 'dark', ground: 'dark' },
];
const RULES = `body { padding: 28px } figcaption { margin-bottom: 8px }`;

const browser = await Screenshots.open();
const sheet = await browser.stage(
  NAMES.map((name) => SCENES.find((scene) => scene.name === name)!),
  'en',
  // Sharp on a dense screen, and under 250 KB.
  1.25,
);
const pictures: string[] = [];
for (const look of LOOKS) pictures.push((await sheet.draw(look, RULES)).toString('base64'));
const table = await browser.blank();
await table.setContent(
  `<body style="margin: 0; width: max-content">${pictures
    .map((picture) => `<img style="display: block" src="data:image/png;base64,${picture}">`)
    .join('')}`,
);
writeFileSync(
  resolve(import.meta.dirname, '../../demo/states.png'),
  await table.locator('body').screenshot(),
);
await browser.close();
