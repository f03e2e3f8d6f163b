import type { CheckoutCart } from '../../contract/check.js';
import type { DetailsStrings } from '../locales/en.js';

/** The groups of a cart that a shopper can fill in, in the order of the dialog. */
export const GROUPS = ['customer', 'shipping_info', 'billing_info'] as const;
export type Group = (typeof GROUPS)[number];

/** A field of the dialog. */
export interface Field {
  /** Path in the cart, such as `shipping_info.city`. */
  path: string;
  group: Group;
  /** Name within the group; also the key of its label among the strings. */
  name: string & keyof DetailsStrings;
  /** Autofill token (WCAG 1.3.5). */
  autocomplete: string;
  /** The `type` of the input, which selects a phone's keyboard. */
  type: string;
}

/** The fields of a group: name, autofill token, and the type of the input when it is not `text`. */
const CUSTOMER = 'email email email|first_name given-name|last_name family-name|phone tel tel';
const ADDRESS =
  'address_line_1 address-line1|address_line_2 address-line2|city address-level2|state address-level1|' +
  'postal_code postal-code|country country';

/** All fields, in the order of the contract. */
export const FIELDS: readonly Field[] = GROUPS.flatMap((group) =>
  (group === 'customer' ? CUSTOMER : ADDRESS).split('|').map((line) => {
    const [name, hint, type = 'text'] = line.split(' ');
    return {
      path: `${group}.${name}`,
      group,
      name: name as Field['name'],
      autocomplete: group === 'customer' ? hint! : `${group.split('_')[0]} ${hint}`,
      type,
    };
  }),
);

/** The key of the error text for a missing value. The country has none, because the dialog supplies it. */
export const missingError = ({ name }: Field) => `missing_${name}` as keyof DetailsStrings;

/** Whether a field in the dialog must be filled in. */
export const isRequired = ({ name }: Field): boolean => name !== 'address_line_2';

/**
 * The fields for these paths; undefined when a path is not a field of the dialog. The path of a group selects all its fields
 * except the phone. The second line of an address is included with the first.
 */
export function fieldsAt(paths: readonly string[]): Field[] | undefined {
  const isKnown = (path: string) =>
    GROUPS.includes(path as Group) || FIELDS.some((field) => field.path === path);
  if (!paths.every(isKnown)) return undefined;
  return FIELDS.filter(
    (field) =>
      paths.includes(field.path) ||
      (paths.includes(field.group) && field.name !== 'phone') ||
      (field.name === 'address_line_2' && paths.includes(`${field.group}.address_line_1`)),
  );
}

/** The cart's value for a field. */
export function textOf(cart: CheckoutCart, { group, name }: Field): string {
  return (cart[group] as Record<string, string> | undefined)?.[name] ?? '';
}

/** The states and territories of the US, and its armed forces abroad, with their postal codes. */
export const STATES =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|' +
  'DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|' +
  'KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|' +
  'MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|' +
  'NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|' +
  'SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|' +
  'WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|PR Puerto Rico|' +
  'VI U.S. Virgin Islands|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific';

/** The key of the error text for a value; undefined when the value is valid. */
export function errorIn(field: Field, text: string, isUs: boolean): keyof DetailsStrings | undefined {
  if (!text) return isRequired(field) ? missingError(field) : undefined;
  // A rough check: the server validates again, and its error appears at the same field.
  if (field.name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)) return 'wrongEmail';
  if (field.name === 'postal_code' && isUs && !/^\d{5}(-\d{4})?$/.test(text)) return 'wrongZip';
  return undefined;
}
