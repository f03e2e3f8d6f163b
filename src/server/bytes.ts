/**
 * Reads a stream whole, counting: undefined once it passes `maxBytes`. Whatever ends the reading early also cancels the
 * stream, so that its sender does not go on for nobody.
 */
export async function readBytes(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const reader = stream?.getReader();
  const stop = () => void reader?.cancel().catch(() => {});
  signal.addEventListener('abort', stop);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let part; reader && !(part = await reader.read()).done;) {
      size += part.value.byteLength;
      if (size > maxBytes) {
        stop();
        return undefined;
      }
      chunks.push(part.value);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
