/*
 * Runs the handler's tests with a provider that is not Gale. They pass unchanged, because the handler knows no path, header,
 * signature or event name of a provider.
 */
import './choose-northpay.js';

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { delivery } from '../../fixtures.js';

import '../../routes/create-route.test.js';
import '../../routes/status-route.test.js';
import '../../routes/eligibility-route.test.js';
import '../../routes/webhook-route.test.js';
import '../../routes/webhook-deadline.test.js';
import '../../sessions/changed-checkout.test.js';
import '../../sessions/idempotency.test.js';
import '../../sessions/session-model.test.js';
import '../../sessions/tabs.test.js';
import '../../orders/paid-order.test.js';
import '../../stores/store-answers.test.js';
import '../../stores/store-failures.test.js';
import '../../http/abort.test.js';
import '../../http/body.test.js';
import '../../http/cors.test.js';
import '../../hooks.test.js';
import '../../events.test.js';
import '../../sandbox.test.js';

it('signs deliveries as Northpay does', async () => {
  const { headers } = await delivery({});
  assert.ok(headers.has('northpay-proof'));
  assert.ok(!headers.has('x-gale-signature'));
});
