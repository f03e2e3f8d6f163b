import type { Violation } from '../../core/index.js';

/**
 * Kinds of failure: `auth` (the API key was refused), `not_found`, `invalid` (fields were refused), `rate_limited`, `timeout`
 * (no response within the deadline), `unavailable` (no connection, or a 408, 409 or 5xx), `contract` (a response that breaks
 * the provider's contract).
 */
export type ProviderFailureKind =
  'auth' | 'not_found' | 'invalid' | 'rate_limited' | 'timeout' | 'unavailable' | 'contract';

/**
 * How a response breaks the provider's contract: `checkout_url_not_allowed` (no https URL on one of `checkoutHosts`),
 * `field_missing`, `field_invalid`, `not_json` (not JSON, too large, or it repeats the API key), `unexpected_status`,
 * `other_session` (the response is about another session). There are no other reasons.
 */
export type ContractReason =
  | 'checkout_url_not_allowed'
  | 'field_missing'
  | 'field_invalid'
  | 'not_json'
  | 'unexpected_status'
  | 'other_session';

/** Details of a {@link ProviderFailure} beyond its kind. */
export interface ProviderFailureDetails {
  /** The HTTP status of the provider's response, if there was one. */
  status?: number;
  /** The refused fields by path, with messages of this project. */
  fields?: Violation[];
  /** Only for the kind `contract`: how the response breaks the contract. */
  reason?: ContractReason;
  /** Only for the kind `contract`: the path of the first wrong field, if any. */
  path?: string;
  /** The provider's text, without keys, private data and text of the request. */
  providerMessage?: string;
  /** The ids of the products in the refused cart. */
  productIds?: readonly string[];
  /** The provider's `Retry-After`, in milliseconds (0 to 600,000). */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * A failed call to the provider. `message` contains no key, no customer data and no text of the provider. `providerMessage`
 * is the provider's text without private data.
 */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly kind: ProviderFailureKind;
  readonly status: number | undefined;
  readonly fields: Violation[] | undefined;
  readonly reason: ContractReason | undefined;
  readonly path: string | undefined;
  readonly providerMessage: string | undefined;
  readonly productIds: readonly string[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ProviderFailureKind,
    message: string,
    {
      status,
      fields,
      reason,
      path,
      providerMessage,
      productIds,
      retryAfterMs,
      cause,
    }: ProviderFailureDetails = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.status = status;
    this.fields = fields;
    this.reason = reason;
    this.path = path;
    this.providerMessage = providerMessage;
    this.productIds = productIds;
    this.retryAfterMs = retryAfterMs;
  }
}
