import * as z from 'zod';
import type { Violation } from '../core/index.js';

/** The current error body. */
const Envelope = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });

/** The error body of older versions of the API, with a list of messages for each field. */
const OlderEnvelope = z.object({
  success: z.literal(false),
  error_code: z.string(),
  error_type: z.string().optional().catch(undefined),
  error_message: z.string().catch(''),
  details: z
    .object({ field_errors: z.record(z.string(), z.array(z.string())) })
    .partial()
    .optional()
    .catch(undefined),
});

/**
 * An error of the provider, read from either envelope. The codes of its API are `bad_request` (400), `unauthorized` (401) and
 * `validation_error` (422); others are kept unchanged. `fields` has one violation for each named path.
 */
export const ProviderError = z.union([
  Envelope.transform(({ error }) => ({ ...error, fields: [] as Violation[] })),
  OlderEnvelope.transform(({ error_code, error_message, details }) => ({
    code: error_code.toLowerCase(),
    message: error_message,
    fields: Object.entries(details?.field_errors ?? {}).map(([path, texts]): Violation => ({
      path,
      code: 'invalid',
      message: texts.join(' '),
    })),
  })),
]);
export type ProviderError = z.infer<typeof ProviderError>;
