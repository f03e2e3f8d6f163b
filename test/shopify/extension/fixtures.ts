/** A line of the Ajax cart in Shopify's format, with the fields that are used. */
export interface AjaxItem {
  key: string;
  variant_id: number;
  product_id: number;
  title: string;
  quantity: number;
  original_price: number;
  final_price: number;
  final_line_price: number;
  gift_card: boolean;
  selling_plan_allocation?: object | null;
  has_components: boolean;
  item_components: object[];
  handle: string;
  product_type: string;
}

/** Default: one blood pressure monitor. */
export const ajaxItem = (fields: Partial<AjaxItem> = {}): AjaxItem => ({
  key: '41000000000001:abc',
  variant_id: 41_000_000_000_001,
  product_id: 7_000_000_000_001,
  title: 'Blood pressure monitor - White',
  quantity: 1,
  original_price: 4995,
  final_price: 4995,
  final_line_price: 4995,
  gift_card: false,
  has_components: false,
  item_components: [],
  handle: 'blood-pressure-monitor',
  product_type: 'Monitors',
  ...fields,
});

/** An Ajax cart in US dollars. */
export const ajaxCart = (items: Partial<AjaxItem>[], fields: object = {}) => {
  const all = items.map(ajaxItem);
  const goods = all.reduce((sum, { final_line_price }) => sum + final_line_price, 0);
  return { token: 'c1-abc', currency: 'USD', items: all, total_price: goods, ...fields };
};
