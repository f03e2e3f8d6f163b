import * as z from 'zod';
import type { Violation } from '../core/index.js';

/** The error body of today. */
const Envelope = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });

/** The older error body, with a list of messages for each field. */
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
 * The provider's error, read from either envelope. The seed's codes are `bad_request` (400), `unauthorized` (401) and
 * `validation_error` (422); others are kept as they come. `fields` holds one violation for each path that is named.
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
