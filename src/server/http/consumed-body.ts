import { BODY_READ_BEFORE, nodeRequestIn, describeProblem } from '../../core/index.js';
import { ApiError } from './api-error.js';

/** A body that middleware consumed before the handler. */
export interface ConsumedBody {
  /** The original bytes. */
  raw?: Uint8Array;
  /** The result of a body parser. */
  parsed?: unknown;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

/** Finds a body that middleware consumed. Undefined when the body can still be read from the request. */
export function findConsumedBody(request: Request, runtime: unknown[]): ConsumedBody | undefined {
  const incoming = nodeRequestIn(runtime);
  if (!incoming?.readableDidRead) return request.bodyUsed ? {} : undefined;
  // `express.raw()` and `express.text()` keep the original body in `body`.
  const raw = bytesOf(incoming.rawBody) ?? bytesOf(incoming.body);
  return raw ? { raw } : { parsed: incoming.body };
}

/** The error when the original bytes are needed and lost. The server's setup is the cause, so the status is 500. */
export function bodyConsumedError(): ApiError {
  const setup = describeProblem(BODY_READ_BEFORE);
  return new ApiError('bad_request', { status: 500, detail: setup, setup });
}

/** Serializes a parsed body as JSON or as a form. @throws {ApiError} when there is no parsed body. */
export function serializeParsed(parsed: unknown, isForm: boolean): Uint8Array {
  if (typeof parsed !== 'object' || parsed === null) throw bodyConsumedError();
  const text = isForm
    ? new URLSearchParams(
        Object.entries(parsed).filter((field): field is [string, string] => typeof field[1] === 'string'),
      ).toString()
    : JSON.stringify(parsed);
  return new TextEncoder().encode(text);
}
