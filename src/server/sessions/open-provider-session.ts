import type { CheckoutSession } from '../../contract/index.js';
import { amountsOf } from './amounts.js';
import { checkPaymentUrl } from './payment-page.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { CheckedRequest } from './resolve-cart.js';
import { setQueryParameter } from './return-url.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';
import type { TolerantStore } from '../stores/tolerant-store.js';
import { deriveToken, deriveUuid } from '../tokens.js';

/** The parts of a request that its price does not depend on, and so its provider key neither. */
type RequestRest = Pick<CheckedRequest, 'reference_id' | 'metadata' | 'success_url' | 'failure_url'>;

/** Parts what a session is bound to (what is sold, for how much, to whom) from what a retry may say otherwise. */
export function splitRequest(checkout: CheckedRequest): {
  keyed: Omit<CheckedRequest, keyof RequestRest>;
  unbound: RequestRest;
} {
  const { reference_id, metadata, success_url, failure_url, ...bound } = checkout;
  return { keyed: bound, unbound: { reference_id, ...(metadata && { metadata }), success_url, failure_url } };
}

/** What is kept of a request, with the token that may change it. Without `unbound` the provider refused it. */
interface StoredRequest {
  token: string;
  unbound?: RequestRest;
}

/** A session that the provider opened, the reference it carries, and the token that its return URLs do. */
export interface OpenedSession {
  session: CheckoutSession;
  referenceId: string;
  returnToken: string;
}

/**
 * Whether the provider opened nothing, so that the same request need not be sent again. One that is busy says so of this
 * try only: one before it may have opened a session.
 */
function openedNothing(error: unknown, isFirstTry: boolean): boolean {
  if (!(error instanceof ProviderFailure)) return false;
  return (
    ['auth', 'invalid', 'not_found'].includes(error.kind) || (isFirstTry && error.kind === 'rate_limited')
  );
}

/**
 * Opens a session at the provider. Its idempotency key is bound to the page's key, the generation and the price, so that a
 * retry finds the same session and a changed price never does. What the key is not bound to is kept and sent again as it
 * was: the provider sees one and the same request under one key.
 */
export async function openProviderSession(
  { settings, requestId }: RequestContext,
  store: TolerantStore,
  checkout: CheckedRequest,
  idempotencyKey: string,
  generation: number,
): Promise<OpenedSession> {
  const { provider, secrets } = settings;
  const { keyed: bound, unbound: given } = splitRequest(checkout);
  const key = await deriveUuid(
    secrets[0],
    'provider',
    idempotencyKey,
    String(generation),
    JSON.stringify(bound),
  );
  const returnToken = await deriveToken(secrets[0], 'return', key);

  const keptUnder = `request:${key}`;
  const kept = parseStored(await store.read(keptUnder)) as StoredRequest | undefined;
  const isRetry = kept?.unbound !== undefined;
  const unbound: RequestRest = kept?.unbound ?? {
    ...given,
    success_url: setQueryParameter(given.success_url, 'hsa_checkout', returnToken),
    failure_url: setQueryParameter(given.failure_url, 'hsa_checkout', returnToken),
  };
  const token = kept?.token ?? (await store.claimBriefly(keptUnder));
  const keep = async (value: Omit<StoredRequest, 'token'>) => {
    if (token)
      await store
        .resume(keptUnder, token)
        .complete(JSON.stringify({ token, ...value } satisfies StoredRequest));
  };
  if (!isRetry) await keep({ unbound });

  try {
    const session = await provider.createSession(
      { ...bound, ...unbound },
      { idempotencyKey: key, requestId },
    );
    // Checked here too, whichever processor it is: the shopper is about to be sent there.
    const url = checkPaymentUrl(session.checkout_url, provider);
    return {
      session: { ...session, checkout_url: url, amounts: amountsOf(checkout, session.amounts) },
      referenceId: unbound.reference_id,
      returnToken,
    };
  } catch (error) {
    if (openedNothing(error, !isRetry)) await keep({});
    throw error;
  }
}
