/** What went wrong, as a word that a program can act on. The list is closed: it changes only in a major version. */
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

/** One thing that is wrong with one field of a cart or a request. */
export interface Violation {
  /** Where, in dot and bracket form: `line_items[2].price`; `$` is the whole document. */
  path: string;
  /** What kind of wrong: `required`, `invalid_type`, `invalid_format`, `too_small`, `too_big`, or a code of the merchant's backend. */
  code: string;
  /** A sentence for a developer: what was expected. It never repeats the value. */
  message: string;
}

/** What may be told about a `CheckoutError` beyond its code. */
export interface CheckoutErrorDetails {
  /** The HTTP status of the endpoint's answer, where there was one. */
  status?: number;
  /** The endpoint's `x-request-id`, for a support ticket. */
  requestId?: string;
  /** Every field that is wrong, where the fault is in the data. */
  fields?: Violation[];
  /** How long to wait before trying again, in milliseconds (0 to 600,000). */
  retryAfterMs?: number;
  /** A finer word within the code: `csp`, `cart_changed`. */
  reason?: string;
}

const FINAL =
  /^(invalid_|empty_|unsupported_|unauthorized|not_found|rejected|details_|unsafe_|session_closed)/;

/** Why a checkout did not start. Tell errors apart by `code`: two copies of this class may share a page. */
export class CheckoutError extends Error {
  readonly code: CheckoutErrorCode;
  /** What is known beyond the code. */
  readonly details: CheckoutErrorDetails;

  /**
   * @param message for a developer; the code where it says it all.
   * @param cause what made it fail, where that is an error of its own.
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

  /** True when the same press may succeed later with nothing changed on the page. */
  get retryable(): boolean {
    return !FINAL.test(this.code);
  }
}

/** Makes an error of what is wrong with a cart: its message names every path. */
export function cartError(code: 'invalid_cart' | 'details_required', fields: Violation[]): CheckoutError {
  return new CheckoutError(code, fields.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    fields,
  });
}
