import * as z from 'zod';
import {
  CENTS,
  CURRENCY,
  EMAIL,
  FLAG,
  FREE_TEXT,
  LINES,
  MAX_LINES,
  OBJECT,
  QUANTITY,
  TEXT,
  WEB_URL,
  type Rule,
} from './fields.js';

const say = (expected: string) => ({ error: `expected ${expected}` });
const text = ({ expected, pattern }: Rule) => z.string(say(expected)).regex(pattern!, say(expected));

/** A whole number in a range. Zero is never negative zero, which JSON would write as a plain one. */
const whole = ({ expected, min, max }: Rule) =>
  z
    .int(say(expected))
    .max(max!, say(expected))
    .min(min!, say(expected))
    .check((context) => {
      if (Object.is(context.value, -0))
        context.issues.push({
          code: 'too_small',
          origin: 'int',
          minimum: min!,
          inclusive: true,
          input: context.value,
          message: say(expected).error,
        });
    });

/** Text that is not empty. */
export const Text = text(TEXT);
const FreeText = text(FREE_TEXT);
const Email = text(EMAIL);
/** An absolute http or https URL. */
export const WebUrl = text(WEB_URL);
const Currency = text(CURRENCY);
/** An amount of money: integer cents, zero or more. */
export const Cents = whole(CENTS);
const Quantity = whole(QUANTITY);
const Flag = z.boolean(say(FLAG.expected));

/** Who buys. */
export const Customer = z.object(
  { email: Email, first_name: Text, last_name: Text, phone: FreeText.optional() },
  say(OBJECT),
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
  say(OBJECT),
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
  say(OBJECT),
);
export type LineItem = z.infer<typeof LineItem>;

/**
 * The number of lines is judged before any line is: a small body of many bad ones must not make a huge answer. Not by zod's
 * own `min` and `max`, which read `length` off objects too, and throw on `{"length": {"toString": 1}}`.
 */
const lines = <T extends z.ZodType>(line: T) =>
  z
    .array(z.custom<z.input<T>>(), say(LINES))
    .check(({ value, issues }) => {
      const rest = { origin: 'array', inclusive: true, input: value, message: say(LINES).error } as const;
      if (!value.length) issues.push({ code: 'too_small', minimum: 1, ...rest });
      else if (value.length > MAX_LINES) issues.push({ code: 'too_big', maximum: MAX_LINES, ...rest });
    })
    .pipe(z.array(line));

/** Custom key-values, and where the provider sends `order.created`. */
export const Metadata = z.looseObject({ webhook_url: WebUrl.optional() }, say(OBJECT));
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
  .object(shape, say(OBJECT))
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
      // Not `.partial().required(…)`: zod would then speak its own sentence about a missing field.
      LineItem.partial({ name: true, price: true, currency: true }).extend({
        hsa_fsa_eligible: Flag.optional(),
        requires_lmn: Flag.optional(),
      }),
    ),
    shipping_info: Address.partial().optional(),
    billing_info: Address.partial().optional(),
    shipping: Cents.optional(),
    tax: Cents.optional(),
    discount: Cents.optional(),
  },
  say(OBJECT),
);
export type CheckoutCart = z.infer<typeof CheckoutCart>;
