import { CLOCKS_APART } from '../core/index.js';
import { isProblem, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';

/** The id of a product that no shop has. */
const NO_PRODUCT = 'hsa-checkout-doctor-no-such-product';
/** The fix if another server or route answers at a path below the endpoint. */
const MOUNT_BELOW = 'Let only the handler answer at this path.';
/** The most that the clocks may differ, in milliseconds. A signature is valid for five minutes. */
const MAX_SKEW_MS = 60_000;

/** Checks `/eligibility`. The request only reads, and also shows whether the provider accepts the API key. */
export const checkEligibility: Check = {
  name: 'Eligibility',
  async run(target) {
    const body = JSON.stringify({ product_ids: [NO_PRODUCT] });
    const answer = await target.send({ method: 'POST', route: '/eligibility', headers: OWN_PAGE, body });
    if (answer.code === 'provider_auth')
      return fail(
        'the provider refused the API key (provider_auth)',
        'Copy the key from the provider again, whole and without a line break.',
      );
    if (answer.code === 'provider_timeout' || answer.code === 'provider_unavailable')
      return fail(
        `the provider did not answer the server (${answer.code})`,
        "Check that the server can reach the provider's API, and try again later.",
      );
    const { products } = answer.body;
    const [first] = Array.isArray(products) ? (products as unknown[]) : [];
    const { eligibility } = Object(first) as { eligibility?: unknown };
    if (answer.status !== 200 || eligibility === undefined)
      return unexpected(
        target,
        '/eligibility',
        answer,
        'the eligibility of one product from /eligibility',
        MOUNT_BELOW,
      );
    return eligibility === 'unknown'
      ? pass('/eligibility answers, with "unknown" for a product that does not exist')
      : fail(
          `/eligibility gives an answer for a product that does not exist`,
          'Let `resolveEligibility` leave out products that it does not know.',
        );
  },
};

/** Checks that the return page can look up a checkout. */
export const checkStatus: Check = {
  name: 'Status',
  async run(target) {
    // It has the form of a return token, so that the handler looks it up.
    const token = crypto.randomUUID().padEnd(43, '0');
    const answer = await target.send({
      method: 'GET',
      route: '/status',
      query: `?token=${token}`,
      headers: OWN_PAGE,
    });
    // The handler looks a return token up in the store, without a request to the provider.
    if (answer.code === 'provider_unavailable')
      return fail(
        'the store did not answer the server (/status, provider_unavailable)',
        'Check that the server reaches its store, such as Redis.',
      );
    return isProblem(answer, 404)
      ? pass('/status answers 404 for an unknown checkout')
      : unexpected(target, '/status', answer, '404 problem+json from /status', MOUNT_BELOW);
  },
};

/** Compares the clocks of the server and this machine by the `Date` header. */
export const checkClock: Check = {
  name: 'Clock',
  run({ skewMs }) {
    if (skewMs === undefined) return skip('skipped: no Date header came');
    if (Math.abs(skewMs) <= MAX_SKEW_MS) return pass("within a minute of this machine's clock");
    const seconds = Math.round(Math.abs(skewMs) / 1000);
    return setupProblem(
      CLOCKS_APART,
      `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's clock`,
    );
  },
};
