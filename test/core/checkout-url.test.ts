import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { checkoutUrl, isLocalHost } from '../../src/core/index.js';

const HOST = 'checkout.withgale.com';
const HOSTS = [HOST, 'shop.example', '*.pay.example', 'shop.example:8443', 'localhost:3000', '127.0.0.1'];

const unsafe = (text: unknown, hosts: readonly string[] = HOSTS, test?: boolean) =>
  assert.throws(() => checkoutUrl(text, hosts, test), { name: 'CheckoutError', code: 'unsafe_url' });

describe('accepted', () => {
  for (const url of [
    `https://${HOST}/`,
    `https://${HOST}/c/chk_1?token=a%2Fb&x=1#pay`,
    'https://shop.example/checkout',
    'https://shop.example:8443/checkout',
    'https://eu.pay.example/c',
    'https://a.b.pay.example/c',
  ])
    test(`${url} is accepted unchanged`, () => {
      assert.equal(checkoutUrl(url, HOSTS), url);
      assert.equal(checkoutUrl(url, HOSTS, true), url);
    });

  test('plain http is accepted on this machine in test mode only', () => {
    for (const url of ['http://localhost:3000/pay', 'http://127.0.0.1/pay']) {
      assert.equal(checkoutUrl(url, HOSTS, true), url);
      unsafe(url, HOSTS, false);
      unsafe(url);
    }
    unsafe('http://localhost:4000/pay', HOSTS, true);
  });

  test('returns the URL that was checked, with the path as the URL parser reads it', () => {
    assert.equal(checkoutUrl(`https://${HOST}/a/../b c\n`, HOSTS), `https://${HOST}/b%20c`);
  });
});

describe('a checkout URL that is not a text is a bad response', () => {
  for (const value of [
    undefined,
    null,
    0,
    1,
    true,
    '',
    {},
    [],
    [`https://${HOST}/`],
    new URL(`https://${HOST}/`),
  ])
    test(`${typeof value} ${JSON.stringify(value)}`, () => {
      assert.throws(() => checkoutUrl(value, HOSTS), { name: 'CheckoutError', code: 'bad_response' });
    });
});

const refused: Record<string, string[]> = {
  'a scheme that runs code, embeds data or reads files is refused, in any spelling': [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    '\u0000javascript:alert(1)',
    '\u0001\u001fjavascript:alert(1)',
    `javascript://${HOST}/%0aalert(1)`,
    `javascript:"https://${HOST}/"`,
    'data:text/html,<script>alert(1)</script>',
    `data:https://${HOST}/`,
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    `file://${HOST}/etc/passwd`,
    `blob:https://${HOST}/1b4e28ba-2fa1-11d2-883f-0016d3cca427`,
    `filesystem:https://${HOST}/temporary/a`,
    `view-source:https://${HOST}/`,
    `ftp://${HOST}/`,
    `wss://${HOST}/`,
    'about:blank',
    `intent://${HOST}/#Intent;scheme=https;end`,
    ` https://${HOST}/`,
    `\thttps://${HOST}/`,
    `\u0000https://${HOST}/`,
    `ht\ntps://${HOST}/`,
    `https:\t//${HOST}/`,
    `https://checkout.with\ngale.com/`,
  ],
  'plain http is refused': [
    `http://${HOST}/`,
    `HTTP://${HOST}/`,
    'http://shop.example/',
    `http://${HOST}:443/`,
    'http://192.168.0.1/',
    'http://localhost.evil.example/',
  ],
  'a user name or password is refused': [
    `https://user:pw@${HOST}/`,
    `https://user@${HOST}/`,
    `https://:pw@${HOST}/`,
    `https://@${HOST}/`,
    `https://:@${HOST}/`,
    `https://${HOST}@evil.example/`,
    `https://${HOST}:443@evil.example/`,
    `https://${HOST}%40evil.example/`,
    `https://${HOST}%2F@evil.example/`,
  ],
  'any other host is refused, however similar': [
    'https://evil.example/',
    `https://${HOST}.evil.example/`,
    `https://evil-${HOST}/`,
    `https://evil.${HOST}/`,
    'https://withgale.com/',
    'https://checkout%2ewithgale%2ecom/',
    'https://checkout%2Ewithgale.com/',
    'https://checkout．withgale．com/',
    'https://checkout。withgale。com/',
    'https://ｃheckout.withgale.com/',
    'https://сheckout.withgale.com/',
    'https://checkout.wıthgale.com/',
    'https://checkout.with\u00adgale.com/',
    'https://checkout.with\u200bgale.com/',
    'https://xn--heckout-x4a.withgale.com/',
    `https://${HOST}./`,
    `https://${HOST}../`,
    `https://${HOST}:8443/`,
    `https://${HOST}:443/`,
    `https://${HOST}:0443/`,
    `https://${HOST}:/`,
    'https://shop.example:8444/',
    `https://${HOST}\\.evil.example/`,
    `https://${HOST}\\@evil.example/`,
    `https:\\\\${HOST}/`,
    `https:/\\${HOST}/`,
    `https://evil.example\\${HOST}/`,
    `https://evil.example\\@${HOST}/`,
    `https://evil.example/https://${HOST}/`,
    `https://evil.example/?https://${HOST}/`,
    `https://evil.example/#@${HOST}/`,
    `https://evil.example?@${HOST}/`,
    `https://evil.example#@${HOST}/`,
    `https://${HOST} .evil.example/`,
    `https://CHECKOUT.WITHGALE.COM/`,
    'https://pay.example/',
    'https://evilpay.example/',
    'https://a.pay.example.evil.example/',
    'https://a.pay.example:8443/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://127.1/',
    'https://[::ffff:127.0.0.1]/',
  ],
  'a URL that is not absolute is refused': [
    '/c/chk_1',
    'c/chk_1',
    `//${HOST}/`,
    `\\\\${HOST}/`,
    '?a=1',
    '#a',
    HOST,
    `${HOST}/c/chk_1`,
    `https:${HOST}/`,
    `https:/${HOST}/`,
    `https:///${HOST}/`,
    `https:////${HOST}/`,
    'https:',
    'https://',
    'https:///',
    'undefined',
    'null',
    '[object Object]',
  ],
};
for (const [title, urls] of Object.entries(refused))
  describe(title, () => {
    for (const url of urls)
      test(JSON.stringify(url), () => {
        unsafe(url);
        unsafe(url, HOSTS, true);
      });
  });

test('a URL of more than 8,192 characters is a bad response', () => {
  const longest = `https://${HOST}/`.padEnd(8192, 'a');
  assert.equal(checkoutUrl(longest, HOSTS), longest);
  assert.throws(() => checkoutUrl(`${longest}a`, HOSTS), { code: 'bad_response' });
});

test('no host is allowed when the list is empty', () => {
  unsafe(`https://${HOST}/`, []);
  unsafe(`https://${HOST}/`, ['']);
});

test('the refusal of a host prints the attribute that would allow it, and nothing else of the URL', () => {
  assert.throws(
    () => checkoutUrl('https://pay.new.example/c/secret?token=secret', ['a.example', 'b.example']),
    {
      message: /checkout-hosts="a\.example b\.example pay\.new\.example"$/,
    },
  );
  assert.throws(
    () => checkoutUrl('https://pay.new.example/c/secret', ['a.example']),
    (error: Error) => {
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
});

test('the refusal of a sandbox’s host behind a dev server prints the attribute that would allow it', () => {
  assert.throws(
    () => checkoutUrl('http://localhost:3000/sandbox/pay/cs_1', ['pay.example', 'localhost:5173'], true),
    {
      code: 'unsafe_url',
      message:
        "the host of checkout_url is not allowed: if it is your provider's, write " +
        'checkout-hosts="pay.example localhost:5173 localhost:3000"',
    },
  );
});

test('only three host names are this machine', () => {
  for (const name of ['localhost', '127.0.0.1', '[::1]']) assert.equal(isLocalHost(name), true, name);
  const others = [
    'localhost.',
    'a.localhost',
    'localhost.evil.example',
    '127.0.0.2',
    '127x0x0x1',
    '::1',
    '',
    '\nlocalhost',
  ];
  for (const name of others) assert.equal(isLocalHost(name), false, name);
});

describe('every accepted text leads to a listed host', () => {
  /**
   * An independent oracle: the split of RFC 3986 into scheme, authority and rest, and a literal list, without a URL parser. The
   * part before a wildcard's domain may be anything without a delimiter, because the domain's owner controls it.
   */
  const isListed = (url: string) => {
    const [, scheme, authority = ''] = /^([^:/?#]+):\/\/([^/?#]*)\//.exec(url) ?? [];
    if (scheme !== 'https') return false;
    return (
      [HOST, 'shop.example', 'shop.example:8443'].includes(authority) ||
      /^[^@\\%:\s]*\.pay\.example$/.test(authority)
    );
  };
  const piece = fc.constantFrom(
    ...[
      'https',
      'http',
      'javascript',
      ':',
      '/',
      '//',
      '\\',
      '@',
      '.',
      '%2e',
      '．',
      '#',
      '?',
      ':443',
      ':8443',
      '\t',
      '\n',
    ],
    ...[
      ' ',
      '\u0000',
      'evil.example',
      HOST,
      'shop.example',
      'pay.example',
      'eu',
      '*',
      '[::1]',
      'user',
      'с',
      '%00',
      '-',
    ],
  );
  const pieces = fc.array(piece, { maxLength: 10 }).map((parts) => parts.join(''));
  const spliced = fc
    .tuple(
      fc.constantFrom(`https://${HOST}/c`, 'https://eu.pay.example/c', 'https://shop.example:8443/'),
      fc.nat(),
      piece,
    )
    .map(([url, at, part]) => url.slice(0, at % url.length) + part + url.slice(at % url.length));
  const texts = fc.oneof(
    pieces,
    spliced,
    fc.webUrl(),
    fc.string(),
    fc.tuple(pieces, fc.string()).map((two) => two.join('')),
  );

  test('by an independent reading of the text and of the result', () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, fc.boolean(), (text, testMode) => {
        let url: string;
        try {
          url = checkoutUrl(text, [HOST, 'shop.example', '*.pay.example', 'shop.example:8443'], testMode);
        } catch (error) {
          assert.match((error as { code: string }).code, /^(unsafe_url|bad_response)$/);
          return;
        }
        accepted++;
        assert.ok(isListed(text) && isListed(url), JSON.stringify([text, url]));
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 5000) },
    );
    assert.ok(accepted > 0, 'nothing was accepted: the property proves nothing');
  });
});
