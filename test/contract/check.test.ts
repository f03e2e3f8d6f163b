import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { checkCart } from '../../src/contract/check.js';
import { CheckoutCart, MAX_LINES, validate } from '../../src/contract/index.js';
import { minimalCart, exampleRequest } from '../support/fixtures.js';

const RUNS = { numRuns: Number(process.env.FC_RUNS ?? 5000) };

/** A copy without the keys whose value is undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutUndefined(field)]));
}

/**
 * Asserts that the small check and the zod schema agree on a value: the same violations in the same order, or equal carts with
 * equal JSON. They differ in one thing that JSON does not show: a key with the value `undefined` is absent from the check's
 * copy, but present in zod's.
 */
function assertSame(input: unknown): boolean {
  const small = checkCart(input);
  const schema = validate(CheckoutCart, input);
  assert.deepEqual(small.violations, schema.violations);
  assert.equal('value' in small, 'value' in schema);
  assert.deepEqual(small.value, withoutUndefined(schema.value));
  assert.equal(JSON.stringify(small.value), JSON.stringify(schema.value));
  return small.violations.length === 0;
}

/** Any text: emoji, combining marks, markup, lone surrogates. */
const one = { minLength: 1, maxLength: 1 };
const text = fc.string({
  minLength: 1,
  unit: fc.oneof(
    fc.constantFrom('\ud800', '\udfff', '\u202e', '\u0000', '<', '"', '👩‍⚕️', 'é', ' '),
    fc.string({ unit: 'grapheme', ...one }),
    fc.string({ unit: 'binary', ...one }),
  ),
});
const email = fc.oneof(fc.emailAddress(), fc.constantFrom('a@b.c', 'ä@ö.example', '"x"@b.c', 'a+b@c.d.e'));
const fineUrls = [
  'HTTP://SHOP.EXAMPLE',
  'https://a.example?x',
  'http://[::1]:3000/',
  'https://ä.example/ö#\ud800',
];
const urlOf = (length: number) => `https://a.example/${'x'.repeat(length - 18)}`;
const oddUrls = [
  'https://[',
  'https://x;script-src/',
  'https://x\uff1bscript-src/',
  'https://x,y/',
  'https://a.example:99999/',
  urlOf(2048),
  urlOf(2049),
  'https:shop.example',
  ' https://a.example',
  'https://a.example/b c\n',
  'ht\ttps://a',
  'https://u:p@a',
];
const url = fc.oneof(fc.webUrl(), fc.constantFrom(...fineUrls));
const cents = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER));
const orUndefined = <T>(field: fc.Arbitrary<T>) => fc.option(field, { nil: undefined, freq: 10 });
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[] = []) =>
  fc.record(fields, { requiredKeys: requiredKeys as never[], noNullPrototype: false });

const address = some({
  address_line_1: orUndefined(text),
  address_line_2: orUndefined(fc.string()),
  city: text,
  state: text,
  postal_code: text,
  country: text,
});
const goodLine = some(
  {
    product_id: text,
    name: orUndefined(text),
    image_url: orUndefined(url),
    price: orUndefined(cents),
    quantity: fc.integer({ min: 1, max: 9999 }),
    currency: fc.constantFrom('USD', 'EUR', 'XXX'),
    hsa_fsa_eligible: orUndefined(fc.boolean()),
    requires_lmn: orUndefined(fc.boolean()),
  },
  ['product_id', 'quantity'],
);
const goodCart = some(
  {
    reference_id: orUndefined(text),
    customer: orUndefined(some({ email, first_name: text, last_name: text, phone: fc.string() })),
    line_items: fc.array(goodLine, { minLength: 1, maxLength: 5 }),
    shipping_info: orUndefined(address),
    billing_info: orUndefined(address),
    shipping: orUndefined(cents),
    tax: cents,
    discount: cents,
    success_url: url,
    metadata: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
  },
  ['line_items'],
);

const NAMES = [
  ...[
    'reference_id',
    'customer',
    'line_items',
    'shipping_info',
    'billing_info',
    'shipping',
    'tax',
    'discount',
  ],
  ...[
    'email',
    'first_name',
    'last_name',
    'phone',
    'address_line_1',
    'address_line_2',
    'city',
    'state',
    'country',
  ],
  ...['postal_code', 'product_id', 'name', 'image_url', 'price', 'quantity', 'currency', 'hsa_fsa_eligible'],
  ...['requires_lmn', '__proto__', 'constructor', 'prototype', 'toString', 'length', '0', 'metadata', ''],
];

const DELETE = Symbol('delete');
class Line {
  product_id = 'bp-monitor';
  quantity = 1;
}
/** Values that a page, a template or a mistake puts in the place of others. */
const ODD: readonly unknown[] = [
  ...[
    DELETE,
    undefined,
    null,
    NaN,
    0,
    -0,
    -1,
    1,
    0.1,
    19.99,
    19.99 * 100,
    -1999,
    9999,
    10_000,
    Infinity,
    -Infinity,
  ],
  ...[
    2 ** 53,
    2 ** 53 - 1,
    -(2 ** 53),
    1e21,
    -1e21,
    Number.MIN_VALUE,
    5e-324,
    JSON.parse('1e400'),
    JSON.parse('-0'),
  ],
  ...[
    '',
    ' ',
    '0',
    '1',
    '1999',
    '19.99',
    'null',
    'true',
    'USD',
    'usd',
    'USD ',
    'USDX',
    'ＵＳＤ',
    '\ud83d',
    '\udc00',
  ],
  ...[254, 255, 256, 499, 500, 501].map((length) => 'é'.repeat(length)),
  ...[500, 501].map((length) => `${'a'.repeat(length - 4)}@b.c`),
  ...['a@b', '@', 'a@b.c', 'a@b..c', 'a@b.c.', 'a b@c.d', 'a@@b.c', 'a@b.c\n', '<script>alert(1)</script>'],
  ...[
    'https://a.example/x',
    '/x',
    '//a.example',
    'javascript:alert(1)',
    'https://',
    'https:',
    'data:,',
    ...fineUrls,
    ...oddUrls,
  ],
  ...[
    true,
    false,
    0n,
    1n,
    1999n,
    Symbol('1'),
    () => 1,
    class {},
    /USD/,
    new Date(0),
    new Date(NaN),
    new Error('x'),
  ],
  ...[
    new Map([['product_id', 'a']]),
    new Set([1]),
    new Uint8Array(2),
    new ArrayBuffer(1),
    Promise.resolve(1),
  ],
  ...[new Number(1), new String('USD'), new Boolean(true), Object(1n), Object(Symbol('x')), Math, JSON],
  ...[
    {},
    { a: 1 },
    { length: 1, 0: {} },
    { valueOf: () => 1 },
    { toString: () => 'USD' },
    Object.create(null),
  ],
  ...[
    new Line(),
    Object.create(new Line()),
    Object.freeze(new Line()),
    new Proxy(new Line(), {}),
    new Proxy([], {}),
  ],
  ...[
    {
      get product_id() {
        return 'a';
      },
      get quantity() {
        return 1;
      },
    },
    new URL('https://a.example'),
    new WeakMap(),
  ],
  ...[
    [],
    [[]],
    [{}],
    [null],
    [undefined],
    [1],
    ['a'],
    [,],
    [, new Line()],
    [new Line(), ,],
    new Array(3),
    [new Line()],
  ],
  ...[Array(500).fill(new Line()), Array(501).fill(new Line()), Array(501).fill(null), new Array(501)],
  ...[JSON.parse('{"__proto__":{"product_id":"a","quantity":1}}'), JSON.parse('[{"__proto__":[]}]')],
  ...['{"length":{"toString":1}}', '{"length":1}', '{"toString":1,"valueOf":1}'].map((json) =>
    JSON.parse(json),
  ),
  ...[JSON.parse('{"constructor":{"prototype":{"x":1}},"product_id":"a","quantity":1}')],
];

/** Sets or removes a value in a cart. `steps` select its path, and `name` is the key of a new one. */
function mutate(node: unknown, steps: readonly number[], name: string, value: unknown): unknown {
  const isList = Array.isArray(node);
  if (!steps.length || typeof node !== 'object' || node === null) return value === DELETE ? undefined : value;
  const keys = Object.keys(node);
  const step = steps[0]!;
  const key = keys.length && step % 5 ? keys[step % keys.length]! : isList ? String(step % 4) : name;
  const copy = Object.assign(isList ? [] : {}, node) as Record<string, unknown>;
  const mutated = steps.length > 1 ? mutate(copy[key], steps.slice(1), name, value) : value;
  if (mutated === DELETE) delete copy[key];
  // Defined, not assigned, so that `__proto__` becomes a plain key, as in JSON.parse.
  else
    Object.defineProperty(copy, key, {
      value: mutated,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  return copy;
}
const oddValue = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.double() },
);
const mutation = fc.tuple(
  fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
  fc.constantFrom(...NAMES),
  oddValue,
);
const mutatedCart = fc
  .tuple(goodCart, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([cart, mutations]) =>
    mutations.reduce<unknown>((node, [steps, name, value]) => mutate(node, steps, name, value), cart),
  );

describe('the small check agrees with the schema', () => {
  test('for every valid cart: both return equal carts', () => {
    fc.assert(
      fc.property(goodCart, (cart) => assert.equal(assertSame(cart), true)),
      RUNS,
    );
  });

  test('for valid carts with one to four changes', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(mutatedCart, (cart) => {
        if (assertSame(cart)) taken++;
        else refused++;
      }),
      RUNS,
    );
    assert.ok(taken > refused / 100 && refused > taken / 100, `${taken} taken, ${refused} refused`);
  });

  test('for every unusual value in place of the cart, and of each of its fields', () => {
    const whole = { ...exampleRequest(), line_items: exampleRequest().line_items.slice(0, 1) };
    Object.assign(whole.line_items[0]!, { hsa_fsa_eligible: true, requires_lmn: false });
    assert.equal(assertSame(whole), true);
    const put = (node: object, value: unknown, replace: (changed: unknown) => void) => {
      replace(value === DELETE ? undefined : value);
      for (const key of Object.keys(node)) {
        const child = (node as Record<string, unknown>)[key];
        const rebuild = (changed: unknown) => {
          const copy = Object.assign(Array.isArray(node) ? [] : {}, node) as Record<string, unknown>;
          if (changed === DELETE) delete copy[key];
          else copy[key] = changed;
          replace(copy);
        };
        if (typeof child === 'object' && child !== null) put(child, value, rebuild);
        else rebuild(value);
      }
    };
    let compared = 0;
    for (const value of ODD)
      put(whole, value, (cart) => {
        assertSame(cart);
        compared++;
      });
    assert.ok(compared > ODD.length * 30, `${compared}`);
  });

  test('for every value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => void assertSame(value)),
      RUNS,
    );
  });

  test('for objects of any shape whose keys are those of a cart', () => {
    const key = fc.constantFrom(...NAMES);
    const leaf = fc.oneof(text, email, url, cents, fc.boolean(), fc.constantFrom(...ODD), fc.constant('USD'));
    const { node } = fc.letrec<{ node: unknown; object: object; list: unknown[] }>((tie) => ({
      node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie('object'), tie('list')),
      object: fc.dictionary(key, tie('node'), { maxKeys: 8 }),
      list: fc.array(tie('node'), { maxLength: 3 }),
    }));
    const cart = fc
      .tuple(fc.dictionary(key, node), node)
      .map(([fields, lines]) => ({ ...fields, line_items: lines }));
    fc.assert(
      fc.property(cart, (value) => void assertSame(value)),
      RUNS,
    );
  });

  test('for every JSON value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutatedCart.map(toJson)), (json) => void assertSame(JSON.parse(json))),
      RUNS,
    );
  });

  test('at the limits of the number of lines', () => {
    for (const count of [0, 1, MAX_LINES, MAX_LINES + 1])
      for (const line of [new Line(), null, {}, undefined]) {
        const line_items = Array(count).fill(line);
        assert.equal(assertSame({ line_items }), line instanceof Line && count > 0 && count <= MAX_LINES);
      }
  });

  test('for getters, each of which is read once', () => {
    let reads = 0;
    const cart = {
      line_items: [
        {
          get product_id() {
            return reads++ ? 42 : 'bp-monitor';
          },
          quantity: 1,
        },
      ],
    };
    assert.deepEqual(checkCart(cart), { value: minimalCart(), violations: [] });
    assert.equal(reads, 1);
  });
});

/** A value after a round trip through JSON; null if JSON cannot write it. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    // A bigint, boxed or not.
    return 'null';
  }
}

/** A minimal cart whose one line has more fields. */
const cartWith = (fields: object, cart: object = {}) => ({
  ...cart,
  line_items: [{ ...minimalCart().line_items[0], ...fields }],
});
const faults = (cart: unknown) => checkCart(cart).violations.map(({ path, code }) => `${path} ${code}`);

/** A copy that has a null for every field that may be missing and is. */
function withNulls(cart: Record<string, unknown>): Record<string, unknown> {
  const fill = (node: unknown, names: readonly string[]) => ({
    ...Object.fromEntries(names.map((name) => [name, null])),
    ...(withoutUndefined(node) as object),
  });
  const address = ['address_line_1', 'address_line_2', 'city', 'state', 'postal_code', 'country'];
  const parts = {
    customer: ['email', 'first_name', 'last_name', 'phone'],
    shipping_info: address,
    billing_info: address,
  };
  const whole: Record<string, unknown> = fill(cart, [
    'reference_id',
    'shipping',
    'tax',
    'discount',
    ...Object.keys(parts),
  ]);
  for (const [name, names] of Object.entries(parts)) if (whole[name]) whole[name] = fill(whole[name], names);
  const line = ['name', 'image_url', 'price', 'currency', 'hsa_fsa_eligible', 'requires_lmn'];
  whole['line_items'] = (cart['line_items'] as unknown[]).map((each) => fill(each, line));
  return whole;
}

describe('the cart of a page', () => {
  test('a null is a missing field: a cart with nulls has the same JSON as one without them', () => {
    assert.deepEqual(withNulls({ line_items: [{}] })['customer'], null);
    fc.assert(
      fc.property(goodCart, (cart) => {
        const nulls = withNulls(cart);
        assert.equal(assertSame(nulls), true);
        assert.equal(JSON.stringify(checkCart(nulls).value), JSON.stringify(checkCart(cart).value));
        assert.doesNotMatch(JSON.stringify(checkCart(nulls).value), /:null/);
      }),
      RUNS,
    );
  });

  test('texts have a maximum length: 255 for ids, 2,048 for URLs, 500 for others', () => {
    const long = (length: number) => 'x'.repeat(length);
    const cart = (id: number, word: number, url: number) => ({
      reference_id: long(id),
      customer: {
        email: `${long(word - 4)}@b.c`,
        first_name: long(word),
        last_name: long(word),
        phone: long(word),
      },
      shipping_info: {
        address_line_1: long(word),
        address_line_2: long(word),
        city: long(word),
        country: long(word),
      },
      line_items: [{ product_id: long(id), name: long(word), image_url: urlOf(url), quantity: 1 }],
    });
    assert.equal(assertSame(cart(255, 500, 2048)), true);
    assertSame(cart(256, 501, 2049));
    assert.deepEqual(faults(cart(256, 501, 2049)), [
      'reference_id invalid_format',
      'customer.email invalid_format',
      'customer.first_name invalid_format',
      'customer.last_name invalid_format',
      'customer.phone invalid_format',
      'line_items[0].product_id invalid_format',
      'line_items[0].name invalid_format',
      'line_items[0].image_url invalid_format',
      'shipping_info.address_line_1 invalid_format',
      'shipping_info.address_line_2 invalid_format',
      'shipping_info.city invalid_format',
      'shipping_info.country invalid_format',
    ]);
  });

  test('a URL is valid if a URL parser accepts it and its host is plain', () => {
    for (const image_url of oddUrls.slice(0, 5).concat(urlOf(2049)))
      assert.deepEqual(
        faults(cartWith({ image_url })),
        ['line_items[0].image_url invalid_format'],
        image_url,
      );
    for (const image_url of [...fineUrls, urlOf(2048), 'https://bücher.example/', 'https://a_b.example/'])
      assert.deepEqual(faults(cartWith({ image_url })), [], image_url);
  });

  test('a null where a value is required is a missing value', () => {
    assert.deepEqual(faults({ line_items: [{ product_id: null, quantity: null }, null] }), [
      'line_items[0].product_id required',
      'line_items[0].quantity required',
      'line_items[1] required',
    ]);
    assert.deepEqual(faults({ line_items: null }), ['line_items required']);
    assert.deepEqual(faults(null), ['$ required']);
  });

  test('a product and a quantity are enough', () => {
    assert.deepEqual(checkCart(minimalCart()), { value: minimalCart(), violations: [] });
  });

  test("a complete request of the provider's API is a cart; its URLs and metadata are left out", () => {
    const { success_url, failure_url, metadata, ...cart } = exampleRequest();
    assert.ok(success_url && failure_url && metadata);
    assert.deepEqual(checkCart(exampleRequest()), { value: cart, violations: [] });
  });

  test('equal carts have equal JSON, in every order of their keys', () => {
    const turn = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turn)
        : typeof value === 'object' && value
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, field]) => [key, turn(field)]),
            )
          : value;
    const { success_url: _, failure_url: __, metadata: ___, ...cart } = exampleRequest();
    assert.notEqual(JSON.stringify(turn(cart)), JSON.stringify(cart));
    assert.equal(JSON.stringify(checkCart(turn(cart)).value), JSON.stringify(cart));
  });

  test('returns a copy: changing the cart afterwards does not change it', () => {
    const cart = exampleRequest();
    const { value } = checkCart(cart);
    const before = JSON.stringify(value);
    cart.line_items[0]!.price = 1;
    cart.customer.email = 'other@example.com';
    cart.line_items.pop();
    assert.equal(JSON.stringify(value), before);
  });

  test('a page may allow some violations, if there are no others', () => {
    const isBearable = ({ path }: { path: string }) => path.startsWith('customer.');
    const check = (cart: unknown) => checkCart(cart, undefined, isBearable);
    const cart = { ...minimalCart(), customer: { email: '', first_name: 'Ada' } };
    assert.deepEqual(check({ ...cart, unknown: 1 }), {
      value: { customer: cart.customer, line_items: cart.line_items },
      violations: [],
    });
    const worse = check({ ...cart, tax: -1 });
    assert.equal(worse.value, undefined);
    assert.deepEqual(
      worse.violations.map(({ path }) => path),
      ['customer.email', 'tax'],
    );
  });

  test('a page may set a lower limit of lines', () => {
    const cart = { line_items: Array(3).fill(minimalCart().line_items[0]) };
    assert.deepEqual(checkCart(cart, 3).violations, []);
    assert.deepEqual(
      checkCart(cart, 2).violations.map(({ path, code }) => [path, code]),
      [['line_items', 'too_big']],
    );
  });

  test('a page that adds to Object.prototype gets the same results', (context) => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype.addedByThePage = () => 'something';
    context.after(() => delete prototype.addedByThePage);
    assert.deepEqual(checkCart(minimalCart()), { value: minimalCart(), violations: [] });
    assert.deepEqual(faults({ line_items: [{}] }), [
      'line_items[0].product_id required',
      'line_items[0].quantity required',
    ]);
  });

  test('no message repeats a value of the cart', () => {
    const secret = 'SENTINEL-7e57';
    const wrong = fc.constantFrom<unknown>(
      secret,
      [secret],
      { secret },
      70707.07,
      -70707,
      7070700000000000000,
    );
    const bad = fc.tuple(goodCart, fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), wrong);
    let refused = 0;
    fc.assert(
      fc.property(bad, ([cart, steps, value]) => {
        for (const { message, code } of checkCart(mutate(cart, steps, 'tax', value)).violations) {
          refused++;
          assert.doesNotMatch(message + code, /SENTINEL|7e57|70707/);
        }
      }),
      RUNS,
    );
    assert.ok(refused > 0);
  });
});

test('every field that is missing or wrong is reported at once, with its path', () => {
  const cart = {
    customer: { email: 'nobody', first_name: '' },
    line_items: [
      minimalCart().line_items[0],
      {},
      { product_id: 7, quantity: 1, price: '5', currency: 'usd' },
    ],
    shipping_info: 'here',
    billing_info: { city: 3 },
    tax: null,
  };
  assert.deepEqual(faults(cart), [
    'customer.email invalid_format',
    'customer.first_name invalid_format',
    'line_items[1].product_id required',
    'line_items[1].quantity required',
    'line_items[2].product_id invalid_type',
    'line_items[2].price invalid_type',
    'line_items[2].currency invalid_format',
    'shipping_info invalid_type',
    'billing_info.city invalid_type',
  ]);
  for (const { message } of checkCart(cart).violations) assert.match(message, /^expected \w/);
});

/** Every field that is an amount of money: its path, and a cart that has a value there. */
const AMOUNTS: [string, (value: unknown) => unknown][] = [
  ['line_items[0].price', (price) => cartWith({ price })],
  ['shipping', (shipping) => cartWith({}, { shipping })],
  ['tax', (tax) => cartWith({}, { tax })],
  ['discount', (discount) => cartWith({}, { discount })],
];
const refuses = (value: unknown, code: string) => {
  for (const [path, cart] of AMOUNTS)
    assert.deepEqual(faults(cart(value)), [`${path} ${code}`], String(value));
};

test('fractions of a cent are refused in every amount, and never rounded', () => {
  assert.equal(19.99 * 100, 1998.9999999999998);
  refuses(19.99 * 100, 'invalid_type');
  fc.assert(
    fc.property(fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }), (float) =>
      refuses(float, 'invalid_type'),
    ),
  );
  for (const [path, cart] of AMOUNTS) {
    const { message } = checkCart(cart(1998.9999999999998)).violations[0]!;
    assert.match(message, /expected integer cents/, path);
  }
});

test('dollars in place of cents are refused', () => {
  fc.assert(
    fc.property(fc.nat(99_999), fc.integer({ min: 1, max: 99 }), (dollars, rest) =>
      refuses(Number(`${dollars}.${String(rest).padStart(2, '0')}`), 'invalid_type'),
    ),
  );
});

test('negative, negative zero, NaN and infinite amounts are refused before JSON could hide them', () => {
  assert.equal(JSON.stringify([NaN, -0, Infinity]), '[null,0,null]');
  refuses(-0, 'too_small');
  for (const value of [NaN, Infinity, -Infinity]) refuses(value, 'invalid_type');
  fc.assert(fc.property(fc.maxSafeNat(), (cents) => refuses(-cents - 1, 'too_small')));
});

test('numbers as text are refused, never converted', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (cents) => refuses(`${cents}`, 'invalid_type')));
  assert.deepEqual(faults(cartWith({ quantity: '1' })), ['line_items[0].quantity invalid_type']);
  assert.deepEqual(faults(cartWith({ hsa_fsa_eligible: 'true', requires_lmn: 1 })), [
    'line_items[0].hsa_fsa_eligible invalid_type',
    'line_items[0].requires_lmn invalid_type',
  ]);
});

test('an amount too large to be exact is refused', () => {
  for (const [, cart] of AMOUNTS) assert.deepEqual(faults(cart(Number.MAX_SAFE_INTEGER)), []);
  assert.equal(JSON.parse('9007199254740993'), 9007199254740992);
  for (const json of ['9007199254740992', '9007199254740993', '1e300']) refuses(JSON.parse(json), 'too_big');
  refuses(JSON.parse('1e400'), 'invalid_type');
});

test('a quantity is a whole number from 1 to 9,999', () => {
  const quantity = (value: unknown) => faults(cartWith({ quantity: value }));
  for (const value of [1, 2, 9999]) assert.deepEqual(quantity(value), []);
  for (const value of [0, -0, -1, -1e300])
    assert.deepEqual(quantity(value), ['line_items[0].quantity too_small']);
  for (const value of [10_000, 2 ** 53, 1e300])
    assert.deepEqual(quantity(value), ['line_items[0].quantity too_big']);
  for (const value of [0.5, 1.5, 9998.5, NaN, Infinity, '1', [1], true])
    assert.deepEqual(quantity(value), ['line_items[0].quantity invalid_type'], String(value));
  for (const value of [undefined, null])
    assert.deepEqual(quantity(value), ['line_items[0].quantity required']);
});

test('too many lines are one violation, and no line is read', () => {
  const [line] = exampleRequest().line_items;
  for (const each of [line, {}, null]) {
    const lines = Array.from({ length: 10_000 }, () => each);
    const read: PropertyKey[] = [];
    const line_items = new Proxy(lines, {
      get(target, key, receiver) {
        read.push(key);
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    assert.deepEqual(faults({ line_items }), ['line_items too_big']);
    assert.deepEqual(
      read.filter((key) => /^\d+$/.test(String(key))),
      [],
    );
    // The limit can be higher.
    assert.equal(checkCart({ line_items: lines }, 10_000).violations.length > 0, each !== line);
  }
});

test('every text is accepted unchanged: emoji, right-to-left marks, lone surrogates', () => {
  fc.assert(
    fc.property(text, (name) => {
      assert.throws(() => encodeURIComponent('\ud800'), URIError);
      const { value } = checkCart(cartWith({ name, product_id: name }, { reference_id: name }));
      assert.equal(value?.line_items[0]?.name, name);
      const sent = JSON.stringify(value);
      // The sent text is well-formed: it has no lone surrogate, and nothing is lost.
      assert.doesNotMatch(sent, /\p{Surrogate}/u);
      assert.deepEqual(JSON.parse(sent), value);
    }),
  );
});

test('lines of the same product stay separate, in the order given', () => {
  const line_items = [
    { product_id: 'multivitamin', price: 1999, quantity: 1 },
    { product_id: 'bp-monitor', quantity: 1 },
    { product_id: 'multivitamin', price: 1799, quantity: 2 },
    { product_id: 'multivitamin', price: 1999, quantity: 1 },
  ];
  assert.deepEqual(checkCart({ line_items }).value?.line_items, line_items);
});

test('keys such as __proto__ are dropped', () => {
  const json = `{
    "__proto__": {"polluted": true, "tax": "x"}, "constructor": {"prototype": {"polluted": true}}, "prototype": {},
    "customer": {"__proto__": {"polluted": true, "email": 3}, "first_name": "Ada"},
    "line_items": [{"__proto__": {"polluted": true, "price": -1}, "constructor": 1, "product_id": "bp-monitor", "quantity": 1}]
  }`;
  const { value, violations } = checkCart(JSON.parse(json));
  assert.deepEqual(violations, []);
  assert.deepEqual(value, { customer: { first_name: 'Ada' }, ...minimalCart() });
  for (const part of [value, value.customer, value.line_items[0]]) {
    assert.equal(Object.getPrototypeOf(part), Object.prototype);
    assert.equal('polluted' in part!, false);
  }
  assert.equal('polluted' in {}, false);
  // Values of the prototype key are not fields of the cart.
  assert.deepEqual(faults(JSON.parse(`{"__proto__": ${JSON.stringify(minimalCart())}}`)), [
    'line_items required',
  ]);
});
