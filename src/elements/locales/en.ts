/** Words of the button and the badge. `docs/copy-rules.md` says what they may claim. */
export const en = {
  /** The button. */
  pay: 'Pay with HSA/FSA',
  /** The button, for a cart without eligible items; and the link to a payment page that did not open by itself. */
  continue: 'Continue to checkout',
  /** The button while a session is being made, and while the page is being left. */
  creating: 'Opening secure checkout…',
  /** The button when that takes over five seconds. */
  waiting: 'Still working…',
  /** The badge of one product that is approved automatically. */
  eligible: 'HSA/FSA eligible',
  /** The badge of a cart of which every line is known to be eligible. */
  allEligible: 'All items are HSA/FSA eligible',
  /** The badge of a product, or of a cart, that needs a Letter of Medical Necessity. */
  lmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity',
  /** The badge of a mixed cart: what is eligible, what needs a letter, and the rest; a sentence each. */
  split: '{eligible} of {total} may be paid with HSA/FSA.',
  splitLmn: '{lmn} may be HSA/FSA eligible with a Letter of Medical Necessity.',
  splitRest: 'You’ll use another card for the rest.',
  /** The first of them where the amounts are not known. */
  splitSome: 'Some items may be paid with HSA/FSA.',
  /** The button behind the badge that explains it. */
  learnMore: 'Learn more',
  /** Errors, by code; `error` is said for every code that has no words of its own. */
  error: 'Something went wrong on our side. Please try again.',
  offline: 'You appear to be offline. Check your connection and try again.',
  network: 'We couldn’t reach checkout. Please try again.',
  timeout: 'This is taking longer than expected. You haven’t been charged. Please try again.',
  rate_limited: 'Too many requests. Please try again in a minute.',
  rejected: 'Some cart details need attention. Please review your cart.',
  too_large: 'Your cart is too large for this payment method. Please remove some items.',
  empty_cart: 'Your cart is empty. Add an item to check out.',
  unavailable: 'HSA/FSA checkout isn’t available for this cart. Please use another payment method.',
  session_expired: 'That checkout link expired. Please try again.',
  session_closed: 'This order is already paid.',
  navigation_blocked: 'The payment page didn’t open by itself.',
  aborted: 'Your cart changed. Please try again.',
  /** The button after a paid session. */
  buyAgain: 'Buy again',
  /** Where the server asks for more than the page stated. The button then says `continue`. */
  repriced: 'The total is now {total}. Continue?',
  /** Behind the busy words, where no real money moves. */
  test: 'test mode',
};

/** Words of the dialog that asks for missing details. A field's label has the name of the field. */
export const detailsEn = {
  /** The dialog's heading, and the line below it. */
  details: 'Your details',
  detailsWhy: 'These are needed to open the payment page.',
  customer: 'Contact',
  shipping_info: 'Shipping address',
  billing_info: 'Billing address',
  email: 'Email',
  first_name: 'First name',
  last_name: 'Last name',
  phone: 'Phone',
  address_line_1: 'Street address',
  address_line_2: 'Apartment, suite, unit',
  city: 'City',
  state: 'State',
  postal_code: 'ZIP code',
  country: 'Country',
  /** The one country that is offered: HSA and FSA are US accounts. */
  us: 'United States',
  /** Behind the label of a field that may stay empty. */
  optional: 'optional',
  /** What the list of states says before one is chosen. */
  choose: 'Choose…',
  sameAddress: 'Same as the shipping address',
  /** Errors, each beside its field. */
  missing: 'Please fill this in.',
  wrongEmail: 'Please enter an email address such as name@example.com.',
  wrongZip: 'Please enter a ZIP code such as 60614 or 60614-1234.',
  wrong: 'Please check this.',
  submitDetails: 'Continue to payment',
  cancel: 'Cancel',
};

/** Words of the dialog behind "Learn more". */
export const learnMoreEn = {
  learnTitle: 'About paying with HSA/FSA',
  learnAccounts:
    'A health savings account (HSA) and a flexible spending account (FSA) are for medical care: to diagnose, treat or prevent a condition. General wellness is not medical care.',
  learnLetter:
    'Some items may be eligible only with a Letter of Medical Necessity, in which a licensed practitioner says why you need them for a medical condition.',
  learnSplit:
    'When your cart holds other items too, the eligible part may be paid with HSA/FSA. You use another card for the rest.',
  learnDecides: 'Not tax advice. Your plan administrator decides.',
  learnClose: 'Close',
};

/** Words of the status element. Only a payment that the server confirmed is called paid. */
export const statusEn = {
  confirming: 'Confirming your payment…',
  retrying: 'Still confirming your payment. Retrying…',
  unconfirmed: 'Not confirmed yet. Check your email before you pay again.',
  paid: 'Payment received.',
  expired: 'This checkout expired. Nothing was charged by this checkout.',
  failed: 'The payment didn’t go through.',
  cancelled: 'This checkout was cancelled. Nothing was charged by this checkout.',
  refunded: 'This payment was refunded.',
  missing: 'We couldn’t find this checkout.',
  retry: 'Start again',
};

/** The words of the button and the badge. Replace any of them with `.strings`. */
export type Strings = typeof en;

/** The words of the dialog that asks for missing details. Replace any of them with `.strings`. */
export type DetailsStrings = typeof detailsEn;

/** The words of the dialog behind "Learn more". Replace any of them with `.strings`. */
export type LearnMoreStrings = typeof learnMoreEn;

/** The words of the status element. Replace any of them with `.strings`. */
export type StatusStrings = typeof statusEn;

/** All words of a language, each with the same conditions as in English. */
export interface Translation {
  strings: Strings;
  details: DetailsStrings;
  learnMore: LearnMoreStrings;
  status: StatusStrings;
}
