import { signWebhook } from '../../src/server/index.js';
import { CART, ENDPOINT, KEY, WEBHOOK_SECRET } from './fixtures.js';

/** One generated request, and how to say which it was. */
export interface Fuzzed {
  request: Request;
  told: string;
}

/** Words that mean something somewhere: to JSON, to prototypes, to URLs, to headers, to this handler. */
const WORDS = [
  ...['line_items', 'product_id', 'quantity', 'price', 'currency', 'name', 'customer', 'email', 'metadata'],
  ...['shipping_info', 'success_url', 'reference_id', 'product_ids', 'type', 'event', 'data', 'checkout_id'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'toJSON', 'hasOwnProperty', ''],
  ...['order.created', 'order.refunded', 'USD', 'monitor', 'vitamins', 'cs_1', 'livemode', 'amounts'],
  ...['javascript:alert(1)', 'https://evil.example', '../../etc/passwd', '%00', '\u0000', '\ufeff', '\ud83d'],
  ...['<script>', "' or 1=1", '{{7*7}}', '\r\nset-cookie: a=1', '👩‍⚕️', 'é', '\u202e', 'a'.repeat(300)],
];
const NUMBERS = [0, -0, 1, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324, 99, 10_000];
/** Texts that no JSON writer makes. */
const RAW = [
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

/** Generates requests that are right, almost right and hopeless, from one source of chance. */
export class Fuzzer {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The next request. */
  async next(): Promise<Fuzzed> {
    const path = this.#pick(PATHS);
    const method = this.#often(0.8) ? 'POST' : this.#pick(METHODS);
    const headers = new Headers({ 'content-type': this.#pick(TYPES) });
    if (this.#often(0.8)) headers.set('sec-fetch-site', 'same-origin');
    if (this.#often(0.8)) headers.set('idempotency-key', this.#key());
    const body = method === 'GET' || method === 'HEAD' ? undefined : this.#body(headers);
    if (path.includes('webhook') && this.#often(0.8)) await this.#sign(headers, body);
    for (; this.#often(0.4);) this.#spoil(headers);
    const query = path === '/status' || this.#often(0.05) ? this.#query() : '';
    const init: RequestInit = { method, headers, ...(body !== undefined && { body }) };
    const told = `${method} ${path}${query} ${JSON.stringify([...headers])} ${String(body).slice(0, 300)}`;
    return { request: new Request(ENDPOINT + path + query, init), told };
  }

  #often(share: number): boolean {
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

  /** Any JSON, often with names that mean something. */
  #json(depth = 4): unknown {
    const kind = Math.floor(this.#random() * (depth ? 8 : 6));
    const size = Math.floor(this.#random() * 4);
    if (kind === 6) return Array.from({ length: size }, () => this.#json(depth - 1));
    if (kind === 7)
      return Object.fromEntries(
        Array.from({ length: size }, () => [this.#pick(WORDS), this.#json(depth - 1)]),
      );
    return [
      null,
      this.#often(0.5),
      this.#pick(NUMBERS),
      this.#pick(WORDS),
      this.#random() * 1e6,
      this.#pick(WORDS),
    ][kind];
  }

  /** What each route wants, before it is spoilt. */
  #wanted(): object {
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
      { type: this.#pick(WORDS), data },
      { type: 'order.created', data },
      { event: 'order.created', data },
    ]);
  }

  /** A copy in which one place, however deep, is something else. */
  #mutate(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.#often(0.15)) return this.#json(3);
    const copy = structuredClone(value) as Record<string, unknown>;
    const key = Array.isArray(value) || this.#often(0.75) ? this.#pick(Object.keys(copy)) : this.#pick(WORDS);
    if (key === undefined) return this.#json();
    const changed = this.#often(0.1) ? undefined : this.#mutate(copy[key]);
    // `__proto__` too becomes a field of its own, as JSON.parse makes one.
    Object.defineProperty(copy, key, {
      value: changed,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return copy;
  }

  #body(headers: Headers): string | Uint8Array<ArrayBuffer> {
    if (this.#often(0.1)) return this.#pick(RAW);
    if (this.#often(0.1))
      return Uint8Array.from({ length: this.#random() * 200 }, () => this.#random() * 256);
    let value: unknown = this.#wanted();
    for (let times = Math.floor(this.#random() * 3); times > 0; times--) value = this.#mutate(value);
    const json = JSON.stringify(value) ?? '';
    const cut = this.#often(0.05) ? json.slice(0, this.#random() * json.length) : json;
    if (!headers.get('content-type')?.includes('urlencoded') || this.#often(0.2)) return cut;
    const field = this.#pick(['cart', 'cart', 'cart', 'cart', ...WORDS]);
    return new URLSearchParams([
      [field, cut],
      ...(this.#often(0.3) ? [['idempotency_key', this.#key()]] : []),
    ]).toString();
  }

  /** Signs as the provider does, or nearly. */
  async #sign(headers: Headers, body: string | Uint8Array = ''): Promise<void> {
    const offS = this.#pick([0, 0, 0, 0, 299, -299, 301, -301, 1e9]);
    const secret = this.#pick([WEBHOOK_SECRET, WEBHOOK_SECRET, WEBHOOK_SECRET, 'whsec_other']);
    const at = Math.max(0, Math.floor(Date.now() / 1000) - offS);
    // Lone surrogates become U+FFFD on the wire, and so they are signed.
    const signature = await signWebhook(body, secret, at);
    const broken = this.#pick([
      signature.slice(0, -1),
      signature.toUpperCase(),
      `${signature},v1=x`,
      signature.slice(3),
    ]);
    if (this.#often(0.2)) headers.set('authorization', `Bearer ${secret}`);
    else headers.set('x-gale-signature', this.#often(0.2) ? broken : signature);
  }

  /** Sets any header to anything that a header can be. */
  #spoil(headers: Headers): void {
    headers.set(this.#pick(HEADERS), this.#pick(VALUES));
  }
}
