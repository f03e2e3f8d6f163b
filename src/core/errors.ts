/** The code of an error. The list is closed: it changes only in a major version. */
export type CheckoutErrorCode =
  | 'invalid_config'
  | 'invalid_cart'
  | 'empty_cart'
  | 'unsupported_currency'
  | 'offline'
  | 'network'
  | 'timeout'
  | 'rate_limited'
  | 'server_error'
  | 'unauthorized'
  | 'not_found'
  | 'rejected'
  | 'details_required'
  | 'conflict'
  | 'bad_response'
  | 'unsafe_url'
  | 'session_expired'
  | 'session_closed'
  | 'navigation_blocked'
  | 'aborted';

/** A wrong field of a cart or a request. */
export interface Violation {
  /** The path of the field in dot and bracket form: `line_items[2].price`; `$` is the whole document. */
  path: string;
  /** `required`, `invalid_type`, `invalid_format`, `too_small`, `too_big`, or a code of the merchant's backend. */
  code: string;
  /** The expected value, as a sentence for a developer. It never repeats the actual value. */
  message: string;
}

/** The details of a `CheckoutError`. */
export interface CheckoutErrorDetails {
  /** The HTTP status of the endpoint's response, if there was one. */
  status?: number;
  /** The endpoint's `x-request-id`, for a support ticket. */
  requestId?: string;
  /** Every wrong field, if the data is wrong. */
  fields?: Violation[];
  /** How long to wait before the next attempt, in milliseconds (0 to 600,000). */
  retryAfterMs?: number;
  /** A more exact reason than the code, such as `csp` or `cart_changed`. */
  reason?: string;
}

/** The codes of failures that a retry cannot correct: the page, the cart or the merchant's setup has to change first. */
const FINAL =
  /^(invalid_|empty_|unsupported_|unauthorized|not_found|rejected|details_|unsafe_|session_closed)/;

/** Why a checkout failed. Compare errors by `code`, not by class: a page may have two copies of this class. */
export class CheckoutError extends Error {
  readonly code: CheckoutErrorCode;
  /** The details of the failure. */
  readonly details: CheckoutErrorDetails;

  /**
   * @param message a sentence for a developer. Default: the code.
   * @param cause the error behind this one, if any.
   */
  constructor(
    code: CheckoutErrorCode,
    message: string = code,
    details: CheckoutErrorDetails = {},
    cause?: unknown,
  ) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }

  override get name(): string {
    return 'CheckoutError';
  }

  /** True if pressing again may succeed without a change of the page. */
  get retryable(): boolean {
    return !FINAL.test(this.code);
  }
}

/** Creates the error for wrong fields of a cart. Its message names every path. */
export function cartError(code: 'invalid_cart' | 'details_required', fields: Violation[]): CheckoutError {
  return new CheckoutError(code, fields.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    fields,
  });
}
