import type { Settings } from '../settings.js';

/** A file that a merchant copies. */
export interface SnippetFile {
  /** Its name or its place. */
  name: string;
  code: string;
  /** A note for its use. */
  note?: string;
}

/** The path of the handler in the snippets. */
export const ENDPOINT = '/api/hsa-checkout';

/** The attributes that differ from the element's defaults, by name. A boolean attribute is empty. */
export function attributesOf(settings: Settings): Record<string, string> {
  const { theme, locale, eligibility, details, whenRegular, badge, learnMore } = settings;
  return {
    endpoint: ENDPOINT,
    ...(theme !== 'auto' && { theme }),
    ...(locale && { locale }),
    ...(eligibility !== 'lines' && eligibility !== 'endpoint' && { eligibility }),
    ...(whenRegular !== 'show' && { 'when-regular': whenRegular }),
    ...(details !== 'auto' && { details }),
    ...(badge !== 'below' && { badge }),
    ...(learnMore === 'yes' && { 'learn-more': '' }),
  };
}

/** Escapes a text for HTML, inside and outside of attributes. It also escapes braces, which Vue reads. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'{}]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Writes a value as JSON that cannot end a script element. */
export function json(value: unknown, indent = ''): string {
  return JSON.stringify(value, null, 2).replaceAll('<', '\\u003c').replaceAll('\n', `\n${indent}`);
}

/** Writes a value as TypeScript: JSON with unquoted names. */
export function literal(value: unknown): string {
  // No value has a line break, so each line starts with a name.
  return json(value).replace(/^( *)"(\w+)":/gm, '$1$2:');
}
