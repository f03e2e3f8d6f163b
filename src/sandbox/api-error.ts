import type { Violation } from '../contract/index.js';

/** Which of the provider's two response formats is used. `older` puts a wrapper around successful responses, too. */
export type Envelope = 'current' | 'older';

/** The error with which the API answers a call: an HTTP status, an error code of the provider, and the invalid fields. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly Violation[];

  constructor(status: number, code: string, message: string, fields: readonly Violation[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** The error for invalid fields: 400 if a field is missing, 422 otherwise, as in the provider's error table. */
export function invalidFields(violations: readonly Violation[]): ApiError {
  const missing = violations.some(({ path, code }) => code === 'required' || path === '$');
  const message = violations.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return missing
    ? new ApiError(400, 'bad_request', message, violations)
    : new ApiError(422, 'validation_error', message, violations);
}

/** The response for an error, in the chosen format. Only the older format lists the fields. */
export function errorResponse({ status, code, message, fields }: ApiError, envelope: Envelope): Response {
  if (envelope === 'current') return Response.json({ error: { code, message } }, { status });
  const field_errors: Record<string, string[]> = {};
  for (const { path, message } of fields) (field_errors[path] ??= []).push(message);
  return Response.json(
    {
      success: false,
      error_code: code,
      error_type: status >= 500 ? 'api_error' : 'invalid_request_error',
      error_message: message,
      ...(fields.length && { details: { field_errors } }),
    },
    { status },
  );
}
