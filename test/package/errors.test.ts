import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CheckoutError, errorCodeFor, PROBLEM_STATUS, type CheckoutErrorCode } from '../../src/core/index.js';
import { en, messageEn, statusEn } from '../../src/elements/locales/en.js';
import { errorText, needsOtherWay } from '../../src/elements/message/error-text.js';
import { readDocument, rowsIn, sectionOf } from '../support/documents.js';

/** The codes of the type. */
const [, union] = /type CheckoutErrorCode =([^;]+);/.exec(readDocument('src/core/errors.ts'))!;
const CODES = [...union!.matchAll(/'(\w+)'/g)].map(([, code]) => code as CheckoutErrorCode);

/** The text of an error's first message, with the next step. */
function messageOf(error: CheckoutError): string {
  const text = errorText({ ...en, ...messageEn }, error);
  return needsOtherWay(error, 1) ? `${text} ${messageEn.otherWay}` : text;
}

/** The rows of a table of codes, by code. */
function tableOf(heading: string, codeAt: number): Map<string, string[]> {
  const [, ...rows] = rowsIn(sectionOf('docs/errors.md', heading));
  return new Map(rows.map((cells) => [cells[codeAt]!.replaceAll('`', ''), cells]));
}

describe('the guide to errors', () => {
  const elements = tableOf('Element errors', 0);
  const answers = tableOf('Handler errors', 1);

  it('has every code of the elements, and no other', () => {
    assert.equal(CODES.length, 20);
    assert.deepEqual([...elements.keys()], CODES);
  });

  for (const code of CODES)
    it(`says whether ${code} can be retried, and what the shopper reads`, () => {
      const error = new CheckoutError(code);
      const [, happened, again, words, advice] = elements.get(code)!;
      assert.equal(again, error.retryable ? 'yes' : 'no');
      assert.equal(words, messageOf(error));
      assert.ok(happened && advice);
    });

  it('says what the shopper reads for a 413', () => {
    const error = new CheckoutError('rejected', undefined, { status: 413 });
    assert.ok(sectionOf('docs/errors.md', 'Element errors').includes(messageOf(error)));
  });

  it('has every problem code of the handler with its status and the elements’ code for it', () => {
    assert.deepEqual([...answers.keys()].sort(), Object.keys(PROBLEM_STATUS).sort());
    for (const [code, status] of Object.entries(PROBLEM_STATUS)) {
      const [documented, , element, happened, advice] = answers.get(code)!;
      assert.equal(documented, String(status), code);
      assert.equal(element, `\`${errorCodeFor(status, code)}\``, code);
      assert.ok(happened && advice, code);
    }
  });
});

describe('the API reference of the return page', () => {
  it('has every text that the shopper can read on it', () => {
    const texts = rowsIn(sectionOf('docs/api.md', 'The return page')).map(([, words]) => words);
    const { retry: _, ...sentences } = statusEn;
    for (const sentence of Object.values(sentences)) assert.ok(texts.includes(sentence), sentence);
  });
});
