/**
 * The languages that ship besides English: the name of their file in this folder, which is also the `lang` of their words, and
 * the language tags that get them. A list of pairs, because some pages replace `Object.keys`.
 */
const LOCALES = [
  ['es', /^es(?![a-z])/i],
  // Tags of the places and the script that write traditional characters are left out.
  ['zh-Hans', /^zh(?![a-z])(?!.*\b(hant|tw|hk|mo)\b)/i],
] as const;

/** A language that ships besides English. */
export type Locale = (typeof LOCALES)[number][0];

export const LOCALE_NAMES: readonly Locale[] = LOCALES.map(([name]) => name);

/** The shipped language for a language tag; nothing where that is English. POSIX writes "es_MX" for "es-MX". */
export function localeFor(tag: string): Locale | undefined {
  return LOCALES.find(([, tags]) => tags.test(tag.replaceAll('_', '-')))?.[0];
}
