import * as z from 'zod';
import {
  CENTS,
  CURRENCY,
  EMAIL,
  FLAG,
  fits,
  FREE_TEXT,
  ID,
  LINES,
  MAX_LINES,
  OBJECT,
  QUANTITY,
  TEXT,
  WEB_URL,
  type Rule,
} from './fields.js';

const expect = (expected: string) => ({ error: `expected ${expected}` });
const text = (rule: Rule) =>
  z.string(expect(rule.expected)).refine((value) => fits(rule, value), expect(rule.expected));

/** An integer in a range. Negative zero is too small, because JSON would write it as `0`. */
const whole = ({ expected, min, max }: Rule) =>
  z
    .int(expect(expected))
    .max(max!, expect(expected))
    .min(min!, expect(expected))
    .check((context) => {
      if (Object.is(context.value, -0))
        context.issues.push({
          code: 'too_small',
          origin: 'int',
          minimum: min!,
          inclusive: true,
          input: context.value,
          message: expect(expected).error,
        });
    });

/**
 * An optional field. Null is a missing field, as databases and templates write it. The result has no null.
 */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** The same fields, each of them optional. */
const partial = <S extends Record<string, z.ZodType>>(fields: S) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, optional(schema)])) as {
    [K in keyof S]: ReturnType<typeof optional<S[K]>>;
  };

/** The id of an order or a product. */
export const Id = text(ID);
/** A text that is not empty. */
export const Text = text(TEXT);
const FreeText = text(FREE_TEXT);
const Email = text(EMAIL);
/** An absolute http or https URL. */
export const WebUrl = text(WEB_URL);
const Currency = text(CURRENCY);
/** An amount of money: integer cents, zero or more. */
export const Cents = whole(CENTS);
const Quantity = whole(QUANTITY);
const Flag = z.boolean(expect(FLAG.expected));

const customer = { email: Email, first_name: Text, last_name: Text, phone: optional(FreeText) };

/** The shopper. */
export const Customer = z.object(customer, expect(OBJECT));
export type Customer = z.input<typeof Customer>;

const address = {
  address_line_1: Text,
  address_line_2: optional(FreeText),
  city: Text,
  state: Text,
  postal_code: Text,
  country: Text,
};

/** A postal address. */
export const Address = z.object(address, expect(OBJECT));
export type Address = z.input<typeof Address>;

/**
 * A product in a cart. `price` is the price of one unit, in cents. `product_id` must be the id of a product that `syncProducts`
 * has registered with the provider.
 */
export const LineItem = z.object(
  {
    product_id: Id,
    name: Text,
    image_url: optional(WebUrl),
    price: Cents,
    quantity: Quantity,
    currency: Currency,
  },
  expect(OBJECT),
);
export type LineItem = z.input<typeof LineItem>;

/**
 * The lines of a cart. Their number is checked first, so that a body with many malformed lines does not cause a huge response.
 * zod's own `min` and `max` are not used, because they also read `length` of objects, and throw for
 * `{"length": {"toString": 1}}`.
 */
const lines = <T extends z.ZodType>(line: T) =>
  z
    .array(z.custom<z.input<T>>(), expect(LINES))
    .check(({ value, issues }) => {
      const rest = { origin: 'array', inclusive: true, input: value, message: expect(LINES).error } as const;
      if (!value.length) issues.push({ code: 'too_small', minimum: 1, ...rest });
      else if (value.length > MAX_LINES) issues.push({ code: 'too_big', maximum: MAX_LINES, ...rest });
    })
    .pipe(z.array(line));

/** The maximum length of the metadata, in characters of JSON. */
const MAX_METADATA_LENGTH = 16_384;

/** Whether a value can be written as JSON within the limit. A cycle and a bigint cannot be written. */
function isSmallJson(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MAX_METADATA_LENGTH;
  } catch {
    return false;
  }
}

/** Custom values, and the URL that the provider sends `order.created` to. */
export const Metadata = z
  .looseObject({ webhook_url: optional(WebUrl) }, expect(OBJECT))
  .refine(isSmallJson, expect('at most 16,384 characters of JSON'));
export type Metadata = z.infer<typeof Metadata>;

const amounts = { shipping: optional(Cents), tax: optional(Cents), discount: optional(Cents) };

const shape = {
  reference_id: Id,
  customer: Customer,
  line_items: lines(LineItem),
  shipping_info: Address,
  billing_info: optional(Address),
  ...amounts,
  success_url: WebUrl,
  failure_url: WebUrl,
  metadata: optional(Metadata),
};

/**
 * The request of `POST /checkout`: the complete request table of the provider's API. All money is integer cents. Without
 * `billing_info` the shipping address is the billing address.
 */
export const CheckoutRequest = z
  .object(shape, expect(OBJECT))
  .transform((request) => ({ ...request, billing_info: request.billing_info ?? request.shipping_info }));
/** A request before its validation. */
export type CheckoutRequest = z.input<typeof CheckoutRequest>;

/**
 * The cart of a page. It has the field names of `CheckoutRequest`, but only `line_items[].product_id` and `.quantity` are required.
 * The other fields are hints for the server, and must be valid if present. A page may also pass a complete `CheckoutRequest`: its
 * URLs and metadata are then removed.
 */
export const CheckoutCart = z.object(
  {
    reference_id: optional(Id),
    customer: optional(z.object(partial(customer), expect(OBJECT))),
    line_items: lines(
      z.object(
        {
          product_id: Id,
          name: optional(Text),
          image_url: optional(WebUrl),
          price: optional(Cents),
          quantity: Quantity,
          currency: optional(Currency),
          hsa_fsa_eligible: optional(Flag),
          requires_lmn: optional(Flag),
        },
        expect(OBJECT),
      ),
    ),
    shipping_info: optional(z.object(partial(address), expect(OBJECT))),
    billing_info: optional(z.object(partial(address), expect(OBJECT))),
    ...amounts,
  },
  expect(OBJECT),
);
export type CheckoutCart = z.infer<typeof CheckoutCart>;
