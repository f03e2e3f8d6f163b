import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { CheckoutRequest, Metadata, validate } from '../../src/contract/index.js';
import { minimalCart, exampleRequest } from '../support/fixtures.js';

const faults = (request: unknown) =>
  validate(CheckoutRequest, request).violations.map(({ path, code }) => `${path} ${code}`);

test('every violation of a request is reported at once, with path, code and message', () => {
  const { reference_id: _, ...request } = exampleRequest();
  Object.assign(request.customer, { email: 'nobody', first_name: '' });
  Object.assign(request.line_items[1]!, { price: 19.99, quantity: 0, image_url: '/image.jpg' });
  Object.assign(request, { shipping_info: null, tax: -1, success_url: 'javascript:alert(1)' });
  Object.assign(request.metadata, { webhook_url: 'webhook' });
  assert.deepEqual(faults(request), [
    'reference_id required',
    'customer.email invalid_format',
    'customer.first_name invalid_format',
    'line_items[1].image_url invalid_format',
    'line_items[1].price invalid_type',
    'line_items[1].quantity too_small',
    'shipping_info required',
    'tax too_small',
    'success_url invalid_format',
    'metadata.webhook_url invalid_format',
  ]);
  for (const { message } of validate(CheckoutRequest, request).violations)
    assert.match(message, /^expected \w/);
});

test('a value that is not an object is one violation of the whole document', () => {
  for (const nothing of [[], 'text', 7, true]) assert.deepEqual(faults(nothing), ['$ invalid_type']);
  for (const nothing of [undefined, null]) assert.deepEqual(faults(nothing), ['$ required']);
});

test('a request needs at least one line, and may have 500', () => {
  const [line] = exampleRequest().line_items;
  const withLines = (count: number) => ({ ...exampleRequest(), line_items: Array(count).fill(line) });
  assert.deepEqual(faults(withLines(0)), ['line_items too_small']);
  assert.deepEqual(faults(withLines(500)), []);
  assert.deepEqual(faults(withLines(501)), ['line_items too_big']);
});

test('a small body with many malformed lines does not cause a long response', () => {
  assert.deepEqual(faults({ ...exampleRequest(), line_items: Array(100_000).fill(0) }), [
    'line_items too_big',
  ]);
});

test('a null is a missing field, and is kept in metadata only', () => {
  const { billing_info: _, shipping: __, ...request } = exampleRequest();
  const nulls = {
    ...request,
    customer: { ...request.customer, phone: null },
    line_items: request.line_items.map((line) => ({ ...line, image_url: null })),
    shipping_info: { ...request.shipping_info, address_line_2: null },
    billing_info: null,
    shipping: null,
    tax: null,
    discount: null,
    metadata: { webhook_url: null, campaign: null },
  };
  assert.deepEqual(faults(nulls), []);
  const sent = JSON.parse(JSON.stringify(CheckoutRequest.parse(nulls)));
  assert.deepEqual(sent.metadata, { campaign: null });
  assert.doesNotMatch(JSON.stringify({ ...sent, metadata: undefined }), /null/);
  assert.deepEqual(sent.billing_info, sent.shipping_info);
  assert.deepEqual(faults({ ...nulls, metadata: null }), []);
});

test("a page's cart is not a complete request", () => {
  assert.deepEqual(faults(minimalCart()), [
    'reference_id required',
    'customer required',
    'line_items[0].name required',
    'line_items[0].price required',
    'line_items[0].currency required',
    'shipping_info required',
    'success_url required',
    'failure_url required',
  ]);
});

test('unknown fields are left out, except in metadata', () => {
  const request = {
    ...exampleRequest(),
    test_mode: true,
    customer: { ...exampleRequest().customer, id: 'cus_1' },
  };
  assert.deepEqual(CheckoutRequest.parse(request), exampleRequest());
});

test('metadata keeps every key except one that would replace its prototype', () => {
  const metadata = Metadata.parse(
    JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "a": null}'),
  );
  assert.deepEqual(metadata, { constructor: 1, a: null });
  assert.equal('polluted' in metadata, false);
});

test('metadata has at most 16,384 characters of JSON', () => {
  const request = (metadata: unknown) => faults({ ...exampleRequest(), metadata });
  const frame = JSON.stringify({ a: '' }).length;
  assert.deepEqual(request({ a: 'x'.repeat(16_384 - frame) }), []);
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  for (const bad of [{ a: 'x'.repeat(16_385 - frame) }, { a: 1n }, cycle])
    assert.deepEqual(request(bad), ['metadata invalid_format']);
});

test('an e-mail address has one @ and a dotted domain without empty labels', () => {
  const email = (text: string) =>
    faults({ ...exampleRequest(), customer: { ...exampleRequest().customer, email: text } });
  for (const good of ['a@b.c', 'a.b+c@d-e.co.uk', 'ä@ö.example', "o'neil@example.com"])
    assert.deepEqual(email(good), [], good);
  for (const bad of [
    '',
    'a',
    'a@',
    '@b.c',
    'a@b',
    'a@b.',
    'a@.c',
    'a@b..c',
    'a@b@c.d',
    'a b@c.d',
    'a@b.c\n',
    ' a@b.c',
  ])
    assert.deepEqual(email(bad), ['customer.email invalid_format'], bad);
});

test('a currency is three capital letters', () => {
  const currency = (code: string) => {
    const request = exampleRequest();
    request.line_items[1]!.currency = code;
    return faults(request);
  };
  for (const good of ['USD', 'EUR', 'JPY']) assert.deepEqual(currency(good), [], good);
  for (const bad of ['', 'usd', 'US', 'USDX', ' USD', 'USD ', 'USD\n', 'U$D', '840', 'ＵＳＤ'])
    assert.deepEqual(currency(bad), ['line_items[1].currency invalid_format'], bad);
});

test('an image has an absolute http or https URL', () => {
  const image = (url: string) => {
    const request = exampleRequest();
    request.line_items[0]!.image_url = url;
    return faults(request);
  };
  for (const good of [
    'https://a.example',
    'http://a.example/b.jpg?v=1#x',
    'HTTPS://A.EXAMPLE/',
    'http://localhost:3000/a',
  ])
    assert.deepEqual(image(good), [], good);
  for (const bad of [
    '',
    '/a.jpg',
    '//a.example/b',
    'a.jpg',
    'https:a.example',
    'https://',
    'ftp://a.example',
    'data:,',
  ])
    assert.deepEqual(image(bad), ['line_items[0].image_url invalid_format'], bad);
  for (const bad of [' https://a.example', 'https://a.example/b c', 'java\nscript:x'])
    assert.deepEqual(image(bad), ['line_items[0].image_url invalid_format'], bad);
});

test('a long hostile text is checked in linear time', () => {
  const long = 'a.'.repeat(60_000);
  const request = exampleRequest();
  const start = performance.now();
  for (const text of [
    `a@${'.'.repeat(120_000)}@`,
    `a@${long}@`,
    long,
    '@'.repeat(120_000),
    ' '.repeat(120_000),
  ]) {
    request.customer.email = text;
    request.success_url = text;
    request.line_items[0]!.currency = text;
    assert.ok(faults(request).includes('customer.email invalid_format'));
  }
  // Linear takes some milliseconds; the square of 120,000 took over four seconds.
  assert.ok(performance.now() - start < 1000);
});

test('no JSON value makes the check throw, in any place of a request', () => {
  const hostile = [
    '{"length":{"toString":1}}',
    '{"toString":1,"valueOf":1}',
    '{"__proto__":null}',
    '{"then":1}',
  ];
  for (const json of hostile)
    for (const name of Object.keys(exampleRequest())) {
      const request = { ...exampleRequest(), [name]: JSON.parse(json) };
      const roots = faults(request).map((fault) => fault.split(/[ .[]/)[0]);
      assert.deepEqual([...new Set(roots)], name === 'metadata' ? [] : [name], `${name} ${json}`);
    }
  fc.assert(fc.property(fc.json(), (json) => assert.ok(faults(JSON.parse(json)).length > 0)));
});

test('no message repeats a value of the request', () => {
  const secret = 'SENTINEL-7e57';
  for (const wrong of [secret, [secret], { secret }, -70707, 70707.07, 707e20])
    for (const name of Object.keys(exampleRequest()))
      for (const request of [
        { ...exampleRequest(), [name]: wrong },
        { ...exampleRequest(), customer: { [name]: wrong }, line_items: [{ [name]: wrong, price: wrong }] },
      ]) {
        const { violations } = validate(CheckoutRequest, request);
        for (const { code, message } of violations)
          assert.doesNotMatch(code + message, /SENTINEL|7e57|70707|707e/);
        assert.ok(violations.length > 0 || typeof wrong === 'string' || name === 'metadata', `${name}`);
      }
});
