import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as z from 'zod';
import {
  CheckoutRequest,
  CheckoutSession,
  CheckoutType,
  OrderCreatedEvent,
  ProviderError,
  SessionState,
  SessionStatus,
  validate,
} from '../../src/contract/index.js';
import { errorCodeFor } from '../../src/core/index.js';
import { exampleRequest } from '../support/fixtures.js';
import { readProviderTables } from './provider-api-tables.js';

const { tables, text } = readProviderTables();
const table = (header: string) => tables.get(header) ?? [];

test('every table and every row of the provider’s API is read', () => {
  assert.deepEqual(
    [...tables].map(([header, rows]) => [header, rows.length]),
    [
      ['Parameter', 34],
      ['Field', 4],
      ['Type', 3],
      ['Status', 3],
      ['Status Code', 3],
    ],
  );
});

/** Every place of a path of the API in a value: `line_items[].price` has one place for each line. */
function placesOf(
  path: string,
  value: unknown,
  at = '',
): { owner: Record<string, unknown>; key: string; path: string }[] {
  const [, key = '', isList, rest] = /^(\w+)(\[\])?(?:\.(.+))?$/.exec(path)!;
  const owner = value as Record<string, unknown>;
  const here = at ? `${at}.${key}` : key;
  if (!rest) return [{ owner, key, path: here }];
  if (!isList) return placesOf(rest, owner[key], here);
  return (owner[key] as unknown[]).flatMap((item, i) => placesOf(rest, item, `${here}[${i}]`));
}

/** Values of every other type, for each type of the API. */
const WRONG: Record<string, unknown[]> = {
  string: [42, 0, true, false, [], ['text'], {}, 1n],
  integer: [1.5, 19.99, 19.99 * 100, -0.5, NaN, Infinity, '1999', '', true, [], [1], {}, 1999n],
  object: ['text', '', 42, true, [], [{}], 1n],
  array: ['text', '', 42, true, {}, { 0: {} }, 1n],
};

/** Changes one place in a copy of the API's example request, and returns the result of the check. */
function violationsAfter(path: string, change: (owner: Record<string, unknown>, key: string) => void) {
  const count = placesOf(path, exampleRequest()).length;
  assert.ok(count > 0);
  return Array.from({ length: count }, (_, i) => {
    const request = exampleRequest();
    const place = placesOf(path, request)[i]!;
    assert.ok(place.key in place.owner, `${place.path} is not in the fixture`);
    change(place.owner, place.key);
    return { at: place.path, violations: validate(CheckoutRequest, request).violations };
  });
}

describe('request', () => {
  test('the example request is valid, and is returned unchanged', () => {
    const { value, violations } = validate(CheckoutRequest, exampleRequest());
    assert.deepEqual(violations, []);
    assert.deepEqual(value, exampleRequest());
  });

  for (const [path, type, required] of table('Parameter') as [string, string, string][]) {
    test(`${path} is ${required === 'Yes' ? 'required' : 'optional'}`, () => {
      assert.match(required, /^(Yes|No)$/);
      for (const remove of [
        (owner: Record<string, unknown>, key: string) => void delete owner[key],
        (owner: Record<string, unknown>, key: string) => void (owner[key] = undefined),
        (owner: Record<string, unknown>, key: string) => void (owner[key] = null),
      ])
        for (const { at, violations } of violationsAfter(path, remove))
          if (required === 'No') assert.deepEqual(violations, []);
          else {
            assert.equal(violations.length, 1);
            assert.equal(violations[0]!.path, at);
            assert.equal(violations[0]!.code, 'required');
            assert.match(violations[0]!.message, /^expected /);
          }
    });

    test(`${path} is a ${type}, and no other type`, () => {
      for (const wrong of WRONG[type]!)
        for (const { at, violations } of violationsAfter(path, (owner, key) => (owner[key] = wrong))) {
          assert.equal(violations.length, 1, `${String(wrong)}`);
          assert.equal(violations[0]!.path, at);
          assert.equal(violations[0]!.code, 'invalid_type');
          assert.match(violations[0]!.message, /^expected /);
        }
    });
  }

  test('without billing_info the shipping address is the billing address', () => {
    const { billing_info, ...request } = exampleRequest();
    assert.notDeepEqual(billing_info, request.shipping_info);
    assert.deepEqual(CheckoutRequest.parse(request).billing_info, request.shipping_info);
    assert.deepEqual(CheckoutRequest.parse(exampleRequest()).billing_info, billing_info);
  });

  test('custom keys of metadata are kept with any value', () => {
    const metadata = { webhook_url: 'https://shop.example/hook', a: 1, b: { c: [true, null] } };
    assert.deepEqual(CheckoutRequest.parse({ ...exampleRequest(), metadata }).metadata, metadata);
  });
});

const session = () => ({
  checkout_id: 'chk_1',
  checkout_url: 'https://checkout.withgale.com/c/chk_1',
  status: 'open',
  expires_at: '2026-11-24T12:00:00.000Z',
});

describe('response', () => {
  test('has the fields of the table, unchanged', () => {
    assert.deepEqual(
      Object.keys(session()),
      table('Field').map(([field]) => field),
    );
    assert.deepEqual(CheckoutSession.parse(session()), session());
  });

  for (const [field, type] of table('Field') as [keyof ReturnType<typeof session>, string][])
    if (type === 'string')
      test(`${field} is required, and a ${type}`, () => {
        const { [field]: _, ...rest } = session();
        for (const missing of [rest, { ...session(), [field]: null }])
          assert.deepEqual(
            validate(CheckoutSession, missing).violations.map(({ path, code }) => [path, code]),
            [[field, 'required']],
          );
        for (const wrong of WRONG.string!)
          assert.deepEqual(
            validate(CheckoutSession, { ...session(), [field]: wrong }).violations.map(({ path, code }) => [
              path,
              code,
            ]),
            [[field, 'invalid_type']],
          );
      });
    else
      test(`${field} is a ${type} with its zone; anything else is left out, and the session is accepted`, () => {
        assert.equal(type, 'timestamp');
        for (const good of ['2026-11-24T12:00:00Z', '2026-11-24T12:00:00.123Z', '2026-11-24T07:00:00-05:00'])
          assert.equal(CheckoutSession.parse({ ...session(), [field]: good }).expires_at, good);
        const bad = [undefined, null, '', 'soon', 1795694400, {}, '2026-11-24', '2026-11-24T12:00:00'];
        for (const wrong of bad) {
          const { expires_at, ...rest } = CheckoutSession.parse({ ...session(), [field]: wrong });
          assert.equal(expires_at, undefined, String(wrong));
          assert.equal(rest.checkout_id, 'chk_1');
        }
      });
});

describe('checkout types', () => {
  const types = table('Type').map(([type]) => type!);
  test('are those of the table, and no other', () => {
    assert.deepEqual(CheckoutType.options, types);
    for (const other of ['', 'Eligible', 'lmn', 'unknown', 'constructor', null, 0])
      assert.equal(CheckoutType.safeParse(other).success, false);
  });
  for (const type of types)
    test(`a session may be ${type}`, () => {
      assert.equal(CheckoutSession.parse({ ...session(), type }).type, type);
    });
});

describe('session statuses', () => {
  for (const [status] of table('Status') as [string][])
    test(`${status} is read in its spelling`, () => {
      assert.equal(SessionStatus.parse(status), status);
      assert.equal(CheckoutSession.parse({ ...session(), status }).status, status);
      assert.equal(SessionState.parse({ checkout_id: 'chk_1', status }).status, status);
    });
  test('are those of the table, and no other', () => {
    assert.deepEqual(
      (SessionStatus as z.ZodPipe<z.ZodType, z.ZodEnum>).out.options,
      table('Status').map(([status]) => status),
    );
    assert.equal(SessionStatus.parse('requires_action'), 'open');
  });
});

describe('errors', () => {
  const elementCode: Record<string, string> = {
    bad_request: 'rejected',
    unauthorized: 'unauthorized',
    validation_error: 'rejected',
  };
  for (const [status, code] of table('Status Code') as [string, string, string][]) {
    test(`${status} ${code} is read from the current envelope`, () => {
      const body = { error: { code, message: 'No.' } };
      assert.deepEqual(ProviderError.parse(body), { code, message: 'No.', fields: [] });
    });
    test(`${status} ${code} is read from the older envelope`, () => {
      const body = { success: false, error_code: code, error_type: 'request', error_message: 'No.' };
      assert.deepEqual(ProviderError.parse(body), { code, message: 'No.', fields: [] });
      const shouted = { ...body, error_code: code.toUpperCase() };
      assert.equal(ProviderError.parse(shouted).code, code);
    });
    test(`${status} ${code} becomes ${elementCode[code]} on the page`, () => {
      assert.equal(errorCodeFor(Number(status), code), elementCode[code]);
    });
  }
});

describe('the webhook', () => {
  const [, name] = /^(\S+) webhook:$/m.exec(text)!;
  const data = { checkout_id: 'chk_1', reference_id: 'order-1001', status: 'paid', amounts: { total: 9903 } };

  test('is named order.created', () => assert.equal(name, 'order.created'));
  test('is read in the current form', () => {
    assert.deepEqual(OrderCreatedEvent.parse({ type: name, data }), { type: name, data });
  });
  test('is read in the earlier form, with its name in `event`', () => {
    assert.deepEqual(OrderCreatedEvent.parse({ event: name, data }), { type: name, data });
  });
});
