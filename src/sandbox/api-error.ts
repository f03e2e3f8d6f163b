import type { Violation } from '../contract/index.js';

/** Which of the provider's two error forms is written; `older` wraps good answers too, as those versions do. */
export type Envelope = 'current' | 'older';

/** Why a call of the API is refused: an HTTP status with a code of the provider. */
export class ApiError extends Error {
  override readonly name = 'Refusal';
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

/** Refuses a body for what is wrong with its fields: 400 when any is missing, 422 otherwise (the seed's error table). */
export function invalidFields(violations: readonly Violation[]): ApiError {
  const missing = violations.some(({ path, code }) => code === 'required' || path === '$');
  const message = violations.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return missing
    ? new ApiError(400, 'bad_request', message, violations)
    : new ApiError(422, 'validation_error', message, violations);
}

/** The answer for a refusal, in the chosen form. Only the older form names the fields one by one. */
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
