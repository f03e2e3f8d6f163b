import { createSandbox, type FaultKind, type Sandbox } from '../../src/sandbox/index.js';
import {
  createCheckoutHandler,
  createMemoryStore,
  createProvider,
  type CheckoutHandler,
} from '../../src/server/index.js';
import { PRODUCTS, resolve } from '../server/fixtures.js';
import { faultyStore } from '../support/faulty-store.js';
import { serveLoopback } from '../support/loopback.js';

/** A shop and its provider on ports of this machine, with faults on the connection. */
export interface World {
  /** The endpoint of the button. */
  endpoint: string;
  handler: CheckoutHandler;
  sandbox: Sandbox;
  /** How often `onOrderCreated` completed, by reference. */
  fulfilled: Map<string, number>;
  /** The checkouts that `onSessionCreated` got. */
  checkoutIds: Set<string>;
  counts: Record<'calls' | 'faults' | 'webhooks' | 'lostWebhooks' | 'brokenHooks' | 'storeFaults', number>;
  /** Expires the claims that no request holds. Call it while no request is in progress. */
  outlastLeases(): void;
  close(): Promise<void>;
}

const WEBHOOK_SECRET = 'whsec_soak';
/** The share of the provider's calls that each fault affects: 20 % in total, and late responses. */
const FAULTS: { kind: FaultKind; afterEffect?: boolean; delayMs?: number; share: number }[] = [
  { kind: 'timeout', share: 0.025 },
  { kind: 'timeout', afterEffect: true, share: 0.025 },
  { kind: 'reset', share: 0.025 },
  { kind: 'reset', afterEffect: true, share: 0.025 },
  { kind: 'status', share: 0.025 },
  { kind: 'status', afterEffect: true, share: 0.025 },
  { kind: 'truncated', share: 0.05 },
  { kind: 'slow', delayMs: 300, share: 0.05 },
];
/** The share of webhooks whose request or response is lost, and of hooks that throw. */
const LOST_SHARE = 0.2;
const BROKEN_HOOK_SHARE = 0.1;
/** The share of the store's commands that fail, for each kind. */
const STORE_SHARES = { lost: 0.01, unanswered: 0.01, late: 0.01 };
/** How long the shop waits for the provider, in milliseconds. It is short, so that more happens in the same time. */
const PROVIDER_MS = 1000;

/** Adds the faults. The first that applies affects a call, so each rate is a share of the calls that earlier faults left. */
function addFaults({ faults }: Sandbox): void {
  let left = 1;
  for (const { share, ...fault } of FAULTS) {
    faults.add({ on: '*', ...fault, rate: share / left });
    left -= share;
  }
}

/** Starts shop and provider on real connections. */
export async function openWorld(random: () => number): Promise<World> {
  const fulfilled = new Map<string, number>();
  const checkoutIds = new Set<string>();
  let skippedMs = 0;
  const counts = { calls: 0, faults: 0, webhooks: 0, lostWebhooks: 0, brokenHooks: 0, storeFaults: 0 };

  const provider = await serveLoopback(async (request) => {
    if (!new URL(request.url).pathname.startsWith('/v2/')) return sandbox.fetch(request);
    counts.calls++;
    try {
      const response = await sandbox.fetch(request);
      const whole = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (response.status === 500 || whole === undefined) counts.faults++;
      return response;
    } catch (broken) {
      counts.faults++;
      throw broken;
    }
  });
  const shop = await serveLoopback((request) => handler(request));
  const endpoint = `${shop.url}/api/hsa-checkout`;

  const sandbox = createSandbox({
    products: PRODUCTS,
    webhookSecret: WEBHOOK_SECRET,
    random,
    async fetch(input, init) {
      counts.webhooks++;
      const fate = random();
      if (fate < LOST_SHARE) counts.lostWebhooks++;
      if (fate < LOST_SHARE / 2) throw new TypeError('lost on its way there');
      const response = await fetch(input, init);
      if (fate < LOST_SHARE) throw new TypeError('lost on its way back');
      return response;
    },
  });
  addFaults(sandbox);

  const handler = createCheckoutHandler({
    provider: createProvider({
      apiKey: 'glm_test_soak',
      environment: 'test',
      baseUrl: `${provider.url}/v2`,
      checkoutHosts: [new URL(provider.url).host],
      timeoutMs: PROVIDER_MS,
    }),
    secret: 'a secret of the soak alone',
    store: faultyStore(
      createMemoryStore({ now: () => Date.now() + skippedMs }),
      STORE_SHARES,
      random,
      () => counts.storeFaults++,
    ),
    resolveCart: (cart, { idempotencyKey }) => ({ ...resolve(cart), reference_id: idempotencyKey }),
    successUrl: `${shop.url}/thanks`,
    failureUrl: `${shop.url}/cart`,
    webhookUrl: `${endpoint}/webhook`,
    webhookSecret: WEBHOOK_SECRET,
    origins: [shop.url],
    onSessionCreated: ({ checkoutId }) => void checkoutIds.add(checkoutId),
    async onOrderCreated({ referenceId = '' }) {
      await new Promise((done) => setTimeout(done, 20 * random()));
      if (random() < BROKEN_HOOK_SHARE) {
        counts.brokenHooks++;
        throw new Error('the database is busy');
      }
      fulfilled.set(referenceId, (fulfilled.get(referenceId) ?? 0) + 1);
    },
    onEvent: () => {},
  });

  return {
    endpoint,
    handler,
    sandbox,
    fulfilled,
    checkoutIds,
    counts,
    outlastLeases: () => void (skippedMs += 60_000),
    async close() {
      await Promise.all([shop.close(), provider.close()]);
    },
  };
}
