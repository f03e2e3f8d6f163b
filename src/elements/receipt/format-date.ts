/** Writes a day in a language, or in English when the browser does not support the language. */
export function formatDate(date: Date, language: string): string {
  const options = { dateStyle: 'long' } as const;
  try {
    return date.toLocaleDateString([language.replaceAll('_', '-'), 'en'], options);
  } catch {
    // The language is not a valid language tag.
    return date.toLocaleDateString('en', options);
  }
}
