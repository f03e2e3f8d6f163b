/** A card that the sandbox's payment page accepts. */
export interface TestCard {
  /** 16 digits in groups of four. */
  readonly number: string;
  /** Its name on the payment page. */
  readonly label: string;
  /**
   * `hsa` pays the part of the total that HSA/FSA money covers. `credit` pays the rest. The payment page refuses a card for the
   * other part.
   */
  readonly kind: 'hsa' | 'credit';
  /** The message with which the card is declined. Absent if payments with the card succeed. */
  readonly declined?: string;
}

/** The cards that the sandbox's payment page accepts. Never type a real card number: the page refuses all others. */
export const TEST_CARDS = {
  /** An HSA or FSA card with enough money. */
  hsa: { number: '4000 0000 0000 0010', label: 'HSA/FSA card', kind: 'hsa' },
  /** An ordinary card that pays. */
  credit: { number: '4000 0000 0000 0028', label: 'Credit card', kind: 'credit' },
  /** An ordinary card that its bank declines. */
  declined: {
    number: '4000 0000 0000 0036',
    label: 'Credit card, declined',
    kind: 'credit',
    declined: 'The credit card was declined. Nothing was charged. Try another card.',
  },
  /** An HSA or FSA card without enough money. */
  hsaDeclined: {
    number: '4000 0000 0000 0044',
    label: 'HSA/FSA card, declined',
    kind: 'hsa',
    declined: 'The HSA/FSA card does not hold enough money. Nothing was charged. Try another card.',
  },
} as const satisfies Record<string, TestCard>;

const digits = (text: string) => text.replace(/\D/g, '');

/** Finds a test card by its number, with or without spaces. */
export function findCard(number: string): TestCard | undefined {
  return Object.values(TEST_CARDS).find((card) => digits(card.number) === digits(number));
}
