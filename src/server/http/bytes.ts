/** A reader of a body's bytes. */
export type BytesReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads a whole body. Returns undefined when it is longer than `maxBytes`, and cancels the reader then, so that the sender
 * stops. A caller that stops waiting must cancel the reader, too.
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

/** Cancels the reading of a body. It does not wait for the sender, and ignores errors. */
export function cancelReader(reader: BytesReader | undefined): void {
  reader?.cancel().catch(() => {});
}
