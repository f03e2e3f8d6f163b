import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import {
  detailsEn,
  en,
  learnMoreEn,
  messageEn,
  receiptEn,
  statusEn,
  type Translation,
} from '../../src/elements/locales/en.js';
import { LOCALE_NAMES, type Locale } from '../../src/elements/locales/index.js';
import { eligibilityLines, eligibilityText, formatMoney } from '../../src/elements/shared/strings.js';
import { fc } from '../support/property-runs.js';
import { DOCUMENTS } from '../support/documents.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** Claims that no text may make (IRC section 213(d), IR-2024-65), from the table of copy rules. */
const FORBIDDEN: [pattern: RegExp, instead: string][] = [
  [/(IRS|FDA)[- ]approved|guarantee/i, 'HSA/FSA eligible'],
  [/everyone qualifies|(instant|quick) (LMN|letter)/i, 'with a Letter of Medical Necessity'],
  [/doctor/i, 'licensed practitioner'],
  [/your cart is (HSA|FSA|HSA\/FSA) eligible/i, 'All items are HSA/FSA eligible'],
  [/save \d|save up to|\d+ ?% off|tax[- ]free|tax[- ]deductible/i, 'nothing'],
  [/(will|can) be reimbursed/i, 'Your plan administrator decides'],
  [/claim your (HSA|FSA)|use it or lose it|hurry|expires soon/i, 'Pay with HSA/FSA'],
  [/approved by your (HSA|FSA)/i, 'Payment received'],
  // The same in Spanish.
  [
    /(aprobad|avalad|certificad)[oa]s? por (el |la |su )?(IRS|FDA|HSA|FSA)|garantiza/i,
    'Elegible para HSA/FSA',
  ],
  [
    /(todos|cualquiera) (califican?|cumplen?)|carta.*(instantánea|rápida|inmediata)/i,
    'una carta de necesidad médica',
  ],
  [/\b(médicos?|doctor(a|es|as))\b/i, 'profesional de la salud con licencia'],
  [/su carrito es elegible/i, 'Todos los artículos son elegibles para HSA/FSA'],
  [/\bahorr(a|ar|e|o)\b|descuento|rebaja|(libre|exento)s? de impuestos|sin impuestos|deducible/i, 'nada'],
  [/(será|serán|podrá) reembolsad|se le reembolsará/i, 'Su administrador del plan decide'],
  // The same in Simplified Chinese.
  [/(IRS|FDA|HSA|FSA) ?(批准|认可|认证)|保证/, '符合 HSA/FSA 条件'],
  [/(人人|所有人|任何人)都?符合|(即时|快速|立即).*证明信/, '凭医疗必要性证明信或可'],
  [/医生|大夫/, '持照医疗从业者'],
  [/您的购物车(符合|有资格)/, '所有商品均符合 HSA/FSA 条件'],
  [/节省|省钱|折扣|优惠|免税|抵税|可扣除/, '无'],
  [/(将|会|可以?)(获得)?报销/, '由您的计划管理机构决定'],
  [/领取您的|不用就作废|抓紧|即将过期/, '使用 HSA/FSA 支付'],
  [/reclame su|úselo o piérdalo|apresúrese|vence pronto/i, 'Pagar con HSA/FSA'],
];

/** The forbidden claims in a text. */
const claims = (text: string) =>
  FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, instead]) => instead);

/** The text of a file without the name of the command `doctor`, which shoppers do not read. */
function textOf(file: string): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return text.replaceAll(file.startsWith(join('src', 'cli')) ? /doctor/g : 'hsa-checkout-button doctor', '');
}

function textFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|html|css|svg|json|liquid)$/.test(file))
    .map((file) => join(folder, file));
}

const ENGLISH: Translation = {
  strings: en,
  details: detailsEn,
  learnMore: learnMoreEn,
  status: statusEn,
  message: messageEn,
  receipt: receiptEn,
};

/** The phrases of each language for the condition of a Letter of Medical Necessity. */
const PHRASES: Record<'en' | Locale, { letter: RegExp; may: RegExp }> = {
  en: { letter: /medical necessity/i, may: /\bmay be\b/i },
  es: { letter: /carta de necesidad médica/i, may: /\bpueden? ser\b/i },
  'zh-Hans': { letter: /医疗必要性证明信/, may: /或可|可能|才可能/ },
};

const groupsOf = (words: Translation) => Object.entries(words) as [string, Record<string, string>][];
const translations = new Map<'en' | Locale, Translation>([['en', ENGLISH]]);
for (const locale of LOCALE_NAMES) {
  const { translation } = (await import(`../../src/elements/locales/${locale}.js`)) as {
    translation: Translation;
  };
  translations.set(locale, translation);
}

describe('the texts', () => {
  for (const [locale, words] of translations)
    for (const [group, texts] of groupsOf(words))
      for (const [key, text] of Object.entries(texts))
        it(`of ${locale}, ${group}.${key}, make no forbidden claim`, () => {
          assert.deepEqual(claims(text), []);
          // An item that needs a letter is never called eligible without that condition.
          const { letter, may } = PHRASES[locale];
          if (letter.test(text)) assert.match(text, may);
        });

  for (const locale of LOCALE_NAMES)
    for (const [group, texts] of groupsOf(ENGLISH))
      for (const [key, text] of Object.entries(texts))
        it(`of ${locale} have ${group}.${key}, with the same amounts and names`, () => {
          const translated = (
            translations.get(locale)![group as keyof Translation] as Record<string, string>
          )[key]!;
          const fixed = (words: string) => words.match(/\{\w+\}|HSA\/FSA/g)?.sort();
          assert.ok(translated);
          assert.deepEqual(fixed(translated), fixed(text));
          assert.equal(PHRASES[locale].letter.test(translated), PHRASES.en.letter.test(text));
          assert.notEqual(translated, text);
        });

  it('of the demo, the sources and the documents make no forbidden claim', () => {
    const files = [...DOCUMENTS, ...textFiles('demo'), ...textFiles('src')];
    assert.ok(files.length > 100);
    for (const file of files) assert.deepEqual(claims(textOf(file)), [], file);
  });

  it('with a forbidden claim are found', () => {
    for (const text of [
      'IRS-approved',
      'Ask your doctor',
      'Save 30 %',
      'Use it or lose it',
      'You will be reimbursed',
      'Aprobado por el IRS',
      'Resultado garantizado',
      'Consulte a su médico',
      'Ahorre un 30 %',
      'Libre de impuestos',
      'Se le reembolsará',
      '已获 FDA 批准',
      '请咨询您的医生',
      '立省 30%，享受折扣',
      '您将获得报销',
    ])
      assert.equal(claims(text).length, 1, text);
  });

  it('are empty for an unknown or regular cart, and for an unknown eligibility', () => {
    for (const eligibility of ['unknown', 'regular', 'eligible?'] as never[])
      assert.equal(eligibilityText(en, { eligibility }), '');
  });

  it('have the defaults of the copy rules', () => {
    assert.equal(en.pay, 'Pay with HSA/FSA');
    assert.equal(en.continue, 'Continue to checkout');
    assert.equal(en.eligible, 'HSA/FSA eligible');
    assert.equal(en.allEligible, 'All items are HSA/FSA eligible');
    assert.equal(en.lmn, 'May be HSA/FSA eligible with a Letter of Medical Necessity');
    assert.match(statusEn.paid, /^Payment received/);
    const mixed = { eligibility: 'split', eligibleCents: 4995, lmnCents: 0, totalCents: 8993 } as const;
    assert.equal(eligibilityText(en, { eligibility: 'split' }), en.splitSome);
    assert.deepEqual(
      eligibilityLines(en, mixed).map(([text, cents]) => `${text} ${formatMoney(cents)}`),
      [
        'May be paid with HSA/FSA $49.95',
        'You’ll use another card $39.98',
        'Total before shipping and tax $89.93',
      ],
    );
  });
});

describe('amounts', () => {
  const cents = fc.bigInt({ min: 0n, max: BigInt(10 ** 15) }).map(Number);
  const byIntl = (totalCents: number, locale: string) =>
    (totalCents / 100).toLocaleString(locale, { style: 'currency', currency: 'USD' });

  it('in American English equal those of Intl, although they are formatted without it', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom('en', 'en-US', 'en_US', 'EN-us'), (amount, locale) =>
        assert.equal(formatMoney(amount, locale), byIntl(amount, 'en-US')),
      ),
    );
  });

  it('in other languages, and in other kinds of English, equal those of Intl', () => {
    for (const locale of ['en-CA', 'en-GB', 'es', 'es-US', 'ar-u-nu-latn'])
      assert.equal(formatMoney(123_456_789, locale), byIntl(123_456_789, locale));
    assert.notEqual(formatMoney(100, 'en-CA'), formatMoney(100, 'en'));
  });

  it('with an invalid language tag are in English', () => {
    assert.equal(formatMoney(123_456_789, '?'), '$1,234,567.89');
  });
});
