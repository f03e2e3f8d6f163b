import { ApiError } from './api-error.js';

/** The largest body that is read, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Reads a request's body as text. @throws {ApiError} 413 past 1 MB, and stops reading. */
export async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part; reader && !(part = await reader.read()).done;) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      reader.cancel().catch(() => {});
      throw new ApiError(413, 'bad_request', 'the body is larger than 1 MB');
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
