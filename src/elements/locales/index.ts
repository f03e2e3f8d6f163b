/**
 * The languages that ship besides English: by the name of their file in this folder, which is also the `lang` of their words,
 * the language tags that get them. POSIX writes "es_MX" for "es-MX".
 */
const LOCALES = {
  es: /^es(?![a-z])/i,
  // Tags of the places and the script that write traditional characters are left out.
  'zh-Hans': /^zh(?![a-z])(?!.*\b(hant|tw|hk|mo)\b)/i,
};

/** A language that ships besides English. */
export type Locale = keyof typeof LOCALES;

export const LOCALE_NAMES = Object.keys(LOCALES) as Locale[];

/** The shipped language for a BCP 47 language tag; nothing where that is English. */
export function localeFor(tag: string): Locale | undefined {
  return LOCALE_NAMES.find((locale) => LOCALES[locale].test(tag.replaceAll('_', '-')));
}
