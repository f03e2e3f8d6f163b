import { cancelReader, readBytes, type BytesReader } from './bytes.js';
import { DeadlineError, withTimeout } from '../deadline.js';
import { ApiError } from './api-error.js';
import { serializeParsed } from './consumed-body.js';
import type { RequestContext } from '../settings.js';

/** The largest body, in bytes. */
const MAX_BODY_BYTES = 256 * 1024;
/** The longest that a caller may take to send a body, in milliseconds. */
const BODY_DEADLINE_MS = 10_000;

/** The media type of an HTML form. */
export const FORM = 'application/x-www-form-urlencoded';

/** The media type of a request's body, without parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/**
 * Reads a request's body: at most 256 KB, within `deadlineMs` (10 s unless set). A compressed body is refused, because its size
 * does not limit the decompressed size. A body that middleware parsed is serialized again.
 * @throws {ApiError} `unsupported_media_type`, `too_large`, or `bad_request`: with status 408 when the body is too slow, and
 *   500 when middleware consumed it and left nothing.
 */
export async function readBody(
  { request, consumedBody }: RequestContext,
  deadlineMs = BODY_DEADLINE_MS,
): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new ApiError('unsupported_media_type', { detail: 'a compressed body is not accepted' });
  if (consumedBody) {
    const bytes = consumedBody.raw ?? serializeParsed(consumedBody.parsed, mediaType(request) === FORM);
    if (bytes.byteLength <= MAX_BODY_BYTES) return bytes;
    throw tooLarge();
  }
  // A body whose `content-length` is too large is not read at all. A small one may be wrong, so the bytes are counted as well.
  const fits = !(Number(request.headers.get('content-length')) > MAX_BODY_BYTES);
  let reader: BytesReader | undefined;
  try {
    if (fits) reader = request.body?.getReader();
    const bytes = fits && (await withTimeout(deadlineMs, () => readBytes(reader, MAX_BODY_BYTES)));
    if (bytes) return bytes;
  } catch (cause) {
    cancelReader(reader);
    if (cause instanceof DeadlineError)
      throw new ApiError('bad_request', { status: 408, detail: 'the body was sent too slowly', cause });
    throw new ApiError('bad_request', { detail: 'the body could not be read', cause });
  }
  throw tooLarge();
}

function tooLarge(): ApiError {
  return new ApiError('too_large', { detail: `a body may have ${MAX_BODY_BYTES} bytes` });
}

/** Decodes bytes as UTF-8. @throws {ApiError} `bad_request` when they are not UTF-8. */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError('bad_request', { detail: 'the body is not UTF-8' });
  }
}

/** Parses JSON. @throws {ApiError} `bad_request` when the text is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message is not used, because it repeats a part of the body.
    throw new ApiError('bad_request', { detail: 'the body is not JSON' });
  }
}
