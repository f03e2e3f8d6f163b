import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import {
  cartEligibility,
  lineEligibility,
  displayedEligibility,
  type CartEligibility,
  type Eligibility,
  type LineEligibility,
} from '../../src/core/index.js';

const line = (eligibility: LineEligibility, price?: number, quantity = 1) => ({
  eligibility,
  price,
  quantity,
});
const eligibilityOf = (...lines: LineEligibility[]) =>
  cartEligibility(lines.map((eligibility) => line(eligibility, 100))).eligibility;

const anyLine = fc.record({
  eligibility: fc.constantFrom<LineEligibility>('eligible', 'lmn', 'regular', 'unknown'),
  price: fc.nat(1_000_000),
  quantity: fc.integer({ min: 1, max: 9999 }),
});

describe('eligibility of a cart', () => {
  test('all eligible: the cart is eligible', () => {
    assert.equal(eligibilityOf('eligible'), 'eligible');
    assert.equal(eligibilityOf('eligible', 'eligible', 'eligible'), 'eligible');
  });

  test('all eligible or LMN, at least one LMN: the cart needs a letter', () => {
    assert.equal(eligibilityOf('eligible', 'lmn'), 'lmn');
    assert.equal(eligibilityOf('lmn', 'eligible', 'eligible'), 'lmn');
    assert.equal(eligibilityOf('lmn'), 'lmn');
  });

  test('some eligible or LMN, some not: the cart is split', () => {
    assert.equal(eligibilityOf('eligible', 'regular'), 'split');
    assert.equal(eligibilityOf('regular', 'lmn'), 'split');
    assert.equal(eligibilityOf('lmn', 'regular', 'eligible'), 'split');
  });

  test('none eligible, none LMN: the cart is regular', () => {
    assert.equal(eligibilityOf('regular'), 'regular');
    assert.equal(eligibilityOf('regular', 'regular'), 'regular');
  });

  test('any line unknown: the cart is unknown, without amounts', () => {
    for (const other of ['eligible', 'lmn', 'regular', 'unknown'] as const) {
      assert.deepEqual(cartEligibility([line(other, 100), line('unknown', 100)]), { eligibility: 'unknown' });
      assert.deepEqual(cartEligibility([line('unknown', 100), line(other, 100)]), { eligibility: 'unknown' });
    }
  });

  test('no lines: the cart is unknown', () => {
    assert.deepEqual(cartEligibility([]), { eligibility: 'unknown' });
  });

  test('no cart is eligible unless every line is', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const every = lines.length > 0 && lines.every(({ eligibility }) => eligibility === 'eligible');
        assert.equal(cartEligibility(lines).eligibility === 'eligible', every);
      }),
    );
  });

  test('the order of the lines changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) =>
        assert.deepEqual(cartEligibility(lines), cartEligibility([...lines].reverse())),
      ),
    );
  });
});

describe('amounts of a cart', () => {
  test("a split cart's eligible amount is that of its eligible lines", () => {
    assert.deepEqual(cartEligibility([line('eligible', 4995), line('regular', 1999, 2)]), {
      eligibility: 'split',
      eligibleCents: 4995,
      lmnCents: 0,
      totalCents: 8993,
    });
  });

  test('a line that needs a letter is in no eligible amount', () => {
    assert.deepEqual(cartEligibility([line('lmn', 3000, 3), line('eligible', 4995), line('regular', 10)]), {
      eligibility: 'split',
      eligibleCents: 4995,
      lmnCents: 9000,
      totalCents: 14005,
    });
    assert.equal(cartEligibility([line('lmn', 3000)]).eligibleCents, 0);
  });

  test('each amount is the exact sum of its own lines', () => {
    const sum = (lines: { price: number; quantity: number }[]) =>
      lines.reduce((total, { price, quantity }) => total + BigInt(price) * BigInt(quantity), 0n);
    const known = anyLine.filter(({ eligibility }) => eligibility !== 'unknown');
    fc.assert(
      fc.property(fc.array(known, { minLength: 1 }), (lines) => {
        const of = (kind: LineEligibility) => sum(lines.filter(({ eligibility }) => eligibility === kind));
        const { eligibleCents, lmnCents, totalCents } = cartEligibility(lines);
        assert.deepEqual(
          [eligibleCents, lmnCents, totalCents].map((cents) => BigInt(cents!)),
          [of('eligible'), of('lmn'), sum(lines)],
        );
      }),
    );
  });

  test('one line without a price leaves out every amount, but not the eligibility', () => {
    assert.deepEqual(cartEligibility([line('eligible', 4995), line('regular')]), { eligibility: 'split' });
  });

  test('a free line has a price: zero', () => {
    assert.equal(cartEligibility([line('eligible', 4995), line('regular', 0)]).totalCents, 4995);
  });

  test('a sum too large to be exact is left out', () => {
    const huge = line('eligible', Number.MAX_SAFE_INTEGER);
    assert.equal(cartEligibility([huge]).totalCents, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(cartEligibility([huge, line('eligible', 1)]), { eligibility: 'eligible' });
  });
});

describe('the displayed eligibility of a cart whose session is eligible', () => {
  const unknown: CartEligibility = { eligibility: 'unknown' };
  const lmn = cartEligibility([line('lmn', 11900)]);
  const withLetter = cartEligibility([line('eligible', 4995), line('lmn', 11900), line('regular', 1000)]);
  const split = cartEligibility([line('eligible', 4995), line('regular', 1000)]);
  const cases: [title: string, known: CartEligibility, ofPage: Eligibility | undefined, said: Eligibility][] =
    [
      ['is the session’s', split, undefined, 'eligible'],
      ['keeps the letter that a line needs', lmn, undefined, 'lmn'],
      ['keeps the letter that a line of a mixed cart needs', withLetter, undefined, 'lmn'],
      ['keeps the letter that the page speaks of', unknown, 'lmn', 'lmn'],
    ];
  for (const [title, known, ofPage, said] of cases)
    test(title, () => {
      assert.equal(displayedEligibility(known, 'eligible', ofPage).eligibility, said);
    });
});

describe('eligibility of a line', () => {
  const says: [boolean | undefined, boolean | undefined, LineEligibility][] = [
    [undefined, undefined, 'unknown'],
    [undefined, false, 'unknown'],
    [undefined, true, 'lmn'],
    [false, undefined, 'regular'],
    [false, false, 'regular'],
    [false, true, 'lmn'],
    [true, undefined, 'eligible'],
    [true, false, 'eligible'],
    [true, true, 'lmn'],
  ];
  for (const [hsa_fsa_eligible, requires_lmn, expected] of says)
    test(`eligible ${hsa_fsa_eligible}, letter ${requires_lmn}: ${expected}`, () => {
      assert.equal(lineEligibility({ hsa_fsa_eligible, requires_lmn }), expected);
    });
});
