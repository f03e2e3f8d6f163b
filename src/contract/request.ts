import * as z from 'zod';
import { CURRENCY, EMAIL, EXPECTED, isWebUrl, MAX_LINES, MAX_QUANTITY } from './fields.js';

/** Text that is not empty. */
export const Text = z.string({ error: EXPECTED.text }).min(1, { error: EXPECTED.text });
const FreeText = z.string({ error: EXPECTED.free });
const Email = z.string({ error: EXPECTED.email }).regex(EMAIL, { error: EXPECTED.email });
/** An absolute http or https URL. */
export const WebUrl = z.string({ error: EXPECTED.url }).refine(isWebUrl, { error: EXPECTED.url });
const Currency = z.string({ error: EXPECTED.currency }).regex(CURRENCY, { error: EXPECTED.currency });

/** A whole number in a range. Zero is never negative zero, which JSON would write as a plain one. */
const whole = (minimum: number, maximum: number, error: string) =>
  z
    .int({ error })
    .max(maximum, { error })
    .min(minimum, { error })
    .check((context) => {
      if (Object.is(context.value, -0))
        context.issues.push({
          code: 'too_small',
          origin: 'int',
          minimum,
          inclusive: true,
          input: context.value,
          message: error,
        });
    });

/** An amount of money: integer cents, zero or more. */
export const Cents = whole(0, Number.MAX_SAFE_INTEGER, EXPECTED.cents);
const Quantity = whole(1, MAX_QUANTITY, EXPECTED.quantity);
const Flag = z.boolean({ error: EXPECTED.boolean });

/** Who buys. */
export const Customer = z.object(
  { email: Email, first_name: Text, last_name: Text, phone: FreeText.optional() },
  { error: EXPECTED.object },
);
export type Customer = z.infer<typeof Customer>;

/** A postal address. */
export const Address = z.object(
  {
    address_line_1: Text,
    address_line_2: FreeText.optional(),
    city: Text,
    state: Text,
    postal_code: Text,
    country: Text,
  },
  { error: EXPECTED.object },
);
export type Address = z.infer<typeof Address>;

/** One product being bought. `price` is the price of one piece, in cents; `product_id` must be a synced product's. */
export const LineItem = z.object(
  {
    product_id: Text,
    name: Text,
    image_url: WebUrl.optional(),
    price: Cents,
    quantity: Quantity,
    currency: Currency,
  },
  { error: EXPECTED.object },
);
export type LineItem = z.infer<typeof LineItem>;

const lines = <T extends z.ZodType>(line: T) =>
  z
    .array(line, { error: EXPECTED.lines })
    .min(1, { error: EXPECTED.lines })
    .max(MAX_LINES, { error: EXPECTED.lines });

/** Custom key-values, and where the provider sends `order.created`. */
export const Metadata = z.looseObject({ webhook_url: WebUrl.optional() }, { error: EXPECTED.object });
export type Metadata = z.infer<typeof Metadata>;

const shape = {
  reference_id: Text,
  customer: Customer,
  line_items: lines(LineItem),
  shipping_info: Address,
  billing_info: Address.optional(),
  shipping: Cents.optional(),
  tax: Cents.optional(),
  discount: Cents.optional(),
  success_url: WebUrl,
  failure_url: WebUrl,
  metadata: Metadata.optional(),
};

/**
 * What `POST /checkout` takes: the seed's request table, whole. All money is integer cents. A request without
 * `billing_info` is read as one that bills to the shipping address.
 */
export const CheckoutRequest = z
  .object(shape, { error: EXPECTED.object })
  .transform((request) => ({ ...request, billing_info: request.billing_info ?? request.shipping_info }));
/** A request as it may be written. */
export type CheckoutRequest = z.input<typeof CheckoutRequest>;

/**
 * What a page gives: the same names, with only `line_items[].product_id` and `.quantity` required. All else is optional,
 * must be valid where present, and is a hint. A page may pass the seed's whole request: URLs and metadata are left out.
 */
export const CheckoutCart = z.object(
  {
    reference_id: Text.optional(),
    customer: Customer.partial().optional(),
    line_items: lines(
      LineItem.partial()
        .required({ product_id: true, quantity: true })
        .extend({ hsa_fsa_eligible: Flag.optional(), requires_lmn: Flag.optional() }),
    ),
    shipping_info: Address.partial().optional(),
    billing_info: Address.partial().optional(),
    shipping: Cents.optional(),
    tax: Cents.optional(),
    discount: Cents.optional(),
  },
  { error: EXPECTED.object },
);
export type CheckoutCart = z.infer<typeof CheckoutCart>;
