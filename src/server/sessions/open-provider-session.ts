import { checkoutUrl, isLocalHost } from '../../core/index.js';
import type { CheckoutSession } from '../../contract/index.js';
import { amountsOf } from './amounts.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { Provider } from '../providers/provider.js';
import type { CheckedRequest } from './resolve-cart.js';
import { setQueryParameter } from './return-url.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';
import type { TolerantStore } from '../stores/tolerant-store.js';
import { deriveToken, deriveUuid } from '../tokens.js';

/** The fields of a request that may differ between retries. The provider's idempotency key does not depend on them. */
type RequestRest = Pick<CheckedRequest, 'reference_id' | 'metadata' | 'success_url' | 'failure_url'>;

/** Splits a request into what determines the provider's idempotency key (goods, amounts, customer) and the rest. */
export function splitRequest(checkout: CheckedRequest): {
  keyed: Omit<CheckedRequest, keyof RequestRest>;
  rest: RequestRest;
} {
  const { reference_id, metadata, success_url, failure_url, ...keyed } = checkout;
  return { keyed, rest: { reference_id, ...(metadata && { metadata }), success_url, failure_url } };
}

/**
 * The stored part of a request, and the token that the store requires to change it. `rest` is missing when the provider
 * certainly opened no session, so that the next attempt may send another request.
 */
interface StoredRequest {
  token: string;
  rest?: RequestRest;
}

/** A session that the provider opened, its `reference_id`, and the token in its return URLs. */
export interface OpenedSession {
  session: CheckoutSession;
  referenceId: string;
  returnToken: string;
}

/**
 * Checks that a payment page is on one of the provider's hosts. It is the server's only check of this URL, for every provider.
 * @throws {ProviderFailure} `contract`. Its cause names the line to write in `createProvider`.
 */
function checkPaymentUrl(url: unknown, { checkoutHosts, test }: Provider): string {
  try {
    return checkoutUrl(url, checkoutHosts, test, ({ host, hostname }) =>
      // This message reaches the page. It names only a local host, because any other host may belong to an attacker.
      isLocalHost(hostname)
        ? `checkoutHosts: ['${[...checkoutHosts, host].join("', '")}'] in createProvider`
        : 'its host into checkoutHosts of createProvider',
    );
  } catch (cause) {
    throw new ProviderFailure('contract', "the provider's checkout_url is not allowed", {
      reason: 'checkout_url_not_allowed',
      path: 'checkout_url',
      cause,
    });
  }
}

/**
 * Whether the provider certainly opened no session, so that a retry may send another request. A 429 proves this for the
 * first attempt only: at a retry, an earlier attempt may have opened a session.
 */
function openedNothing(error: unknown, isFirstTry: boolean): boolean {
  if (!(error instanceof ProviderFailure)) return false;
  return (
    ['auth', 'invalid', 'not_found'].includes(error.kind) || (isFirstTry && error.kind === 'rate_limited')
  );
}

/**
 * Opens a session at the provider. The provider's idempotency key is derived from the page's key, the generation, and
 * goods, amounts and customer: a retry gets the same session, and a change of these gets a new one. The rest of the request
 * is stored, and a retry sends it unchanged, because a provider refuses a key that comes with another request.
 */
export async function openProviderSession(
  { settings, requestId }: RequestContext,
  store: TolerantStore,
  checkout: CheckedRequest,
  idempotencyKey: string,
  generation: number,
): Promise<OpenedSession> {
  const { provider, secrets } = settings;
  const { keyed, rest: newRest } = splitRequest(checkout);
  const providerKey = await deriveUuid(
    secrets[0],
    'provider',
    idempotencyKey,
    String(generation),
    JSON.stringify(keyed),
  );
  const returnToken = await deriveToken(secrets[0], 'return', providerKey);

  const storeKey = `request:${providerKey}`;
  const stored = parseStored(await store.read(storeKey)) as StoredRequest | undefined;
  const isRetry = stored?.rest !== undefined;
  const rest: RequestRest = stored?.rest ?? {
    ...newRest,
    success_url: setQueryParameter(newRest.success_url, 'hsa_checkout', returnToken),
    failure_url: setQueryParameter(newRest.failure_url, 'hsa_checkout', returnToken),
  };
  const token = stored?.token ?? (await store.claimBriefly(storeKey));
  const save = async (value: Omit<StoredRequest, 'token'>) => {
    if (token)
      await store
        .resume(storeKey, token)
        .complete(JSON.stringify({ token, ...value } satisfies StoredRequest));
  };
  if (!isRetry) await save({ rest });

  try {
    const session = await provider.createSession(
      { ...keyed, ...rest },
      { idempotencyKey: providerKey, requestId },
    );
    const url = checkPaymentUrl(session.checkout_url, provider);
    return {
      session: { ...session, checkout_url: url, amounts: amountsOf(checkout, session.amounts) },
      referenceId: rest.reference_id,
      returnToken,
    };
  } catch (error) {
    if (openedNothing(error, !isRetry)) await save({});
    throw error;
  }
}
