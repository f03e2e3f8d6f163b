import { BODY_READ_BEFORE, nodeRequestIn, sentenceOf } from '../../core/index.js';
import { Problem } from './problem.js';

/** A body that something read before the handler. */
export interface ReadBefore {
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
export function findReadBefore(request: Request, runtime: unknown[]): ReadBefore | undefined {
  const incoming = nodeRequestIn(runtime);
  if (!incoming?.readableDidRead) return request.bodyUsed ? {} : undefined;
  // `express.raw()` and `express.text()` leave what came in `body`.
  const raw = bytesOf(incoming.rawBody) ?? bytesOf(incoming.body);
  return raw ? { raw } : { parsed: incoming.body };
}

/** The failure where the body's bytes are needed and gone. It is the server's, so the status is no 4xx. */
export function bodyReadBefore(): Problem {
  const setup = sentenceOf(BODY_READ_BEFORE);
  return new Problem('bad_request', { status: 500, detail: setup, setup });
}

/** Writes a parsed body again, as JSON or as a form. @throws {Problem} where nothing was parsed. */
export function writeParsed(parsed: unknown, isForm: boolean): Uint8Array {
  if (typeof parsed !== 'object' || parsed === null) throw bodyReadBefore();
  const text = isForm
    ? new URLSearchParams(
        Object.entries(parsed).filter((field): field is [string, string] => typeof field[1] === 'string'),
      ).toString()
    : JSON.stringify(parsed);
  return new TextEncoder().encode(text);
}
