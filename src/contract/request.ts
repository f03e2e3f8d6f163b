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

const say = (expected: string) => ({ error: `expected ${expected}` });
const text = (rule: Rule) =>
  z.string(say(rule.expected)).refine((value) => fits(rule, value), say(rule.expected));

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

/**
 * A field that may be missing. A null is a missing field: databases and templates write one so. The copy has no null.
 */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** The same fields, each of which may be missing. */
const partial = <S extends Record<string, z.ZodType>>(fields: S) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, optional(schema)])) as {
    [K in keyof S]: ReturnType<typeof optional<S[K]>>;
  };

/** An id: of an order, of a product. */
export const Id = text(ID);
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

const customer = { email: Email, first_name: Text, last_name: Text, phone: optional(FreeText) };

/** Who buys. */
export const Customer = z.object(customer, say(OBJECT));
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
export const Address = z.object(address, say(OBJECT));
export type Address = z.input<typeof Address>;

/** One product being bought. `price` is the price of one piece, in cents; `product_id` must be a synced product's. */
export const LineItem = z.object(
  {
    product_id: Id,
    name: Text,
    image_url: optional(WebUrl),
    price: Cents,
    quantity: Quantity,
    currency: Currency,
  },
  say(OBJECT),
);
export type LineItem = z.input<typeof LineItem>;

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

/** The longest metadata, in characters of JSON. */
const MAX_METADATA_LENGTH = 16_384;

/** Whether a value can be sent as JSON of a sane size. A cycle and a bigint cannot. */
function isSmallJson(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MAX_METADATA_LENGTH;
  } catch {
    return false;
  }
}

/** Custom key-values, and where the provider sends `order.created`. */
export const Metadata = z
  .looseObject({ webhook_url: optional(WebUrl) }, say(OBJECT))
  .refine(isSmallJson, say('at most 16,384 characters of JSON'));
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
    reference_id: optional(Id),
    customer: optional(z.object(partial(customer), say(OBJECT))),
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
        say(OBJECT),
      ),
    ),
    shipping_info: optional(z.object(partial(address), say(OBJECT))),
    billing_info: optional(z.object(partial(address), say(OBJECT))),
    ...amounts,
  },
  say(OBJECT),
);
export type CheckoutCart = z.infer<typeof CheckoutCart>;
