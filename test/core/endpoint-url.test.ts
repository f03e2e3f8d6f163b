import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endpointRoute, endpointUrl } from '../../src/core/index.js';

const PAGE = 'https://shop.example/cart?x=1';

describe("the merchant's endpoint", () => {
  const accepted: [string, string, string][] = [
    ['/api/hsa', PAGE, 'https://shop.example/api/hsa'],
    ['api/hsa', 'https://shop.example/es/cart', 'https://shop.example/es/api/hsa'],
    ['https://api.example/hsa?tenant=1#part', PAGE, 'https://api.example/hsa?tenant=1'],
    ['//api.example/hsa', PAGE, 'https://api.example/hsa'],
    ['/api/hsa', 'http://192.168.0.7:3000/cart', 'http://192.168.0.7:3000/api/hsa'],
    ['http://localhost:8787/hsa', PAGE, 'http://localhost:8787/hsa'],
    ['http://[::1]:8787/hsa', PAGE, 'http://[::1]:8787/hsa'],
    ['https://api.example/hsa', 'http://shop.example/', 'https://api.example/hsa'],
  ];
  for (const [text, page, url] of accepted)
    test(`${text} on ${new URL(page).origin} is ${url}`, () => assert.equal(endpointUrl(text, page), url));

  for (const text of ['http://shop.example/api/hsa', 'http://api.example/hsa', 'http://shop.example:443/hsa'])
    test(`an endpoint without encryption is refused on https: ${text}`, () => {
      assert.throws(() => endpointUrl(text, PAGE), { code: 'invalid_config', message: /https/ });
    });
  test('http is accepted on this machine, and at the origin of an http page', () => {
    const shop = 'http://192.168.0.7:3000';
    assert.equal(endpointUrl('http://localhost:8787/hsa', PAGE), 'http://localhost:8787/hsa');
    assert.equal(endpointUrl('http://127.0.0.1:8787/hsa', PAGE), 'http://127.0.0.1:8787/hsa');
    assert.equal(endpointUrl(`${shop}/api`, `${shop}/cart`), `${shop}/api`);
    assert.throws(() => endpointUrl('http://192.168.0.7:3001/api', `${shop}/cart`), {
      code: 'invalid_config',
    });
  });

  const refused: [string | undefined, string][] = [
    [undefined, PAGE],
    ['', PAGE],
    ['http://shop.example/api/hsa', PAGE],
    ['http://api.example/hsa', PAGE],
    ['http://api.example/hsa', 'http://shop.example/'],
    ['http://shop.example:8080/hsa', 'http://shop.example/'],
    ['http://localhost.evil.example/', PAGE],
    ['javascript:alert(1)', PAGE],
    ['java\nscript:alert(1)', PAGE],
    ['data:application/json,{}', PAGE],
    ['blob:https://shop.example/1', PAGE],
    ['file:///api', PAGE],
    ['https://user@shop.example/api', PAGE],
    ['https://:pw@shop.example/api', PAGE],
    ['https://', PAGE],
    ['https://a b/', PAGE],
    ['/api', 'about:blank'],
    ['/api', 'file:///home/shop/index.html'],
  ];
  for (const [text, page] of refused)
    test(`${JSON.stringify(text)} on ${page} is refused, and the message does not repeat it`, () => {
      assert.throws(
        () => endpointUrl(text, page),
        (error: { code: string; message: string }) => {
          assert.equal(error.code, 'invalid_config');
          assert.match(error.message, /endpoint/);
          if (text) assert.ok(!error.message.includes(text));
          return true;
        },
      );
    });
});

test("a route is appended to the endpoint's path, before a query", () => {
  assert.equal(
    endpointRoute('https://shop.example/api/hsa', 'status'),
    'https://shop.example/api/hsa/status',
  );
  assert.equal(
    endpointRoute('https://shop.example/api/hsa/', 'status'),
    'https://shop.example/api/hsa/status',
  );
  assert.equal(
    endpointRoute('https://shop.example/a?t=1', 'eligibility'),
    'https://shop.example/a/eligibility?t=1',
  );
  assert.equal(endpointRoute('https://shop.example', 'status'), 'https://shop.example/status');
});
