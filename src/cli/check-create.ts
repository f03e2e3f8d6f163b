import { CALLER_UNKNOWN } from '../core/index.js';
import { describe, isFromAnotherServer, isProblem, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';

/** A cart that every backend refuses, so that no request opens a checkout. */
const NO_CART = JSON.stringify({ line_items: [] });

/** Checks that the shop's own page may call the endpoint. */
export const checkOwnPage: Check = {
  name: 'Own page',
  async run(target) {
    const answer = await target.send({
      method: 'POST',
      headers: { ...OWN_PAGE, 'content-type': 'text/plain' },
      body: '-',
    });
    return answer.status === 403
      ? setupProblem(CALLER_UNKNOWN, `a page on the endpoint's own origin is refused (${describe(answer)})`)
      : pass("a page on the endpoint's own origin may call it");
  },
};

/** Checks that only JSON opens a checkout, because a form on any other site can send `text/plain`. */
export const checkContentTypes: Check = {
  name: 'Content types',
  async run(target) {
    const answer = await target.send({
      method: 'POST',
      headers: { ...OWN_PAGE, 'content-type': 'text/plain' },
      body: NO_CART,
    });
    return isProblem(answer, 415)
      ? pass('text/plain is refused (415), as problem+json')
      : unexpected(
          target,
          'POST',
          answer,
          '415 problem+json for text/plain',
          'Pass the request on unchanged, with its headers and its body.',
        );
  },
};

/** Checks the headers that keep responses out of caches and stop browsers from guessing their type. */
export const checkCaching: Check = {
  name: 'Caching',
  async run(target) {
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: NO_CART });
    const { headers } = answer;
    if (isFromAnotherServer(answer))
      return unexpected(target, 'POST', answer, 'a problem', 'Pass POST requests on to the handler.');
    const missing = [
      ...(/\bno-store\b/.test(headers.get('cache-control') ?? '') ? [] : ['Cache-Control: no-store']),
      ...(headers.get('x-content-type-options') === 'nosniff' ? [] : ['X-Content-Type-Options: nosniff']),
    ];
    return missing.length
      ? fail(
          `responses lack ${missing.join(' and ')}`,
          'Pass the headers of the handler on through the server and its proxies.',
        )
      : pass('responses have no-store and nosniff');
  },
};

/** Checks that a link cannot open a checkout. */
export const checkMethod: Check = {
  name: 'Method',
  async run(target) {
    const answer = await target.send({ method: 'GET', headers: OWN_PAGE });
    const allow = answer.headers.get('allow');
    if (answer.status === 405 && (allow || answer.kind === 'problem'))
      return allow?.includes('POST')
        ? pass('GET opens no checkout (405, Allow: POST)')
        : fail('GET is refused (405) without an Allow header', 'Pass the headers of the handler on.');
    return unexpected(
      target,
      'GET',
      answer,
      '405 for GET',
      'Mount the handler for every method, and nothing else at its path.',
    );
  },
};

/** Checks that a request without an idempotency key is refused, because such a cart could get two sessions. */
export const checkKey: Check = {
  name: 'Idempotency',
  async run(target) {
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: NO_CART });
    if (isProblem(answer, 400)) return pass('a cart without an Idempotency-Key is refused (400)');
    if (answer.status === 422) return skip('skipped: the cart was refused first (422)');
    return unexpected(
      target,
      'POST',
      answer,
      '400 for a cart without an Idempotency-Key',
      'Pass the body on unchanged, and refuse a request without a key.',
    );
  },
};

/** Checks that carts are validated before a session is opened, and that the Idempotency-Key header arrives. */
export const checkCart: Check = {
  name: 'Carts',
  async run(target) {
    const headers = { ...OWN_PAGE, 'idempotency-key': crypto.randomUUID() };
    const answer = await target.send({ method: 'POST', headers, body: NO_CART });
    if (isProblem(answer, 422)) return pass('an empty cart is refused (422)');
    const fix =
      answer.code === 'idempotency_key_missing'
        ? 'Pass the Idempotency-Key header on through every proxy.'
        : 'Pass the body on unchanged: a body parser before the handler may have read it.';
    return unexpected(target, 'POST', answer, '422 for an empty cart', fix);
  },
};
