import { Drop } from 'liquidjs';
import { ajaxCart, ajaxItem } from '../shopify/extension/fixtures.js';
import { PRODUCTS } from './products.js';

/** A line of the cart: a quantity of a variant. */
export interface Line {
  id: number;
  quantity: number;
}

/** A change of the cart, in the format of Shopify's Ajax API and of the cart form. */
export interface CartChange {
  /** `change`: the line, counted from 1. */
  line?: number | string;
  /** `change`: the key of the line, or its variant; `add`: the variant. */
  id?: number | string;
  quantity?: number | string;
  /** `add`: several lines. */
  items?: { id: number | string; quantity?: number | string }[];
  /** `update`: quantities in the order of the lines, or by key or variant. */
  updates?: (number | string)[] | Record<string, number | string>;
  note?: string;
  attributes?: Record<string, string>;
}

/** The cart in Liquid. It equals `empty` when it has no lines. */
class LiquidCart extends Drop {
  constructor(fields: object) {
    super();
    Object.assign(this, fields);
  }
  /** Themes compare the cart with `empty` and `blank` only. */
  equals(): boolean {
    return (this as { item_count?: number }).item_count === 0;
  }
  gt = () => false;
  geq = () => false;
  lt = () => false;
  leq = () => false;
}

const keyOf = ({ id }: Line) => `${id}:abc`;

/** The shopper's cart. */
export class Cart {
  lines: Line[] = [{ id: 1, quantity: 1 }];
  note = '';
  attributes: Record<string, string> = {};
  /** Discount on the whole cart, in cents. */
  discountCents = 0;

  /** The quantity of each variant. */
  get pieces(): Record<string, number> {
    return Object.fromEntries(this.lines.map(({ id, quantity }) => [id, quantity]));
  }

  add({ id, quantity = 1, items = [{ id: id!, quantity }] }: CartChange): void {
    for (const item of items) {
      const line = this.#find(item.id);
      if (line) line.quantity += Number(item.quantity ?? 1);
      else this.lines.unshift({ id: Number(item.id), quantity: Number(item.quantity ?? 1) });
    }
  }

  change({ line, id, quantity = 0 }: CartChange): void {
    this.#set(line ? this.lines[Number(line) - 1] : this.#find(id!), quantity);
    this.#drop();
  }

  update({ updates = {}, note, attributes }: CartChange): void {
    if (Array.isArray(updates)) updates.forEach((quantity, i) => this.#set(this.lines[i], quantity));
    else for (const [key, quantity] of Object.entries(updates)) this.#set(this.#find(key), quantity);
    this.#drop();
    this.note = note ?? this.note;
    Object.assign(this.attributes, attributes);
  }

  clear(): void {
    this.lines = [];
  }

  #find(key: number | string): Line | undefined {
    return this.lines.find((line) => keyOf(line) === key || line.id === Number(key));
  }

  #set(line: Line | undefined, quantity: number | string): void {
    if (line) line.quantity = Number(quantity);
  }

  #drop(): void {
    this.lines = this.lines.filter(({ quantity }) => quantity > 0);
  }

  /** The cart of the Ajax API. */
  ajax(): Record<string, unknown> {
    const items = this.lines.map((line, i) => {
      const { title, final_price } = PRODUCTS[line.id]!;
      const cents = final_price * line.quantity;
      return {
        ...ajaxItem({
          variant_id: line.id,
          product_id: line.id + 1000,
          title,
          quantity: line.quantity,
          original_price: final_price,
          final_price,
          final_line_price: cents,
        }),
        id: line.id,
        key: keyOf(line),
        price: final_price,
        original_line_price: cents,
        line_price: cents,
        url: '/products/one',
        url_to_remove: `/cart/change?line=${i + 1}&quantity=0`,
        properties: {},
      };
    });
    const goods = items.reduce((sum, item) => sum + item.final_line_price, 0);
    return ajaxCart(items, {
      token: 'c1?key=abc',
      note: this.note,
      attributes: this.attributes,
      item_count: items.reduce((sum, { quantity }) => sum + quantity, 0),
      items_subtotal_price: goods,
      original_total_price: goods,
      total_price: goods - this.discountCents,
      total_discount: this.discountCents,
      cart_level_discount_applications: this.discountCents
        ? [{ title: 'WELCOME', type: 'discount_code', total_allocated_amount: this.discountCents }]
        : [],
    });
  }

  /** The cart of Liquid. */
  liquid(): LiquidCart {
    const { items, currency, ...cart } = this.ajax() as { items: { variant_id: number }[]; currency: string };
    const rule = { min: 1, max: null, increment: 1 };
    return new LiquidCart({
      ...cart,
      'empty?': !items.length,
      currency: { iso_code: currency },
      items: items.map((item, index) => ({
        ...item,
        index,
        image: { aspect_ratio: 1 },
        product: {
          title: PRODUCTS[item.variant_id]!.title,
          has_only_default_variant: true,
          metafields: { custom: { hsa_fsa: { value: PRODUCTS[item.variant_id]!.eligibility } } },
        },
        variant: { id: item.variant_id, available: true, quantity_rule: rule },
        line_level_discount_allocations: [],
        options_with_values: [],
        instructions: { can_update_quantity: true, can_remove: true },
      })),
    });
  }
}
