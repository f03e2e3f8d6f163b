import { BODY_READ_BEFORE } from '../core/index.js';
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
import { unknown, wrong, type Check, type Finding, type Outcome } from './outcome.js';
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

/** What a check comes to that failed because something reads bodies before the handler; `earlier` has said so already. */
function bodyReadOutcome(earlier: string | undefined): Outcome {
  if (earlier !== undefined) return unknown(`not told: see "${earlier}"`);
  const { cause, fix } = BODY_READ_BEFORE;
  return wrong(cause, `${fix[0]!.toUpperCase()}${fix.slice(1)}.`);
}

/**
 * Looks at a mounted endpoint from outside, one thing after the other, and says what is right and wrong with it. Where the
 * handler cannot be reached, that is the last finding.
 */
export async function examine(options: VisitOptions): Promise<Finding[]> {
  const visit = createVisit(options);
  const findings: Finding[] = [];
  let bodyReader: string | undefined;
  for (const check of CHECKS) {
    let finding: Finding;
    try {
      visit.isBodyReadBefore = false;
      finding = { name: check.name, ...(await check.run(visit)) };
      if (finding.verdict === 'wrong' && visit.isBodyReadBefore) {
        // One mistake: the checks after the first one that meets it only repeat it.
        finding = { name: check.name, ...bodyReadOutcome(bodyReader) };
        bodyReader ??= check.name;
      }
    } catch (error) {
      finding = { name: check.name, ...noAnswer(error, options.endpoint) };
    }
    findings.push(finding);
    if (check === checkReachable && finding.verdict === 'wrong') break;
  }
  return findings;
}
