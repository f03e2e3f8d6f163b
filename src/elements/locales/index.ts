/**
 * The translations besides English: the name of the file in this folder, which is also the `lang` of its texts, and the
 * language tags that select it. A list of pairs, because some pages replace `Object.keys`.
 */
const LOCALES = [
  ['es', /^es(?![a-z])/i],
  // Does not match tags that select traditional characters by script or region, such as `zh-TW`. They get English.
  ['zh-Hans', /^zh(?![a-z])(?!.*\b(hant|tw|hk|mo)\b)/i],
] as const;

/** A translation besides English. */
export type Locale = (typeof LOCALES)[number][0];

export const LOCALE_NAMES: readonly Locale[] = LOCALES.map(([name]) => name);

/** The translation for a language tag; undefined for English and for languages without one. Also accepts POSIX's "es_MX". */
export function localeFor(tag: string): Locale | undefined {
  return LOCALES.find(([, tags]) => tags.test(tag.replaceAll('_', '-')))?.[0];
}
