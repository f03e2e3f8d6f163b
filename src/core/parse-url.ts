/** The URL that a text makes, alone or against a base; undefined where it makes none. (`URL.parse` is too young to rely on.) */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
