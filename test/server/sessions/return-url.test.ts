import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setQueryParameter } from '../../../src/server/sessions/return-url.js';
import { openShop, press, sessionOf } from '../fixtures.js';

describe('return URL', () => {
  const cases: [string, string][] = [
    ['https://s.example', 'https://s.example?n=v'],
    ['https://s.example/a?', 'https://s.example/a?n=v'],
    ['https://s.example/a?x=1', 'https://s.example/a?x=1&n=v'],
    ['https://s.example/a?x=1&#top', 'https://s.example/a?x=1&n=v#top'],
    ['https://s.example/a?n=old', 'https://s.example/a?n=v'],
    ['https://s.example/a?n', 'https://s.example/a?n=v'],
    ['https://s.example/a?n=old&x={ID}&n=older#n=1', 'https://s.example/a?x={ID}&n=v#n=1'],
    ['https://s.example/a?x=%2f+é&%6E=old', 'https://s.example/a?x=%2f+é&n=v'],
    ['https://s.example/a?nn=1&N=2', 'https://s.example/a?nn=1&N=2&n=v'],
    ['https://s.example/n=1#a?n=2', 'https://s.example/n=1?n=v#a?n=2'],
    ['https://s.example/a??n=1', 'https://s.example/a??n=1&n=v'],
    ['https://s.example/a?next=/b?n=1', 'https://s.example/a?next=/b?n=1&n=v'],
  ];
  for (const [url, expected] of cases)
    it(`gets the parameter and keeps the rest of ${url}`, () => {
      assert.equal(setQueryParameter(url, 'n', 'v'), expected);
    });

  it('has the token of this checkout in place of one that successUrl already has', async () => {
    const shop = openShop({ successUrl: 'https://shop.example/thanks?hsa_checkout=stale&lang=es' });
    await sessionOf(await shop.handler(press()));
    const url = new URL(shop.opened()[0]!.body.success_url);
    assert.equal(url.searchParams.getAll('hsa_checkout').length, 1);
    assert.match(url.search, /^\?lang=es&hsa_checkout=[\w-]{43}$/);
  });
});
