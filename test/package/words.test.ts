import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { statusEn } from '../../src/elements/status-strings.js';
import { eligibilityText, en, inDollars } from '../../src/elements/strings.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** What may not be claimed (IRC section 213(d), IR-2024-65): the right-hand column of the table of copy rules. */
const FORBIDDEN: [pattern: RegExp, instead: string][] = [
  [/(IRS|FDA)[- ]approved|guarantee/i, 'HSA/FSA eligible'],
  [/everyone qualifies|(instant|quick) (LMN|letter)/i, 'with a Letter of Medical Necessity'],
  [/doctor/i, 'licensed practitioner'],
  [/your cart is (HSA|FSA|HSA\/FSA) eligible/i, 'All items are HSA/FSA eligible'],
  [/save \d|save up to|\d+ ?% off|tax[- ]free|tax[- ]deductible/i, 'nothing'],
  [/(will|can) be reimbursed/i, 'Your plan administrator decides'],
  [/claim your (HSA|FSA)|use it or lose it|hurry|expires soon/i, 'Pay with HSA/FSA'],
  [/approved by your (HSA|FSA)/i, 'Payment received'],
];

/** The claims in a text that may not be made. */
const claims = (text: string) =>
  FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, instead]) => instead);

/** What shoppers may read of a file. A merchant's command is named doctor, and no shopper reads of it. */
function wordsIn(file: string): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return text.replaceAll(file.startsWith(join('src', 'cli')) ? /doctor/g : 'hsa-checkout-button doctor', '');
}

function textFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|html|css|svg)$/.test(file))
    .map((file) => join(folder, file));
}

describe('the words', () => {
  for (const [locale, strings] of Object.entries({ en, 'the status element': statusEn }))
    for (const [key, text] of Object.entries(strings))
      it(`of ${locale}, ${key}, claim nothing that may not be claimed`, () => {
        assert.deepEqual(claims(text), []);
        // What needs a letter is never called eligible without that condition.
        if (/medical necessity/i.test(text)) assert.match(text, /\bmay be\b/i);
      });

  it('of the demo, the sandbox and the README claim nothing that may not be claimed', () => {
    const files = ['README.md', ...textFiles('demo'), ...textFiles('src')];
    assert.ok(files.length > 80);
    for (const file of files) assert.deepEqual(claims(wordsIn(file)), [], file);
  });

  it('are found out when they do', () => {
    for (const text of [
      'IRS-approved',
      'Ask your doctor',
      'Save 30 %',
      'Use it or lose it',
      'You will be reimbursed',
    ])
      assert.equal(claims(text).length, 1, text);
  });

  it('say nothing of a cart that is unknown or regular, or of a word that is new', () => {
    for (const eligibility of ['unknown', 'regular', 'eligible?'] as never[])
      assert.equal(eligibilityText(en, { eligibility }), '');
  });

  it('are the default ones of the copy rules', () => {
    assert.equal(en.pay, 'Pay with HSA/FSA');
    assert.equal(en.continue, 'Continue to checkout');
    assert.equal(en.eligible, 'HSA/FSA eligible');
    assert.equal(en.allEligible, 'All items are HSA/FSA eligible');
    assert.equal(en.lmn, 'May be HSA/FSA eligible with a Letter of Medical Necessity');
    assert.match(statusEn.paid, /^Payment received/);
    const mixed = { eligibility: 'split', eligibleCents: 4995, lmnCents: 0, totalCents: 8993 } as const;
    assert.equal(
      inDollars(eligibilityText(en, mixed), mixed, 'en-US'),
      '$49.95 of $89.93 may be paid with HSA/FSA. You’ll use another card for the rest.',
    );
  });
});
