import { checkMode, checkOrigin, checkStrangers } from './check-cors.js';
import {
  checkCaching,
  checkCart,
  checkContentTypes,
  checkKey,
  checkMethod,
  checkOwnPage,
} from './check-create.js';
import { checkAddress, checkReachable, noAnswer } from './check-reachable.js';
import { checkClock, checkEligibility, checkStatus } from './check-routes.js';
import { checkWebhook, checkWebhookAge, checkWebhookSecret } from './check-webhook.js';
import { unknown, type Check, type Finding, type Outcome } from './check-result.js';
import { createVisit, type VisitOptions } from './target.js';

/** Everything that is looked at, in this order. None of it opens a checkout, syncs a product or fulfils an order. */
const CHECKS: readonly Check[] = [
  checkAddress,
  checkReachable,
  checkClock,
  checkOwnPage,
  checkContentTypes,
  checkCaching,
  checkMethod,
  checkKey,
  checkCart,
  checkOrigin,
  checkStrangers,
  checkMode,
  checkEligibility,
  checkStatus,
  checkWebhook,
  checkWebhookSecret,
  checkWebhookAge,
];

/**
 * Looks at a mounted endpoint from outside, one thing after the other, and says what is right and wrong with it. Where the
 * handler cannot be reached, that is the last finding. Of several checks that meet one mistake, the first names it, and the
 * others say where.
 */
export async function examine(options: VisitOptions): Promise<Finding[]> {
  const visit = createVisit(options);
  const findings: Finding[] = [];
  /** The check that named a mistake, by its cause. */
  const namedBy = new Map<string, string>();
  for (const check of CHECKS) {
    const { name } = check;
    let outcome: Outcome;
    try {
      outcome = await check.run(visit);
    } catch (error) {
      outcome = noAnswer(error, options.endpoint);
    }
    if (outcome.verdict === 'wrong') {
      const { cause = outcome.says } = outcome;
      const earlier = namedBy.get(cause);
      if (earlier !== undefined) outcome = unknown(`not told: see "${earlier}"`);
      else namedBy.set(cause, name);
    }
    findings.push({ name, ...outcome });
    if (check === checkReachable && outcome.verdict === 'wrong') break;
  }
  return findings;
}
