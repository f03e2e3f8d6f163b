import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseResponse, readBody } from '../../src/client/response.js';
import { CheckoutError } from '../../src/core/index.js';

const URL_OF_REQUEST = 'https://shop.example/api/hsa/status?token=secret';
const LIMIT = 65_536;

function errorOf(response: Response, body: string | undefined): CheckoutError {
  try {
    parseResponse(response, body, URL_OF_REQUEST);
  } catch (error) {
    assert.ok(error instanceof CheckoutError);
    return error;
  }
  throw new Error('parseResponse did not throw');
}

describe('the body of a response', () => {
  for (const [how, headers] of [
    ['with a length', { 'content-length': '2' }],
    ['without a length', undefined],
  ] as const)
    it(`is read as text ${how}`, async () => {
      assert.equal(await readBody(new Response('é', { headers })), 'é');
    });

  it('is empty if it is larger than 64 KB', async () => {
    assert.equal((await readBody(new Response('x'.repeat(LIMIT))))?.length, LIMIT);
    assert.equal(await readBody(new Response('x'.repeat(LIMIT + 1))), '');
  });

  it('is undefined if another script has read or locked it', async () => {
    const used = new Response('{}');
    await used.text();
    assert.equal(await readBody(used), undefined);
    const locked = new Response('{}');
    locked.body!.getReader();
    assert.equal(await readBody(locked), undefined);
  });
});

describe('a successful response', () => {
  const ok = (type = 'application/json') => new Response(null, { headers: { 'content-type': type } });

  it('is its JSON object', () => {
    assert.deepEqual(parseResponse(ok(), '{"a":[1]}', URL_OF_REQUEST), { a: [1] });
  });

  for (const [what, response, body, message] of [
    ['is no JSON', ok('text/plain'), 'oops', 'Expected JSON, got text/plain, 4 characters'],
    ['is no object', ok(), '17', 'Expected JSON, got application/json, 2 characters'],
    ['has been read already', ok(), undefined, 'The body was already read by a script that wraps fetch'],
  ] as const)
    it(`is bad_response if its body ${what}`, () => {
      const { code, message: text, details } = errorOf(response, body);
      assert.equal(code, 'bad_response');
      assert.equal(text, message);
      assert.deepEqual(details, { status: 200 });
    });

  it('is bad_response if it is a page, with the line that mounts the handler', () => {
    const { code, message } = errorOf(ok('text/html'), '{}');
    assert.equal(code, 'bad_response');
    assert.match(message, /mount the handler at \/api\/hsa and all paths below/);
  });
});

describe('a failed response', () => {
  it('is an error with its status, code, request id, wait and fields', () => {
    const response = new Response(null, {
      status: 422,
      headers: { 'x-request-id': 'req_1', 'retry-after': '2' },
    });
    const errors = [{ path: 'customer.email', code: 'required', message: 'expected text' }];
    const { code, message, details } = errorOf(
      response,
      JSON.stringify({ code: 'details_required', errors }),
    );
    assert.equal(code, 'details_required');
    assert.equal(message, 'endpoint="https://shop.example/api/hsa/status" answered 422');
    assert.deepEqual(details, {
      status: 422,
      reason: 'details_required',
      requestId: 'req_1',
      fields: errors,
      retryAfterMs: 2_000,
    });
  });

  it('is an error by its status if its body has been read already', () => {
    const { code, details } = errorOf(new Response(null, { status: 429 }), undefined);
    assert.equal(code, 'rate_limited');
    assert.equal(details.retryAfterMs, 30_000);
  });
});
