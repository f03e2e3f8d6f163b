import { CLOCKS_APART } from '../core/index.js';
import { isProblem, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';

/** A product that no shop has. */
const NO_PRODUCT = 'hsa-checkout-doctor-no-such-product';
/** What to do where a part of the endpoint answers something else. */
const MOUNT_BELOW = 'Let the handler alone answer at this path.';
/** How far the clocks may be apart, in milliseconds. A signature lives five minutes. */
const MAX_SKEW_MS = 60_000;

/** Whether eligibility can be asked for, which also shows whether the provider takes the key. It only reads. */
export const checkEligibility: Check = {
  name: 'Eligibility',
  async run(target) {
    const body = JSON.stringify({ product_ids: [NO_PRODUCT] });
    const answer = await target.send({ method: 'POST', route: '/eligibility', headers: OWN_PAGE, body });
    if (answer.code === 'provider_auth')
      return fail(
        'the provider refused the API key (provider_auth)',
        'Copy the key anew from the provider, whole and without a line break.',
      );
    if (answer.code === 'provider_timeout' || answer.code === 'provider_unavailable')
      return fail(
        `the provider did not answer the server (${answer.code})`,
        "Check that the server may reach the provider's API, and try again later.",
      );
    const { products } = answer.body;
    const [first] = Array.isArray(products) ? (products as unknown[]) : [];
    const { eligibility } = Object(first) as { eligibility?: unknown };
    if (answer.status !== 200 || eligibility === undefined)
      return unexpected(
        target,
        '/eligibility',
        answer,
        'a word on one product from /eligibility',
        MOUNT_BELOW,
      );
    return eligibility === 'unknown'
      ? pass('/eligibility answers, and claims nothing of an unknown product')
      : fail(
          '/eligibility claims something of a product that does not exist',
          'Let `resolveEligibility` leave out what it does not know.',
        );
  },
};

/** Whether the return page can find a checkout. */
export const checkStatus: Check = {
  name: 'Status',
  async run(target) {
    // In the form of a token, so that it is looked up.
    const token = crypto.randomUUID().padEnd(43, '0');
    const answer = await target.send({
      method: 'GET',
      route: '/status',
      query: `?token=${token}`,
      headers: OWN_PAGE,
    });
    // A return token is looked up in the store alone.
    if (answer.code === 'provider_unavailable')
      return fail(
        'the store did not answer the server (/status, provider_unavailable)',
        'Check that the server reaches its store, such as Redis.',
      );
    return isProblem(answer, 404)
      ? pass('/status knows no checkout that is not there (404)')
      : unexpected(target, '/status', answer, '404 problem+json from /status', MOUNT_BELOW);
  },
};

/** Whether the two clocks agree, as well as the `Date` header can tell. */
export const checkClock: Check = {
  name: 'Clock',
  run({ skewMs }) {
    if (skewMs === undefined) return skip('not told: no Date header came');
    if (Math.abs(skewMs) <= MAX_SKEW_MS) return pass("within a minute of this machine's");
    const seconds = Math.round(Math.abs(skewMs) / 1000);
    return setupProblem(CLOCKS_APART, `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's`);
  },
};
