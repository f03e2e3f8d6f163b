import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { detailsEn, detailsEs } from '../../src/elements/details-strings.js';
import { es, learnMoreEs, statusEs } from '../../src/elements/es.js';
import { learnMoreEn } from '../../src/elements/learn-more.js';
import { statusEn } from '../../src/elements/status-strings.js';
import { eligibilityText, en, inDollars } from '../../src/elements/strings.js';
import { fc } from '../support/property-runs.js';
import { DOCUMENTS } from '../support/documents.js';

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
  // The same in Spanish.
  [
    /(aprobad|avalad|certificad)[oa]s? por (el |la |su )?(IRS|FDA|HSA|FSA)|garantiza/i,
    'Elegible para HSA/FSA',
  ],
  [
    /(todos|cualquiera) (califican?|cumplen?)|carta.*(instantánea|rápida|inmediata)/i,
    'una carta de necesidad médica',
  ],
  [/\b(médicos?|doctor(a|es|as))\b/i, 'profesional de la salud con licencia'],
  [/su carrito es elegible/i, 'Todos los artículos son elegibles para HSA/FSA'],
  [/\bahorr(a|ar|e|o)\b|descuento|rebaja|(libre|exento)s? de impuestos|sin impuestos|deducible/i, 'nada'],
  [/(será|serán|podrá) reembolsad|se le reembolsará/i, 'Su administrador del plan decide'],
  [/reclame su|úselo o piérdalo|apresúrese|vence pronto/i, 'Pagar con HSA/FSA'],
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
    .filter((file) => /\.(ts|js|html|css|svg|json|liquid)$/.test(file))
    .map((file) => join(folder, file));
}

const LOCALES = {
  en,
  es,
  'the details': detailsEn,
  'the details in es': detailsEs,
  'the explanation': learnMoreEn,
  'the explanation in es': learnMoreEs,
  'the status element': statusEn,
  'the status element in es': statusEs,
};

describe('the words', () => {
  for (const [locale, strings] of Object.entries(LOCALES))
    for (const [key, text] of Object.entries(strings))
      it(`of ${locale}, ${key}, claim nothing that may not be claimed`, () => {
        assert.deepEqual(claims(text), []);
        // What needs a letter is never called eligible without that condition.
        if (/medical necessity/i.test(text)) assert.match(text, /\bmay be\b/i);
        if (/necesidad médica/i.test(text)) assert.match(text, /\bpueden? ser\b/i);
      });

  for (const [english, spanish] of [
    [en, es],
    [detailsEn, detailsEs],
    [learnMoreEn, learnMoreEs],
    [statusEn, statusEs],
  ] as Record<string, string>[][])
    for (const [key, text] of Object.entries(english!))
      it(`of Spanish leave no ${key} out, and hold the same amounts and names`, () => {
        const fixed = (words: string) => words.match(/\{\w+\}|HSA\/FSA/g)?.sort();
        assert.ok(spanish![key]);
        assert.deepEqual(fixed(spanish![key]), fixed(text));
        assert.equal(
          /Letter of Medical Necessity/.test(text),
          /carta de necesidad médica/.test(spanish![key]),
        );
        assert.notEqual(spanish![key], text);
      });

  it('of the demo, the sandbox and the documents claim nothing that may not be claimed', () => {
    const files = [...DOCUMENTS, ...textFiles('demo'), ...textFiles('src')];
    assert.ok(files.length > 100);
    for (const file of files) assert.deepEqual(claims(wordsIn(file)), [], file);
  });

  it('are found out when they do', () => {
    for (const text of [
      'IRS-approved',
      'Ask your doctor',
      'Save 30 %',
      'Use it or lose it',
      'You will be reimbursed',
      'Aprobado por el IRS',
      'Resultado garantizado',
      'Consulte a su médico',
      'Ahorre un 30 %',
      'Libre de impuestos',
      'Se le reembolsará',
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

describe('amounts', () => {
  const cents = fc.bigInt({ min: 0n, max: BigInt(10 ** 15) }).map(Number);
  const written = (totalCents: number, locale: string) => inDollars('{total}', { totalCents }, locale);
  const byIntl = (totalCents: number, locale: string) =>
    (totalCents / 100).toLocaleString(locale, { style: 'currency', currency: 'USD' });

  it('in American English, which is written by hand, are those of Intl', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('en', 'en-US', 'en_US', 'EN-us'), (amount, locale) =>
        assert.equal(written(amount, locale), byIntl(amount, 'en-US')),
      ),
    );
  });

  it('in other languages are those of Intl: other Englishes, too', () => {
    for (const locale of ['en-CA', 'en-GB', 'es', 'es-US', 'ar-u-nu-latn'])
      assert.equal(written(123_456_789, locale), byIntl(123_456_789, locale));
    assert.notEqual(written(100, 'en-CA'), written(100, 'en'));
  });

  it('in what names no language are in English', () => {
    assert.equal(written(123_456_789, '?'), '$1,234,567.89');
  });
});
