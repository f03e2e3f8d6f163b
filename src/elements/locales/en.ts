/** Texts of the button and the badge. `docs/copy-rules.md` defines the claims that they may make. */
export const en = {
  /** Label of the button. */
  pay: 'Pay with HSA/FSA',
  /** Label for a cart without eligible items. Also the text of the link to a payment page that the browser did not open. */
  continue: 'Continue to checkout',
  /** Label after a price increase. */
  continueWith: 'Continue with {to}',
  /** Label while a session is requested and the payment page opens. All labels of one button should be about as long. */
  creating: 'Opening checkout…',
  /** Label after the shopper has waited for more than five seconds. */
  waiting: 'Still working…',
  /** Label in place of `creating` when the session moves no real money. */
  test: 'Test checkout…',
  /** Badge of one product that is approved automatically. */
  eligible: 'HSA/FSA eligible',
  /** Badge of a cart in which every line is eligible. */
  allEligible: 'All items are HSA/FSA eligible',
  /** Badge of a product or a cart that needs a Letter of Medical Necessity. */
  lmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity',
  /** Lines of the badge of a mixed cart, each with its amount. The line for the part that needs a letter is `lmn`. */
  partEligible: 'May be paid with HSA/FSA',
  partRest: 'You’ll use another card',
  partTotal: 'Total before shipping and tax',
  /** Badge of a mixed cart whose amounts are unknown. */
  splitSome: 'Some items may be paid with HSA/FSA. You’ll use another card for the rest.',
  /** Label of the button after the badge text. The button opens the explanation. */
  learnMore: 'Learn more',
  /** Errors while the file with their texts is missing. */
  error: 'Something went wrong. Please try again.',
  offline: 'You appear to be offline. Check your connection and try again.',
  empty_cart: 'Your cart is empty. Add an item to check out.',
};

/** Texts of the details dialog. The key of a field's label is the name of the field. */
export const detailsEn = {
  /** The dialog's heading. */
  details: 'Your details',
  /** The sum of the cart: while shipping and tax are unknown, and with both. */
  detailsSubtotal: '{total} before shipping and tax',
  detailsTotal: 'Total: {total}',
  /** Who gets the details: the hosts of the shop and of the payment page, which is empty when the shop hosts that page. */
  detailsWhy: 'Sent to {shop} and its payment provider {provider} to open the payment page.',
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
  /** The only country, shown as text: HSA and FSA are US accounts. */
  us: 'United States',
  /** Added in parentheses to the label of an optional field. */
  optional: 'optional',
  /** Placeholder of the list of states. */
  choose: 'Choose…',
  sameAddress: 'Same as the shipping address',
  /** Errors, shown at their field. `wrong` is for a value that the server rejects; `{field}` is the field's label. */
  missing_email: 'Enter your email address.',
  missing_first_name: 'Enter your first name.',
  missing_last_name: 'Enter your last name.',
  missing_phone: 'Enter your phone number.',
  missing_address_line_1: 'Enter your street address.',
  missing_city: 'Enter your city.',
  missing_state: 'Choose your state.',
  missing_postal_code: 'Enter your ZIP code.',
  wrongEmail: 'Enter an email address such as name@example.com.',
  wrongZip: 'Enter a ZIP code such as 60614.',
  wrong: 'Check “{field}”.',
  /** For screen readers, when three fields or more are wrong. */
  errorCount: '{count} fields need attention',
  submitDetails: 'Continue to payment',
  cancel: 'Cancel',
};

/** Texts of the "Learn more" dialog. */
export const learnMoreEn = {
  learnTitle: 'About paying with HSA/FSA',
  learnAccountsTitle: 'What HSA and FSA are for',
  learnAccounts:
    'A health savings account (HSA) and a flexible spending account (FSA) are for medical care: to diagnose, treat or prevent a condition. General wellness is not medical care.',
  learnLetterTitle: 'Items that may be eligible with a Letter of Medical Necessity',
  learnLetter:
    'In this letter, a licensed practitioner says why you need an item for a medical condition. Some items may be eligible only with it.',
  learnWriterTitle: 'Who writes it',
  learnWriter:
    'A licensed practitioner who looks at your condition, such as one who treats you. The shop cannot write it.',
  learnWhenTitle: 'When you are asked for it',
  learnWhen: 'At the payment or after it, on the payment provider’s page, and only if an item needs one.',
  learnWithoutTitle: 'Without a letter',
  learnWithout:
    'That part cannot be paid with HSA/FSA. You may use another card for it. With a letter, your plan may still say no.',
  learnSplitTitle: 'When only a part is eligible',
  learnSplit:
    'When your cart holds other items too, the eligible part may be paid with HSA/FSA. You use another card for the rest.',
  learnDecidesTitle: 'Who decides',
  learnDecides: 'Not tax advice. Your plan administrator decides.',
  learnClose: 'Close',
};

/** Texts of the status element. Only a payment that the server has confirmed is called received. */
export const statusEn = {
  confirming: 'Confirming your payment…',
  retrying: 'Still confirming your payment. Retrying…',
  unconfirmed: 'Not confirmed yet. Check your email before you pay again.',
  paid: 'Payment received.',
  expired: 'This checkout expired. Nothing was charged by this checkout.',
  failed: 'The payment didn’t go through. Nothing was charged.',
  cancelled: 'This checkout was cancelled. Nothing was charged.',
  refunded: 'This payment was refunded.',
  missing: 'We couldn’t find this checkout.',
  retry: 'Start again',
};

/** Texts of the receipt on the return page, and of its printed sheet. They load when a checkout has ended. */
export const receiptEn = {
  /** Headings, by outcome. The element hides a text of the status that only repeats the heading. */
  paidTitle: 'Payment received',
  failedTitle: 'Payment failed',
  cancelledTitle: 'Payment cancelled',
  expiredTitle: 'Checkout expired',
  refundedTitle: 'Payment refunded',
  missingTitle: 'Checkout not found',
  /** The sum of the session: after a payment, and when nothing was charged. */
  amount: 'Amount',
  orderTotal: 'Order total',
  /** The parts of the sum, by the card that paid them. */
  hsaCard: 'HSA/FSA card',
  otherCard: 'Another card',
  reference: 'Reference',
  date: 'Date',
  /** The link after a payment. */
  continueShopping: 'Continue shopping',
  save: 'Save or print',
  /** The printed sheet. */
  receipt: 'Receipt',
  item: 'Item',
  quantity: 'Quantity',
  unitPrice: 'Price each',
  itemEligibility: 'HSA/FSA eligibility',
  itemEligible: 'HSA/FSA eligible',
  itemLmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity',
  itemRegular: 'Not HSA/FSA eligible',
  itemUnknown: 'Not known',
  shipping: 'Shipping',
  tax: 'Tax',
  discount: 'Reduction',
  total: 'Total',
  /** Below the items, when one may be eligible with a letter. */
  keepLetter:
    'Items that may be eligible with a Letter of Medical Necessity: keep the letter with this receipt.',
  planDecides: 'Not tax advice. Your plan administrator decides.',
};

/** Texts of the button's messages. They load with the first press. */
export const messageEn = {
  /** Errors, by code; `server` is for codes without a text of their own. `tryAgain`, `tryIn` or `otherWay` follows. */
  server: 'Something went wrong on our side.',
  network: 'We couldn’t reach checkout.',
  timeout: 'This is taking longer than expected. You haven’t been charged.',
  rate_limited: 'Too many requests.',
  rejected: 'Some cart details need attention. Please review your cart.',
  too_large: 'Your cart is too large for this payment method. Please remove some items.',
  unavailable: 'HSA/FSA checkout isn’t available for this cart.',
  session_expired: 'That checkout link expired.',
  session_closed: 'This order is already paid.',
  navigation_blocked: 'The payment page didn’t open by itself.',
  aborted: 'Your cart changed.',
  /** Replaces `rejected` when the error names one item. */
  rejectedItem: '“{item}” needs attention. Please review your cart.',
  /** Next steps: when pressing again may help, at once or after a wait such as "30 seconds", and when another press may not. */
  tryAgain: 'Please try again.',
  tryIn: 'Please try again in {wait}.',
  otherWay: 'You can use another payment method.',
  /** Label after the error `session_closed`, when the order is already paid. */
  buyAgain: 'Buy again',
  /** Panel after a price increase: of the whole amount, or of the items without shipping and tax. The label is `continueWith`. */
  repriced: 'The total changed from {from} to {to}.',
  repricedItems: 'The price of your items changed from {from} to {to}, before shipping and tax.',
  /** Outcomes of a payment page that the shopper has come back from. */
  cancelledOutcome: 'Payment cancelled. Nothing was charged.',
  failedOutcome: 'The payment didn’t go through. Nothing was charged.',
  expiredOutcome: 'This checkout expired. Nothing was charged.',
};

/** The texts of the button and the badge. Replace any of them with the `strings` property. */
export type Strings = typeof en;

/** The texts of the details dialog. Replace any of them with the `strings` property. */
export type DetailsStrings = typeof detailsEn;

/** The texts of the "Learn more" dialog. Replace any of them with the `strings` property. */
export type LearnMoreStrings = typeof learnMoreEn;

/** The texts of the status element. Replace any of them with the `strings` property. */
export type StatusStrings = typeof statusEn;

/** The texts of the receipt. Replace any of them with the `strings` property of the status element. */
export type ReceiptStrings = typeof receiptEn;

/** The texts of the button's messages. Replace any of them with the `strings` property. */
export type MessageStrings = typeof messageEn;

/** All texts of a language. Each text states the same conditions as its English original, such as "may be eligible". */
export interface Translation {
  strings: Strings;
  details: DetailsStrings;
  learnMore: LearnMoreStrings;
  status: StatusStrings;
  receipt: ReceiptStrings;
  message: MessageStrings;
}
