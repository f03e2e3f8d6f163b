/** A card that the sandbox's payment page knows. */
export interface TestCard {
  /** 16 digits in groups of four. */
  readonly number: string;
  /** What the payment page calls it. */
  readonly label: string;
  /** `hsa` pays for eligible amounts only, `credit` for all others only. */
  readonly kind: 'hsa' | 'credit';
  /** The sentence with which the card is declined; absent when it pays. */
  readonly declined?: string;
}

/** Every card that the sandbox's payment page takes. No other number means anything there: never type a real one. */
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

/** Finds the test card with a number, however it is spaced. */
export function findCard(number: string): TestCard | undefined {
  return Object.values(TEST_CARDS).find((card) => digits(card.number) === digits(number));
}
