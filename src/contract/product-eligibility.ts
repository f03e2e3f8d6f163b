import type { LineEligibility } from '../core/index.js';
import type { SyncedProduct } from './product.js';

/** The types that a product has when HSA/FSA money pays for it without a condition, in the spellings of all versions. */
const UNCONDITIONAL_TYPE = /^((auto[\W_]*substantiat(ion|ed)|sigis|vision)([\W_]*eligible)?)?$/;

/**
 * How providers say that a Letter of Medical Necessity is needed: LMN, LOMN, L.M.N., "letter of …", "medical necessity",
 * dual purpose, dual use, and the same in Spanish. Applied to normalized text.
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
 * The words of a message that states no condition. A message with any other word may state one ("if", "prescription",
 * "pending review"), and no list of such words is ever whole.
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
/** "with" joins a plain message only before an account ("paid with your HSA"): elsewhere it begins a condition. */
const WITH_ACCOUNT =
  /(?<![a-z])with (?=(your |an? )?(hsa|fsa|hra|health savings|flexible spending)(?![a-z]))/g;
/** "can" and "be" are plain where somebody buys. "Can be eligible" and "to be confirmed" are no yes. */
const CAN_BUY = /(?<![a-z])can (?=(be (purchased|bought|paid)|pay|buy|purchase)(?![a-z]))(be )?/g;

/** Lower case, compatibility forms resolved, without accents and invisible characters; each white space is one blank. */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Whether a normalized message states no condition, as far as every word of it is known. */
function isPlain(message: string): boolean {
  return message
    .replace(WITH_ACCOUNT, '')
    .replace(CAN_BUY, '')
    .split(/[ .,:;!/|()&+_\u2010-\u2015'\u2019"\u201c\u201d-]+/)
    .every((word) => !word || PLAIN_WORDS.has(word));
}

/**
 * The meaning of the provider's answer on a product. A dual-purpose product answers `hsa_fsa_eligible: true` and says only
 * in `eligibility_type` or `message` that a Letter of Medical Necessity is needed: it is `lmn`. An eligible product whose
 * type is unknown, or whose message may state another condition (a prescription, a review), is `unknown`.
 */
export function productEligibility(product: SyncedProduct): LineEligibility {
  const { hsa_fsa_eligible, message, eligibility_type } = product.eligibility ?? {};
  if (hsa_fsa_eligible === false) return 'regular';
  if (hsa_fsa_eligible !== true) return 'unknown';
  const type = normalize(String(eligibility_type ?? ''));
  const words = normalize(String(message ?? ''));
  if (NEEDS_LETTER.test(type) || NEEDS_LETTER.test(words)) return 'lmn';
  return UNCONDITIONAL_TYPE.test(type) && isPlain(words) ? 'eligible' : 'unknown';
}
