import type { Settings } from '../settings.js';

/** A file that a merchant copies. */
export interface SnippetFile {
  /** What it is called, or where it goes. */
  name: string;
  code: string;
  /** What has to be known before it is used. */
  note?: string;
}

/** Where the handler is mounted in every snippet. */
export const ENDPOINT = '/api/hsa-checkout';

/** The attributes that differ from the element's own defaults, by their names in HTML. */
export function attributesOf(settings: Settings): Record<string, string> {
  const { theme, locale, eligibility, details, whenRegular } = settings;
  return {
    endpoint: ENDPOINT,
    ...(theme !== 'auto' && { theme }),
    ...(locale && { locale }),
    ...(eligibility !== 'lines' && eligibility !== 'endpoint' && { eligibility }),
    ...(whenRegular !== 'show' && { 'when-regular': whenRegular }),
    ...(details !== 'auto' && { details }),
  };
}

/** Escapes a text for HTML, inside and outside of attributes; braces too, which Vue reads. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'{}]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Writes a value as JSON; nothing in it can end a script element. */
export function json(value: unknown, indent = ''): string {
  return JSON.stringify(value, null, 2).replaceAll('<', '\\u003c').replaceAll('\n', `\n${indent}`);
}

/** Writes a value as TypeScript: as JSON, with names as one writes them by hand. */
export function literal(value: unknown): string {
  // No value holds a line break, so what begins a line is a name.
  return json(value).replace(/^( *)"(\w+)":/gm, '$1$2:');
}
