import { checkMode, checkOrigin, checkStrangers } from './check-callers.js';
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
import type { Check, Finding } from './outcome.js';
import { createVisit, type VisitOptions } from './visit.js';

/** Everything that is looked at, in this order. None of it opens a checkout, syncs a product or fulfils an order. */
const CHECKS: readonly Check[] = [
  checkAddress,
  checkReachable,
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
  checkClock,
];

/**
 * Looks at a mounted endpoint from outside, one thing after the other, and says what is right and wrong with it. Where the
 * handler cannot be reached, that is the last finding.
 */
export async function examine(options: VisitOptions): Promise<Finding[]> {
  const visit = createVisit(options);
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    let finding: Finding;
    try {
      finding = { name: check.name, ...(await check.run(visit)) };
    } catch (error) {
      finding = { name: check.name, ...noAnswer(error, options.endpoint) };
    }
    findings.push(finding);
    if (check === checkReachable && finding.verdict === 'wrong') break;
  }
  return findings;
}
