/** The parts of Node's request that show what middleware did before an adapter converted it to a Web request. */
export interface NodeRequest {
  /** The whole path. Express removes the path of `app.use('/sandbox', …)` from `url`. */
  originalUrl?: unknown;
  /** Whether the body was read. */
  readableDidRead?: unknown;
  /** The raw bytes or text, if a body parser keeps them. */
  rawBody?: unknown;
  /** The parsed body, if a body parser has run. */
  body?: unknown;
}

/**
 * Finds Node's request among the arguments that an adapter passes after the Web request: `@hono/node-server` passes
 * `{ incoming }`. Undefined in other runtimes.
 */
export function nodeRequestIn(runtime: readonly unknown[]): NodeRequest | undefined {
  return runtime
    .map((argument) => (Object(argument) as { incoming?: NodeRequest }).incoming)
    .find((incoming) => typeof incoming === 'object' && incoming !== null);
}
