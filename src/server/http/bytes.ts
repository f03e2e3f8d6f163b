/** Reads the bytes of a body. */
export type BytesReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads a body whole, counting: undefined once it passes `maxBytes`. Whoever ends the reading early, for its size or for
 * the time it takes, also cancels the reader, so that the sender does not go on for nobody.
 */
export async function readBytes(
  reader: BytesReader | undefined,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part; reader && !(part = await reader.read()).done;) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      cancelReader(reader);
      return undefined;
    }
    chunks.push(part.value);
  }
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** Ends the reading of a body. Nobody waits for what the sender says to that. */
export function cancelReader(reader: BytesReader | undefined): void {
  reader?.cancel().catch(() => {});
}
