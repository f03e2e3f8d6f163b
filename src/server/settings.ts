import { assertDurationMs } from './deadline.js';
import { logFailures, type HandlerEvent } from './events.js';
import type { CheckoutHandlerOptions } from './options.js';
import type { ConsumedBody } from './http/consumed-body.js';
import { createMemoryStore, withCheckedResults, type Store } from './stores/store.js';

/** The handler's options, checked, in the one form that the rest of it reads. */
export interface Settings extends Omit<CheckoutHandlerOptions, 'secret' | 'onEvent'> {
  /** The first one signs. */
  secrets: readonly [string, ...string[]];
  webhookSecrets: readonly string[];
  origins: readonly string[];
  store: Store;
  resolveTimeoutMs: number;
  onEvent(event: HandlerEvent): unknown;
}

/** One request on its way through the handler. */
export interface RequestContext {
  readonly settings: Settings;
  readonly request: Request;
  readonly requestId: string;
  /** The request's body, where middleware has read it. */
  readonly consumedBody: ConsumedBody | undefined;
  /** Tells the merchant what happened. It never throws. */
  emit(event: HandlerEvent): void;
  /** Has the runtime go on with work that may outlast the answer, where it would end it. It never throws. */
  waitUntil(work: Promise<unknown>): void;
}

/** The fewest characters of a secret: 16 random ones are more than anybody can try. */
const MIN_SECRET_LENGTH = 16;

function refuse(problem: string): never {
  throw new TypeError(`createCheckoutHandler: ${problem}`);
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function isAbsolute(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  return isAbsolute(text) && new URL(text).origin === text;
}

/**
 * Checks the options, so that a mistake shows when the server starts.
 * @throws {TypeError} that names the option and says what was expected; it never repeats a secret.
 */
export function readOptions(options: CheckoutHandlerOptions): Settings {
  const { provider, successUrl, failureUrl, webhookUrl, origins = [], onEvent = logFailures } = options;
  const {
    onOrderCreated,
    onSessionCreated,
    rateLimit,
    resolveEligibility,
    resolveTimeoutMs = 4000,
  } = options;
  if (typeof provider?.createSession !== 'function') refuse('provider is missing: see createProvider');
  if (typeof options.resolveCart !== 'function')
    refuse('resolveCart is missing: prices come from your catalogue, never from the page');
  const hooks = { onEvent, onOrderCreated, onSessionCreated, rateLimit, resolveEligibility };
  for (const [name, hook] of Object.entries(hooks))
    if (hook !== undefined && typeof hook !== 'function') refuse(`${name} must be a function`);
  assertDurationMs('createCheckoutHandler: resolveTimeoutMs', resolveTimeoutMs);

  const [first, ...others] = listOf(options.secret);
  if (first === undefined) refuse('secret is missing');
  for (const secret of [first, ...others])
    if (typeof secret !== 'string' || secret.length < MIN_SECRET_LENGTH || secret !== secret.trim())
      refuse(`every secret needs ${MIN_SECRET_LENGTH} characters or more, and no white space around them`);
  const webhookSecrets = listOf(options.webhookSecret);
  for (const secret of webhookSecrets)
    if (typeof secret !== 'string' || !secret || /\s/.test(secret))
      refuse('webhookSecret is empty or holds white space: was a line break copied with it?');

  for (const [name, url] of Object.entries({ successUrl, failureUrl }))
    if (typeof url !== 'function' && !isAbsolute(url))
      refuse(`${name} must be an absolute http or https URL, or a function that gives one`);
  if (webhookUrl !== undefined && !isAbsolute(webhookUrl)) refuse('webhookUrl must be an absolute URL');
  if (webhookUrl !== undefined && !webhookSecrets.length)
    refuse(
      'webhookUrl without webhookSecret: this endpoint would refuse every webhook; where another one receives them, ' +
        'let resolveCart return metadata.webhook_url',
    );
  if (webhookUrl !== undefined && !onOrderCreated)
    refuse('webhookUrl without onOrderCreated: every paid order would be dropped');
  for (const origin of origins)
    if (!isOrigin(origin))
      refuse(`origins takes exact origins such as "https://shop.example", not "${origin}"`);

  const { claim, complete, release, read } = Object(options.store ?? {}) as Partial<Store>;
  if (options.store && ![claim, complete, release, read].every((method) => typeof method === 'function'))
    refuse('store needs claim, complete, release and read: wrap a Redis client, createRedisStore(client)');
  if (!options.store && !provider.test)
    refuse('store is required with a live provider: a restart must not forget which sessions are open');
  return {
    ...options,
    secrets: [first, ...others],
    webhookSecrets,
    origins,
    store: withCheckedResults(options.store ?? createMemoryStore()),
    resolveTimeoutMs,
    onEvent,
  };
}
