/** Every text of the status element, in English. Nothing is called paid but what the server says is. */
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

/** Every text that the status element can show. Replace any of them with `.strings`. */
export type StatusStrings = typeof statusEn;
