/*
 * Replaces Shopify's module of standard events (https://shopify.dev/docs/api/storefront-events), which themes import
 * from Shopify's CDN. It runs in the page, and has Shopify's export names.
 */

/** An event with its payload as properties, and a promise if it precedes a change. */
class StandardEvent extends Event {
  constructor(type: string, payload: object = {}) {
    super(type, { bubbles: true, composed: true, cancelable: true });
    Object.assign(this, payload);
  }

  static createPromise() {
    let resolve: ((value: unknown) => void) | undefined;
    let reject: ((reason: unknown) => void) | undefined;
    const promise = new Promise((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    promise.catch(() => {});
    return { promise, resolve, reject };
  }

  static createCartFromAjaxResponse({
    token,
    item_count,
    items = [],
  }: {
    token: string;
    item_count: number;
    items?: { key: string; quantity: number }[];
  }) {
    return {
      id: token,
      totalQuantity: item_count,
      lines: items.map(({ key, quantity }) => ({ id: key, quantity })),
    };
  }
}

const eventOf = (type: string) =>
  class extends StandardEvent {
    static eventName = type;
    constructor(payload?: object) {
      super(type, payload);
    }
  };

export const StandardEvents = {
  pageView: 'shopify:page:view',
  productView: 'shopify:product:view',
  productSelect: 'shopify:product:select',
  cartView: 'shopify:cart:view',
  cartError: 'shopify:cart:error',
  cartLinesUpdate: 'shopify:cart:lines-update',
  cartNoteUpdate: 'shopify:cart:note-update',
  cartDiscountUpdate: 'shopify:cart:discount-update',
  searchUpdate: 'shopify:search:update',
  collectionView: 'shopify:collection:view',
  collectionUpdate: 'shopify:collection:update',
};
export const ShopifyStandardEvent = StandardEvent;
export const PageViewEvent = eventOf(StandardEvents.pageView);
export const ProductViewEvent = eventOf(StandardEvents.productView);
export const ProductSelectEvent = eventOf(StandardEvents.productSelect);
export const CartViewEvent = eventOf(StandardEvents.cartView);
export const CartErrorEvent = eventOf(StandardEvents.cartError);
export const CartLinesUpdateEvent = eventOf(StandardEvents.cartLinesUpdate);
export const CartNoteUpdateEvent = eventOf(StandardEvents.cartNoteUpdate);
export const CartDiscountUpdateEvent = eventOf(StandardEvents.cartDiscountUpdate);
export const SearchUpdateEvent = eventOf(StandardEvents.searchUpdate);
export const CollectionViewEvent = eventOf(StandardEvents.collectionView);
export const CollectionUpdateEvent = eventOf(StandardEvents.collectionUpdate);

/** A class of elements that can fire a view event. */
export const createViewEventElement = (base: typeof HTMLElement = HTMLElement) =>
  class extends base {
    dispatchViewEvent(): void {}
  };
export const parseProductFilters = () => undefined;
export const getCollectionSortKey = () => undefined;
export const getSearchSortKey = () => undefined;
export const createGid = (type: string, id: string) => `gid://shopify/${type}/${id}`;
