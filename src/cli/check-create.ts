import { CALLER_UNKNOWN } from '../core/index.js';
import { describe, isFromAnotherServer, isProblem, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';

/** A cart that no backend can sell, so that a question about checkouts opens none. */
const NO_CART = JSON.stringify({ line_items: [] });

/** Whether the shop's own page may call. */
export const checkOwnPage: Check = {
  name: 'Own page',
  async run(target) {
    const answer = await target.send({
      method: 'POST',
      headers: { ...OWN_PAGE, 'content-type': 'text/plain' },
      body: '-',
    });
    return answer.status === 403
      ? setupProblem(CALLER_UNKNOWN, `a page of the endpoint's own origin is refused (${describe(answer)})`)
      : pass("a page of the endpoint's own origin may call");
  },
};

/** Whether only JSON opens a checkout: what a foreign form can send must not. */
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
          'Pass the request on as it came, with its headers and its body.',
        );
  },
};

/** Whether answers are kept from caches and from guessing. */
export const checkCaching: Check = {
  name: 'Caching',
  async run(target) {
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: NO_CART });
    const { headers } = answer;
    if (isFromAnotherServer(answer))
      return unexpected(target, 'POST', answer, 'a problem', 'Let POST through.');
    const missing = [
      ...(/\bno-store\b/.test(headers.get('cache-control') ?? '') ? [] : ['Cache-Control: no-store']),
      ...(headers.get('x-content-type-options') === 'nosniff' ? [] : ['X-Content-Type-Options: nosniff']),
    ];
    return missing.length
      ? fail(
          `answers lack ${missing.join(' and ')}`,
          'Let the headers of the handler through the server and its proxies.',
        )
      : pass('answers are no-store and nosniff');
  },
};

/** Whether a link can open a checkout. */
export const checkMethod: Check = {
  name: 'Method',
  async run(target) {
    const answer = await target.send({ method: 'GET', headers: OWN_PAGE });
    const allow = answer.headers.get('allow');
    if (answer.status === 405 && (allow || answer.kind === 'problem'))
      return allow?.includes('POST')
        ? pass('GET opens nothing (405, Allow: POST)')
        : fail('GET is refused (405) without an Allow header', 'Let the headers of the handler through.');
    return unexpected(
      target,
      'GET',
      answer,
      '405 for GET',
      'Mount the handler for every method, and nothing else at its path.',
    );
  },
};

/** Whether a request without an idempotency key is refused, so that no cart gets two sessions. */
export const checkKey: Check = {
  name: 'Idempotency',
  async run(target) {
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: NO_CART });
    if (isProblem(answer, 400)) return pass('a cart without a key is refused (400)');
    if (answer.status === 422) return skip('not told: the cart was refused first (422)');
    return unexpected(
      target,
      'POST',
      answer,
      '400 for a cart without an Idempotency-Key',
      'Let the body through as it came, and refuse what has no key.',
    );
  },
};

/** Whether carts are checked before anything is opened, and the key's header arrives. */
export const checkCart: Check = {
  name: 'Carts',
  async run(target) {
    const headers = { ...OWN_PAGE, 'idempotency-key': crypto.randomUUID() };
    const answer = await target.send({ method: 'POST', headers, body: NO_CART });
    if (isProblem(answer, 422)) return pass('an empty cart is refused (422)');
    const fix =
      answer.code === 'idempotency_key_missing'
        ? 'Let the Idempotency-Key header through every proxy.'
        : 'Let the body through as it came: a body parser before the handler may have read it.';
    return unexpected(target, 'POST', answer, '422 for an empty cart', fix);
  },
};
