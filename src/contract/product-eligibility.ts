import type { LineEligibility } from '../core/index.js';
import type { SyncedProduct } from './product.js';

/** The eligibility types without a condition, in the spellings of all versions of the API. An empty type is one, too. */
const UNCONDITIONAL_TYPE = /^((auto[\W_]*substantiat(ion|ed)|sigis|vision)([\W_]*eligible)?)?$/;

/**
 * The expressions that stand for a Letter of Medical Necessity: LMN, LOMN, L.M.N., "letter of …", "medical necessity", dual
 * purpose, dual use, and the same in Spanish. Matched against normalized text.
 */
const NEEDS_LETTER = new RegExp(
  [
    '(?<![a-z])l[\\W_]{0,3}(o[\\W_]{0,3})?m[\\W_]{0,3}n([\\W_]?s)?(?![a-z])',
    '(?<![a-z])letters?[\\W_]{0,3}of',
    'medical[\\W_]{0,3}necessit',
    'necessity[\\W_]{0,3}(letter|certificate|form|note)',
    'dual[\\W_]{0,3}(purpose|use)',
    'cartas?[\\W_]{0,3}de[\\W_]{0,3}necesidad',
    'necesidad[\\W_]{0,3}medica',
    'doble[\\W_]{0,3}(uso|proposito|finalidad)',
  ].join('|'),
);

/**
 * The words of messages without a condition. A message with any other word may state one ("if", "prescription", "pending
 * review"). The opposite list, of the words that state a condition, would never be complete.
 */
const PLAIN_WORDS = new Set(
  (
    'eligible eligibility approved qualified qualifies qualifying covered accepted yes confirmed verified ' +
    'hsa fsa hra hsas fsas hras health savings flexible spending reimbursement arrangement account accounts ' +
    'sigis iias list listed auto automatic automatically substantiation substantiated vision medical expense expenses ' +
    'this the a an product products item items it is are as and or for by of on to in your you s has been fully ' +
    'under rule rules irs guideline guidelines otc over counter medicine medicines device devices ' +
    'pay paid payment purchase purchased buy bought funds money dollars card cards ' +
    'elegible elegibles producto productos articulo articulos este esta es son para con cuenta cuentas de la el los las y o'
  ).split(' '),
);
/** "with" before an account ("paid with your HSA") states no condition. Elsewhere it may begin one. */
const WITH_ACCOUNT =
  /(?<![a-z])with (?=(your |an? )?(hsa|fsa|hra|health savings|flexible spending)(?![a-z]))/g;
/** "can" and "be" before a purchase ("can be bought") state no condition. "Can be eligible" and "to be confirmed" do. */
const CAN_BUY = /(?<![a-z])can (?=(be (purchased|bought|paid)|pay|buy|purchase)(?![a-z]))(be )?/g;

/** Converts a text to lower case without accents and invisible characters. White space becomes a single space. */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Whether every word of a normalized message is one of a message without a condition. */
function isUnconditional(message: string): boolean {
  return message
    .replace(WITH_ACCOUNT, '')
    .replace(CAN_BUY, '')
    .split(/[ .,:;!/|()&+_\u2010-\u2015'\u2019"\u201c\u201d-]+/)
    .every((word) => !word || PLAIN_WORDS.has(word));
}

/**
 * The eligibility of a product, read from the provider's response. A dual-purpose product has `hsa_fsa_eligible: true`, and only
 * its `eligibility_type` or `message` mentions the Letter of Medical Necessity: it is `lmn`. An eligible product is `unknown` if
 * its type is unknown, or if its message may state another condition (a prescription, a review).
 */
export function productEligibility(product: SyncedProduct): LineEligibility {
  const { hsa_fsa_eligible, message, eligibility_type } = product.eligibility ?? {};
  if (hsa_fsa_eligible === false) return 'regular';
  if (hsa_fsa_eligible !== true) return 'unknown';
  const type = normalize(String(eligibility_type ?? ''));
  const text = normalize(String(message ?? ''));
  if (NEEDS_LETTER.test(type) || NEEDS_LETTER.test(text)) return 'lmn';
  return UNCONDITIONAL_TYPE.test(type) && isUnconditional(text) ? 'eligible' : 'unknown';
}
