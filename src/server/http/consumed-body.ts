import { BODY_READ_BEFORE, nodeRequestIn, describeProblem } from '../../core/index.js';
import { ApiError } from './problem.js';

/** A body that something read before the handler. */
export interface ConsumedBody {
  /** The bytes as they came. */
  raw?: Uint8Array;
  /** What a body parser made of them. */
  parsed?: unknown;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

/**
 * Finds a body that middleware has read. Undefined where the body can still be read from the request.
 */
export function findConsumedBody(request: Request, runtime: unknown[]): ConsumedBody | undefined {
  const incoming = nodeRequestIn(runtime);
  if (!incoming?.readableDidRead) return request.bodyUsed ? {} : undefined;
  // `express.raw()` and `express.text()` leave what came in `body`.
  const raw = bytesOf(incoming.rawBody) ?? bytesOf(incoming.body);
  return raw ? { raw } : { parsed: incoming.body };
}

/** The failure where the body's bytes are needed and gone. It is the server's, so the status is no 4xx. */
export function bodyConsumedError(): ApiError {
  const setup = describeProblem(BODY_READ_BEFORE);
  return new ApiError('bad_request', { status: 500, detail: setup, setup });
}

/** Writes a parsed body again, as JSON or as a form. @throws {ApiError} where nothing was parsed. */
export function serializeParsed(parsed: unknown, isForm: boolean): Uint8Array {
  if (typeof parsed !== 'object' || parsed === null) throw bodyConsumedError();
  const text = isForm
    ? new URLSearchParams(
        Object.entries(parsed).filter((field): field is [string, string] => typeof field[1] === 'string'),
      ).toString()
    : JSON.stringify(parsed);
  return new TextEncoder().encode(text);
}
