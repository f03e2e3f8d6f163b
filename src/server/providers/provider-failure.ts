import type { Violation } from '../../core/index.js';

/**
 * What kind of failure it was: `auth` (the key was refused), `not_found`, `invalid` (fields were refused), `rate_limited`,
 * `timeout` (nothing within the deadline), `unavailable` (no connection, or a status that says so), `contract` (an answer
 * that is not what the provider promises).
 */
export type ProviderFailureKind =
  'auth' | 'not_found' | 'invalid' | 'rate_limited' | 'timeout' | 'unavailable' | 'contract';

/**
 * Why an answer is not what the provider promises: `checkout_url_not_allowed` (no https URL on one of `checkoutHosts`),
 * `field_missing`, `field_invalid`, `not_json` (no JSON, too large, or it repeats the API key), `unexpected_status`,
 * `other_session` (it is about another session than was asked for). The list is closed.
 */
export type ContractReason =
  | 'checkout_url_not_allowed'
  | 'field_missing'
  | 'field_invalid'
  | 'not_json'
  | 'unexpected_status'
  | 'other_session';

/** What may be told about a failure beyond its kind. */
export interface ProviderFailureDetails {
  /** The HTTP status of the provider's answer, where one came. */
  status?: number;
  /** The fields that the provider refused, by path. Their messages are this project's, not the provider's. */
  fields?: Violation[];
  /** Of the kind `contract`: why. */
  reason?: ContractReason;
  /** Of the kind `contract`: the path of the first field at fault, where it is one. */
  path?: string;
  /** The provider's reason, without keys and without texts of the request: see `reasonIn`. */
  providerMessage?: string;
  /** The ids of the products in the refused cart. */
  productIds?: readonly string[];
  /** How long the provider asks to be left alone, in milliseconds (0 to 600,000). */
  retryAfterMs?: number;
  cause?: unknown;
}

/** Says why the provider did not do what it was asked. No message holds a key, customer data or the provider's words: its reason is in `words`, cleaned. */
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
