import { signWebhook } from '../../src/server/index.js';
import { CART, ENDPOINT, KEY, WEBHOOK_SECRET } from './fixtures.js';

/** One generated request, and its description for a failure. */
export interface FuzzedRequest {
  request: Request;
  description: string;
}

/** Strings with a special meaning in JSON, in prototypes, in URLs, in headers or for the handler. */
const SPECIAL_STRINGS = [
  ...['line_items', 'product_id', 'quantity', 'price', 'currency', 'name', 'customer', 'email', 'metadata'],
  ...['shipping_info', 'success_url', 'reference_id', 'product_ids', 'type', 'event', 'data', 'checkout_id'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'toJSON', 'hasOwnProperty', ''],
  ...['order.created', 'order.refunded', 'USD', 'monitor', 'vitamins', 'cs_1', 'livemode', 'amounts'],
  ...['javascript:alert(1)', 'https://evil.example', '../../etc/passwd', '%00', '\u0000', '\ufeff', '\ud83d'],
  ...['<script>', "' or 1=1", '{{7*7}}', '\r\nset-cookie: a=1', '👩‍⚕️', 'é', '\u202e', 'a'.repeat(300)],
];
const NUMBERS = [0, -0, 1, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324, 99, 10_000];
/** Bodies that are invalid, unusual or very large JSON. */
const RAW_BODIES = [
  ...['', ' ', 'null', 'NaN', '{', '[', '"', '[]', '{}', '{"a":1,}', '{"a":1}{"b":2}', '\ufeff{}', '-', '01'],
  ...['[1e999]', '{"quantity":1e400}', '{"__proto__":{"polluted":1}}', '"\\ud800"', 'true', "{'a':1}", '\0'],
  ...['['.repeat(20_000), '{"a":'.repeat(5000), '9'.repeat(5000), `"${'x'.repeat(270_000)}"`],
];
const PATHS = [
  '',
  '',
  '',
  '/',
  '/status',
  '/eligibility',
  '/webhook',
  '/webhook',
  '/webhook/',
  '/a/b',
  '//status',
];
const METHODS = ['GET', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];
const TYPES = [
  ...['application/json', 'application/json', 'application/json', 'application/json'],
  ...['application/json', 'application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'],
  ...['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', '', ';', 'json'],
];
const HEADERS = [
  ...['origin', 'sec-fetch-site', 'x-request-id', 'idempotency-key', 'authorization', 'x-gale-signature'],
  ...['content-encoding', 'content-length', 'cookie', 'x-forwarded-host', 'accept', 'if-none-match', 'range'],
];
const VALUES = [
  ...[
    '',
    'null',
    'https://app.example',
    'https://app.example.evil.example',
    'same-origin',
    'cross-site',
    KEY,
  ],
  ...[
    'gzip',
    'identity',
    '999999999',
    '-1',
    '1e3',
    'Bearer x',
    'Basic YTpi',
    'Bearer',
    ',,,',
    't=1,v1=',
    '*',
  ],
  ...[
    `t=${2 ** 53},v1=${'0'.repeat(64)}`,
    `t=-1,v1=${'g'.repeat(64)}`,
    'x'.repeat(5000),
    '\u00e9',
    '"quoted-key-of-16"',
  ],
];

/** Generates valid, almost valid and malformed requests from one random source. */
export class Fuzzer {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Generates the next request. */
  async next(): Promise<FuzzedRequest> {
    const path = this.#pick(PATHS);
    const method = this.#isChosen(0.8) ? 'POST' : this.#pick(METHODS);
    const headers = new Headers({ 'content-type': this.#pick(TYPES) });
    if (this.#isChosen(0.8)) headers.set('sec-fetch-site', 'same-origin');
    if (this.#isChosen(0.8)) headers.set('idempotency-key', this.#key());
    const body = method === 'GET' || method === 'HEAD' ? undefined : this.#body(headers);
    if (path.includes('webhook') && this.#isChosen(0.8)) await this.#sign(headers, body);
    for (; this.#isChosen(0.4);) this.#setRandomHeader(headers);
    const query = path === '/status' || this.#isChosen(0.05) ? this.#query() : '';
    const init: RequestInit = { method, headers, ...(body !== undefined && { body }) };
    const description = `${method} ${path}${query} ${JSON.stringify([...headers])} ${String(body).slice(0, 300)}`;
    return { request: new Request(ENDPOINT + path + query, init), description };
  }

  #isChosen(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }

  #key(): string {
    const digits = Array.from({ length: 16 }, () => Math.floor(this.#random() * 16).toString(16)).join('');
    return this.#pick([KEY, `${digits}-${digits}`, `"${digits}"`, digits.slice(1), this.#pick(VALUES)]);
  }

  #query(): string {
    const token = this.#pick(['a'.repeat(43), '', this.#pick(VALUES), encodeURIComponent('\u0000')]);
    return this.#pick([
      '',
      '?',
      `?token=${token}`,
      `?id=cs_1&token=${token}`,
      `?id=__proto__&token=${token}`,
      '?%',
      '?=&&',
    ]);
  }

  /** Random JSON, often with special names. */
  #json(depth = 4): unknown {
    const kind = Math.floor(this.#random() * (depth ? 8 : 6));
    const size = Math.floor(this.#random() * 4);
    if (kind === 6) return Array.from({ length: size }, () => this.#json(depth - 1));
    if (kind === 7)
      return Object.fromEntries(
        Array.from({ length: size }, () => [this.#pick(SPECIAL_STRINGS), this.#json(depth - 1)]),
      );
    return [
      null,
      this.#isChosen(0.5),
      this.#pick(NUMBERS),
      this.#pick(SPECIAL_STRINGS),
      this.#random() * 1e6,
      this.#pick(SPECIAL_STRINGS),
    ][kind];
  }

  /** A valid body, or one that is valid except for its values, for one of the routes. */
  #validBody(): object {
    const data = { checkout_id: this.#pick(['cs_1', 'cs_2', '', 7]), order_id: 'ord_1' };
    return this.#pick<object>([
      CART,
      CART,
      {
        line_items: Array.from({ length: this.#pick([0, 1, 99, 501]) }, () => ({
          product_id: 'monitor',
          quantity: 1,
        })),
      },
      { product_ids: ['monitor', 'unheard-of'] },
      { type: this.#pick(SPECIAL_STRINGS), data },
      { type: 'order.created', data },
      { event: 'order.created', data },
    ]);
  }

  /** A copy in which one value, at any depth, is replaced or removed. */
  #mutate(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.#isChosen(0.15)) return this.#json(3);
    const copy = structuredClone(value) as Record<string, unknown>;
    const key =
      Array.isArray(value) || this.#isChosen(0.75)
        ? this.#pick(Object.keys(copy))
        : this.#pick(SPECIAL_STRINGS);
    if (key === undefined) return this.#json();
    const changed = this.#isChosen(0.1) ? undefined : this.#mutate(copy[key]);
    // Defines `__proto__` as an own field, as JSON.parse does.
    Object.defineProperty(copy, key, {
      value: changed,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return copy;
  }

  #body(headers: Headers): string | Uint8Array<ArrayBuffer> {
    if (this.#isChosen(0.1)) return this.#pick(RAW_BODIES);
    if (this.#isChosen(0.1))
      return Uint8Array.from({ length: this.#random() * 200 }, () => this.#random() * 256);
    let value: unknown = this.#validBody();
    for (let times = Math.floor(this.#random() * 3); times > 0; times--) value = this.#mutate(value);
    const json = JSON.stringify(value) ?? '';
    const cut = this.#isChosen(0.05) ? json.slice(0, this.#random() * json.length) : json;
    if (!headers.get('content-type')?.includes('urlencoded') || this.#isChosen(0.2)) return cut;
    const field = this.#pick(['cart', 'cart', 'cart', 'cart', ...SPECIAL_STRINGS]);
    return new URLSearchParams([
      [field, cut],
      ...(this.#isChosen(0.3) ? [['idempotency_key', this.#key()]] : []),
    ]).toString();
  }

  /** Adds a valid or an almost valid signature or bearer token. */
  async #sign(headers: Headers, body: string | Uint8Array = ''): Promise<void> {
    const offS = this.#pick([0, 0, 0, 0, 299, -299, 301, -301, 1e9]);
    const secret = this.#pick([WEBHOOK_SECRET, WEBHOOK_SECRET, WEBHOOK_SECRET, 'whsec_other']);
    const at = Math.max(0, Math.floor(Date.now() / 1000) - offS);
    // The body is signed as it is sent, with U+FFFD for a lone surrogate.
    const signature = await signWebhook(body, secret, at);
    const broken = this.#pick([
      signature.slice(0, -1),
      signature.toUpperCase(),
      `${signature},v1=x`,
      signature.slice(3),
    ]);
    if (this.#isChosen(0.2)) headers.set('authorization', `Bearer ${secret}`);
    else headers.set('x-gale-signature', this.#isChosen(0.2) ? broken : signature);
  }

  /** Sets a random header to a random value. */
  #setRandomHeader(headers: Headers): void {
    headers.set(this.#pick(HEADERS), this.#pick(VALUES));
  }
}
