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

/** The checks in their order. None opens a checkout, syncs a product or fulfils an order. */
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
 * Checks a mounted endpoint from outside, one check after the other. If the handler cannot be reached, that is the last result.
 * If several checks fail for one cause, the first reports it, and the others are skipped and name the first.
 */
export async function runChecks(options: TargetOptions): Promise<NamedResult[]> {
  const target = createTarget(options);
  const results: NamedResult[] = [];
  /** The check that reported a mistake, by its cause. */
  const reportedBy = new Map<string, string>();
  for (const check of CHECKS) {
    const { name } = check;
    let result: CheckResult;
    try {
      result = await check.run(target);
    } catch (error) {
      result = noAnswer(error, options.endpoint);
    }
    if (result.verdict === 'fail') {
      const { cause = result.message } = result;
      const earlier = reportedBy.get(cause);
      if (earlier !== undefined) result = skip(`skipped: same cause as "${earlier}"`);
      else reportedBy.set(cause, name);
    }
    results.push({ name, ...result });
    if (check === checkReachable && result.verdict === 'fail') break;
  }
  return results;
}
