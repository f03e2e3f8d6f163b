import { assertDurationMs } from './deadline.js';
import { logFailures, type HandlerEvent } from './events.js';
import type { CheckoutHandlerOptions } from './options.js';
import type { ConsumedBody } from './http/consumed-body.js';
import { createMemoryStore } from './stores/memory-store.js';
import { withCheckedResults, type Store } from './stores/store.js';

/** The validated options in normalized form. */
export interface Settings extends Omit<CheckoutHandlerOptions, 'secret' | 'onEvent'> {
  /** The first secret signs tokens; a token of any of them is valid. */
  secrets: readonly [string, ...string[]];
  webhookSecrets: readonly string[];
  origins: readonly string[];
  store: Store;
  resolveTimeoutMs: number;
  onEvent(event: HandlerEvent): unknown;
}

/** One request that the handler is processing. */
export interface RequestContext {
  readonly settings: Settings;
  readonly request: Request;
  readonly requestId: string;
  /** The request's body, if middleware consumed it. */
  readonly consumedBody: ConsumedBody | undefined;
  /** Calls `onEvent`. It never throws. */
  emit(event: HandlerEvent): void;
  /** Keeps work alive after the response in runtimes that would end it. It never throws. */
  waitUntil(work: Promise<unknown>): void;
}

/** The shortest secret, in characters. 16 random ones cannot be guessed. */
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

/** The longest text of the shop on a receipt, in characters. */
const MAX_SHOP_TEXT_LENGTH = 500;

/** Checks `receipt`. JavaScript callers may pass any value. */
function checkReceiptOptions(receipt: unknown): void {
  const { shop, address, contact } = Object(receipt) as Record<string, unknown>;
  const isText = (text: unknown) => typeof text === 'string' && text.length <= MAX_SHOP_TEXT_LENGTH;
  if (!isText(shop) || !String(shop).trim())
    refuse(`receipt.shop must be the name of the shop, at most ${MAX_SHOP_TEXT_LENGTH} characters`);
  for (const [name, text] of Object.entries({ address, contact }))
    if (text !== undefined && !isText(text))
      refuse(`receipt.${name} must be a text of at most ${MAX_SHOP_TEXT_LENGTH} characters`);
}

/**
 * Checks the options, so that a mistake shows when the server starts.
 * @throws {TypeError} with the option and what was expected. The message never contains a secret.
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
      refuse(`${name} must be an absolute http or https URL, or a function that returns one`);
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

  if (options.receipt !== undefined) checkReceiptOptions(options.receipt);

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
