import type { Receipt, ReceiptItem } from '../../contract/index.js';
import { withTimeout } from '../deadline.js';
import { errorName } from '../events.js';
import type { ReceiptOptions } from '../options.js';
import type { CatalogueReader } from '../providers/catalogue.js';
import { MAX_PRODUCT_IDS, resolveProducts } from '../providers/resolve-products.js';
import type { CheckedRequest } from '../sessions/resolve-cart.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';

/** The items of a session, as the store holds them until the shopper asks for the receipt. */
export interface StoredReceipt extends Omit<Receipt, keyof ReceiptOptions | 'items'> {
  items: (ReceiptItem & { product_id: string })[];
}

/** The store's key of a receipt. */
export const receiptKey = (checkoutId: string): string => `receipt:${checkoutId}`;

/**
 * The most bytes of the items. The page reads at most 64 KB of a response, and 500 eligibilities and the shop add at most
 * 15 KB.
 */
const MAX_BYTES = 48_000;
/**
 * The longest that the eligibility of all items may take, in milliseconds. The shopper's status waits for it, and the page
 * gives up after some seconds.
 */
const ELIGIBILITY_TIMEOUT_MS = 2000;

/** Writes the items of a new session as JSON. Undefined when a response could not hold them. */
export function toStoredReceipt({ line_items, shipping, tax, discount }: CheckedRequest): string | undefined {
  const text = JSON.stringify({
    items: line_items.map(({ product_id, name, quantity, price }) => ({ product_id, name, quantity, price })),
    shipping,
    tax,
    discount,
  } satisfies StoredReceipt);
  return new TextEncoder().encode(text).length <= MAX_BYTES ? text : undefined;
}

/** Gets the eligibility of all items, in calls of at most 100 products. An item without one is unknown. */
async function eligibilities(
  context: RequestContext,
  catalogue: CatalogueReader,
  checkoutId: string,
  { items }: StoredReceipt,
): Promise<(id: string) => string | undefined> {
  const ids = [...new Set(items.map(({ product_id }) => product_id))];
  try {
    const found = new Map<string, string>();
    await withTimeout(ELIGIBILITY_TIMEOUT_MS, async () => {
      for (let i = 0; i < ids.length; i += MAX_PRODUCT_IDS) {
        const some = ids.slice(i, i + MAX_PRODUCT_IDS);
        const eligibilityOf = await resolveProducts(context, catalogue, some);
        for (const id of some) found.set(id, eligibilityOf(id));
      }
    });
    return (id) => found.get(id);
  } catch (error) {
    const { requestId } = context;
    context.emit({ type: 'receipt_incomplete', checkoutId, name: errorName(error), requestId });
    return () => undefined;
  }
}

/**
 * Makes the receipt of a paid session from its stored items. Undefined when the store has none. A receipt without
 * eligibilities is still one, so a failure to resolve them is only logged.
 */
export async function toReceipt(
  context: RequestContext,
  catalogue: CatalogueReader,
  checkoutId: string,
  text: string | undefined,
): Promise<Receipt | undefined> {
  const shop = context.settings.receipt;
  const stored = parseStored(text) as StoredReceipt | undefined;
  if (!shop || !Array.isArray(stored?.items)) return undefined;
  const eligibilityOf = await eligibilities(context, catalogue, checkoutId, stored);
  const { shipping, tax, discount } = stored;
  return {
    shop: shop.shop,
    ...(shop.address && { address: shop.address }),
    ...(shop.contact && { contact: shop.contact }),
    items: stored.items.map(({ product_id, name, quantity, price }): ReceiptItem => {
      const eligibility = eligibilityOf(product_id) as ReceiptItem['eligibility'] | 'unknown';
      return { name, quantity, price, ...(eligibility && eligibility !== 'unknown' && { eligibility }) };
    }),
    ...(shipping && { shipping }),
    ...(tax && { tax }),
    ...(discount && { discount }),
  };
}
