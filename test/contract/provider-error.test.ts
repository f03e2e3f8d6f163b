import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { ProviderError } from '../../src/contract/index.js';

const older = { success: false, error_code: 'VALIDATION_ERROR', error_type: 'request', error_message: 'No.' };

test('a code that the provider’s API does not list is kept unchanged', () => {
  for (const code of ['invalid_request', 'not_found', 'conflict', 'rate_limit_exceeded', 'something_new'])
    for (const body of [{ error: { code, message: 'No.' } }, { ...older, error_code: code }])
      assert.deepEqual(ProviderError.parse(body), { code, message: 'No.', fields: [] });
});

test('the older envelope has one violation for each named field, with its messages', () => {
  const field_errors = {
    'line_items[0].price': ['must be an integer', 'must be positive'],
    tax: ['too big'],
  };
  assert.deepEqual(ProviderError.parse({ ...older, details: { field_errors } }), {
    code: 'validation_error',
    message: 'No.',
    fields: [
      { path: 'line_items[0].price', code: 'invalid', message: 'must be an integer must be positive' },
      { path: 'tax', code: 'invalid', message: 'too big' },
    ],
  });
});

test('a missing message, or malformed details, are left out, and the rest is read', () => {
  const expected = { code: 'validation_error', message: '', fields: [] };
  assert.deepEqual(ProviderError.parse({ error: { code: 'validation_error' } }), expected);
  for (const details of [
    undefined,
    null,
    'text',
    {},
    { field_errors: null },
    { field_errors: { tax: 'too big' } },
  ])
    assert.deepEqual(ProviderError.parse({ ...older, error_message: 7, details }), expected);
});

test('a body that is not an error of the provider is refused without a throw', () => {
  const odd = [
    undefined,
    null,
    7,
    'no',
    [],
    {},
    { error: 'no' },
    { error: { message: 'no' } },
    { error: { code: 7 } },
  ];
  for (const body of [...odd, { ...older, success: true }, { ...older, error_code: undefined }])
    assert.equal(ProviderError.safeParse(body).success, false);
  fc.assert(fc.property(fc.json(), (json) => !ProviderError.safeParse(JSON.parse(json)).success));
});
