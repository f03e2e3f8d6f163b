/** The parts of Node's request that say what happened to it before an adapter made a Web request of it. */
export interface NodeRequest {
  /** The whole path: Express takes the path of `app.use('/sandbox', …)` off the request's own. */
  originalUrl?: unknown;
  /** Whether something has read the body. */
  readableDidRead?: unknown;
  /** The bytes or text as they came, where a body parser keeps them. */
  rawBody?: unknown;
  /** What a body parser made of them. */
  body?: unknown;
}

/**
 * Finds Node's request among what an adapter passes beside the Web request: `@hono/node-server` passes `{ incoming }`. Undefined
 * in other runtimes.
 */
export function nodeRequestIn(runtime: readonly unknown[]): NodeRequest | undefined {
  return runtime
    .map((each) => (Object(each) as { incoming?: NodeRequest }).incoming)
    .find((each) => typeof each === 'object' && each !== null);
}
