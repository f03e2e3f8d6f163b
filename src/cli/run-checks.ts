import { checkMode, checkOrigin, checkOtherOrigins } from './check-cors.js';
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
import { skip, type Check, type NamedResult, type CheckResult } from './check-result.js';
import { createTarget, type TargetOptions } from './target.js';

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
  checkOtherOrigins,
  checkMode,
  checkEligibility,
  checkStatus,
  checkWebhook,
  checkWebhookSecret,
  checkWebhookAge,
];

/**
 * Looks at a mounted endpoint from outside, one thing after the other, and says what is right and wrong with it. Where the
 * handler cannot be reached, that is the last result. Of several checks that meet one mistake, the first names it, and the
 * others say where.
 */
export async function runChecks(options: TargetOptions): Promise<NamedResult[]> {
  const target = createTarget(options);
  const results: NamedResult[] = [];
  /** The check that named a mistake, by its cause. */
  const namedBy = new Map<string, string>();
  for (const check of CHECKS) {
    const { name } = check;
    let outcome: CheckResult;
    try {
      outcome = await check.run(target);
    } catch (error) {
      outcome = noAnswer(error, options.endpoint);
    }
    if (outcome.verdict === 'fail') {
      const { cause = outcome.message } = outcome;
      const earlier = namedBy.get(cause);
      if (earlier !== undefined) outcome = skip(`not told: see "${earlier}"`);
      else namedBy.set(cause, name);
    }
    results.push({ name, ...outcome });
    if (check === checkReachable && outcome.verdict === 'fail') break;
  }
  return results;
}
