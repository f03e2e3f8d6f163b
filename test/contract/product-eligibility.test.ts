import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { productEligibility, SyncedProduct } from '../../src/contract/index.js';
import { fc } from '../support/property-runs.js';

describe("the provider's eligibility of a product", () => {
  const read = (eligibility: unknown) =>
    productEligibility(SyncedProduct.parse({ merchant_product_id: 'bp-monitor', eligibility }));
  const readYes = (message: unknown, eligibility_type?: unknown) =>
    read({ hsa_fsa_eligible: true, message, eligibility_type });

  test('true without a condition is eligible, false is regular', () => {
    assert.equal(read({ hsa_fsa_eligible: true }), 'eligible');
    assert.equal(read({ hsa_fsa_eligible: false, message: 'Not eligible' }), 'regular');
    assert.equal(read({ hsa_fsa_eligible: false, message: 'Needs an LMN' }), 'regular');
  });

  const PLAIN = [
    null,
    '',
    ' ',
    'Eligible',
    'ELIGIBLE!',
    'HSA/FSA eligible.',
    'This product is HSA/FSA eligible.',
    'HSA & FSA eligible',
    'Eligible (auto-substantiated)',
    'Eligible – SIGIS listed',
    'Product is eligible for HSA/FSA',
    'This item can be purchased with your HSA or FSA card.',
    'HSA\u00a0/\u00a0FSA eligible',
    'Elegible para HSA/FSA',
    'This product is HSA/FSA eligible under IIAS rules',
    'Eligible under IRS guidelines',
    'Auto-substantiated: OTC medicine',
    'Eligible as an over-the-counter medicine',
    'Eligible medical device',
    'This product has been verified as HSA/FSA eligible',
    'It’s fully eligible',
    'You can pay for this item with your HSA',
  ];
  for (const message of PLAIN)
    test(`${JSON.stringify(message)} is eligible`, () => {
      assert.equal(readYes(message), 'eligible');
      assert.equal(readYes(message, null), 'eligible');
    });

  for (const eligibility_type of [
    'auto_substantiation',
    'AUTO-SUBSTANTIATION',
    'vision',
    'sigis_eligible',
    '',
  ])
    test(`the type "${eligibility_type}" is eligible`, () => {
      assert.equal(readYes('Eligible', eligibility_type), 'eligible');
    });

  const LETTER_TYPES = [
    'dual_purpose',
    'DUAL-PURPOSE',
    'lmn',
    'lmn_required',
    'lmn_eligible',
    'requires_lmn',
    'letter_of_medical_necessity',
    'dualPurpose',
  ];
  for (const eligibility_type of LETTER_TYPES)
    test(`the type "${eligibility_type}" needs a letter, although the provider says eligible`, () => {
      assert.equal(readYes('Eligible', eligibility_type), 'lmn');
    });

  const LETTERS = [
    'Eligible with a LOMN (dual use).',
    'Dual purpose item',
    'Dual-use product',
    'Requires a Letter of Medical Necessity.',
    'LMN required',
    'Eligible (with LMN)',
    'Needs an L.M.N.',
    'Needs an L. M. N. from a practitioner',
    'l.o.m.n. required',
    'LMNs are required',
    'Letters of medical necessity are accepted',
    'With a letter\u00a0of\u00a0medical\u00a0necessity',
    'With a letter of\n  medical\tnecessity',
    'LETTER-OF-MEDICAL-NECESSITY',
    'Needs a medical necessity letter',
    'Needs a letter of medical need',
    'Needs a \uff2c\uff2d\uff2e',
    'Needs an L\u200bM\u200bN',
    'Needs a letter of medical neces\u00adsity',
    'Elegible con una carta de necesidad médica',
    'Elegible con cartas de necesidad medica',
    'Requiere carta de necesidad me\u0301dica',
  ];
  for (const message of LETTERS)
    test(`${JSON.stringify(message)} needs a letter, although the provider says eligible`, () => {
      assert.equal(readYes(message), 'lmn');
      assert.equal(readYes(message, 'auto_substantiation'), 'lmn');
    });

  const CONDITIONS = [
    'Eligible if prescribed',
    'Eligible when used to treat a condition',
    'Eligible only with a prescription',
    'Rx required',
    'May be eligible',
    'Must be approved',
    'Eligible subject to review',
    'Eligible with approval',
    'Eligible with doctor’s note',
    'Eligible unless bundled',
    'Conditionally eligible',
    'Not eligible',
    'Eligible*',
    'Eligible?',
    'Potentially eligible',
    'Can be eligible',
    'This product can be covered by your HSA',
    'Purchases of this item can be approved',
    'Eligible to be approved',
    'Eligibility to be confirmed',
    'Eligible (to be verified)',
    'Eligible under review',
    'Eligible under a plan’s rules',
    'Eligible under prescription',
    'Eligible over $50',
    'Pending review',
    '需要医生证明',
    '✓',
  ];
  for (const message of CONDITIONS)
    test(`${JSON.stringify(message)} is unknown, although the provider says eligible`, () => {
      assert.equal(readYes(message), 'unknown');
    });

  for (const eligibility_type of ['rx', 'prescription', 'auto_substantiation_pending', 'not_vision', 'other'])
    test(`the type "${eligibility_type}" is unknown, although the provider says eligible`, () => {
      assert.equal(readYes('Eligible', eligibility_type), 'unknown');
    });

  test('a missing eligibility, or one of another type, is unknown', () => {
    for (const nothing of [undefined, null, {}, 'eligible', true, [], { message: 'HSA/FSA eligible' }])
      assert.equal(read(nothing), 'unknown');
    for (const hsa_fsa_eligible of ['true', 1, null, {}, undefined])
      assert.equal(read({ hsa_fsa_eligible, message: 'Eligible' }), 'unknown');
  });

  test('a message or a type that is not a text is unknown, although the provider says eligible', () => {
    for (const value of [7, true, {}, ['dual_purpose'], ['Eligible']]) {
      assert.equal(readYes(value), 'unknown');
      assert.equal(readYes('Eligible', value), 'unknown');
    }
    assert.equal(read({ hsa_fsa_eligible: false, message: {}, eligibility_type: null }), 'regular');
  });

  const cased = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter)).join(''));
  const space = fc.constantFrom(' ', '\u00a0', '\u202f', '\t', '\n', '-', '_', '  ');

  test('a letter is recognised in any letter case, white space and position of a message', () => {
    const words = fc.constantFrom(
      ['letter', 'of', 'medical', 'necessity'],
      ['letters', 'of', 'medical', 'necessity'],
      ['medical', 'necessity', 'letter'],
      ['lmn'],
      ['lomn'],
      ['dual', 'purpose'],
      ['carta', 'de', 'necesidad', 'médica'],
    );
    fc.assert(
      fc.property(
        words.chain((each) => fc.tuple(...each.map(cased))),
        space,
        fc.constantFrom('', 'Eligible. ', 'HSA/FSA eligible with a ', '(', 'anything else; '),
        fc.constantFrom('', '.', ' required', ') is needed'),
        (each, gap, before, after) => readYes(before + each.join(gap) + after) === 'lmn',
      ),
    );
  });

  test('a message without a condition is not eligible with one of a condition’s words', () => {
    const condition = fc.constantFrom(
      ...'if when only requires prescription rx must may subject dual conditional provided unless practitioner doctor'.split(
        ' ',
      ),
      ...'approval letter with up some most until except without not no never partially after depends review'.split(
        ' ',
      ),
    );
    const plain = fc.constantFrom('Eligible', 'HSA/FSA eligible.', 'This product is eligible');
    fc.assert(
      fc.property(plain, condition.chain(cased), space, fc.boolean(), (message, word, gap, isFirst) => {
        // "with" before "HSA" names an account ("paid with HSA"), which is no condition.
        const goesFirst = isFirst && word.toLowerCase() !== 'with';
        const text = goesFirst ? word + gap + message : message + gap + word;
        return readYes(text) !== 'eligible';
      }),
    );
  });

  test('a message with an unknown word is never eligible', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{15,30}$/), (word) => readYes(`Eligible ${word}`) !== 'eligible'),
    );
  });

  test('a long message takes linear time', () => {
    const started = performance.now();
    for (const piece of ['l.', 'letter ', 'medical ', ' ', 'with ', 'dual-', '.'])
      readYes(piece.repeat(100_000));
    assert.ok(performance.now() - started < 2000);
  });
});
