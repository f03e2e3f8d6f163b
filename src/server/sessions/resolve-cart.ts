import { isShopperField, type Violation } from '../../core/index.js';
import { CheckoutRequest, validate, WebUrl, type CheckoutCart, type LineItem } from '../../contract/index.js';
import type * as z from 'zod';
import { totalOf } from './amounts.js';
import { CartProblem, cartProblemCode } from './cart-problem.js';
import { withDeadlineSignal } from '../deadline.js';
import type { ResolvedCheckout } from '../options.js';
import { clientClosedRequest, ApiError } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';
import { deriveToken } from '../tokens.js';

/** A request after validation, with the schema's fields only, in the schema's order. */
export type CheckedRequest = z.output<typeof CheckoutRequest>;

/** Runs `resolveCart`. @throws {ApiError} with the violations of its `CartProblem`, or `hook_failed`. */
async function callResolveCart(
  { settings, request }: RequestContext,
  cart: CheckoutCart,
  idempotencyKey: string,
): Promise<ResolvedCheckout> {
  try {
    return await withDeadlineSignal(
      settings.resolveTimeoutMs,
      (deadline) =>
        settings.resolveCart(cart, {
          request,
          idempotencyKey,
          get signal() {
            return deadline.signal;
          },
        }),
      request.signal,
    );
  } catch (cause) {
    if (request.signal.aborted) throw clientClosedRequest(cause);
    if (!(cause instanceof CartProblem)) throw new ApiError('hook_failed', { cause });
    const errors = cause.violations.map(({ path, code, message }): Violation => ({ path, code, message }));
    throw new ApiError(cartProblemCode(cause), { errors, cause });
  }
}

/** Whether a shopper can fix a violation: a missing or malformed text of their own. A value of another type is the hook's mistake. */
function canShopperFix(violation: Violation): boolean {
  return isShopperField(violation) && violation.code !== 'invalid_type';
}

/** Removes images that the provider would refuse, such as relative URLs. A cart can be sold without an image. */
function dropBadPictures(lines: unknown): { lines: unknown; paths: string[] } {
  const paths: string[] = [];
  if (!Array.isArray(lines)) return { lines, paths };
  const kept = lines.map((line: unknown, i) => {
    const url = (line as { image_url?: unknown } | null | undefined)?.image_url;
    if (typeof url !== 'string' || WebUrl.safeParse(url).success) return line;
    paths.push(`line_items[${i}].image_url`);
    // Fields are copied by name, because a spread loses the getters of a class instance.
    const { product_id, name, price, quantity, currency } = line as LineItem;
    return { product_id, name, price, quantity, currency };
  });
  return { lines: kept, paths };
}

/** Adds `webhookUrl` to the hook's metadata. Metadata that is not an object is returned unchanged, and fails the validation. */
function withWebhookUrl(metadata: unknown, webhookUrl: string | undefined): unknown {
  if (metadata != null && (typeof metadata !== 'object' || Array.isArray(metadata))) return metadata;
  const whole = { ...metadata, ...(webhookUrl && { webhook_url: webhookUrl }) };
  return Object.keys(whole).length ? whole : undefined;
}

/**
 * Turns a page's cart into the request for the provider, with the goods and amounts of `resolveCart` and the URLs of the
 * options. Only fields of the schema are copied. No URL and no metadata comes from the page.
 * @throws {ApiError} `details_required` when only details of the shopper are missing or malformed; `unsupported_currency`
 *   when the page or the hook uses another currency than USD; `hook_failed` for other mistakes in the hook's result.
 */
export async function resolveCheckout(
  context: RequestContext,
  cart: CheckoutCart,
  idempotencyKey: string,
): Promise<CheckedRequest> {
  const { settings, request } = context;
  const resolved = await callResolveCart(context, cart, idempotencyKey);
  const pictures = dropBadPictures(resolved?.line_items);
  if (pictures.paths.length)
    context.emit({ type: 'image_dropped', paths: pictures.paths, requestId: context.requestId });
  const { successUrl, failureUrl, webhookUrl } = settings;
  // Read by name, because a spread loses the getters of a class instance, such as `tax`.
  const { shipping, tax, discount, billing_info, metadata } = resolved ?? {};
  const urlContext = { request, cart };
  const { value, violations } = validate(CheckoutRequest, {
    line_items: pictures.lines,
    // The same cart under the same key is the same order, so a retry sends the same reference.
    reference_id:
      resolved?.reference_id ??
      (await deriveToken(settings.secrets[0], 'reference', idempotencyKey)).slice(0, 24),
    // A missing object becomes an empty one, so that each missing field gets its own violation.
    customer: resolved?.customer ?? {},
    shipping_info: resolved?.shipping_info ?? {},
    success_url: typeof successUrl === 'string' ? successUrl : successUrl(urlContext),
    failure_url: typeof failureUrl === 'string' ? failureUrl : failureUrl(urlContext),
    shipping,
    tax,
    discount,
    billing_info,
    metadata: withWebhookUrl(metadata, webhookUrl),
  });
  if (!value) {
    const ofHook = violations.filter((violation) => !canShopperFix(violation));
    if (ofHook.length) throw new ApiError('hook_failed', { errors: ofHook });
    throw new ApiError('details_required', { errors: violations });
  }
  refuseOtherCurrency(cart);
  refuseOtherCurrency(value);
  if (totalOf(value).total < 0)
    throw new ApiError('hook_failed', {
      errors: [{ path: 'discount', code: 'too_big', message: 'expected no more than the total' }],
    });
  return value;
}

/** HSA and FSA are US accounts, and the elements show every amount in dollars: another currency would change the price. */
function refuseOtherCurrency({ line_items }: CheckoutCart | CheckedRequest): void {
  const errors = line_items.flatMap(({ currency = 'USD' }, i): Violation[] =>
    currency === 'USD'
      ? []
      : [{ path: `line_items[${i}].currency`, code: 'unsupported_currency', message: 'not US dollars' }],
  );
  if (errors.length) throw new ApiError('unsupported_currency', { errors });
}
