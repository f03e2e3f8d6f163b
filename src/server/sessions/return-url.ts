/** The name of a query parameter, as a parser reads it. */
function nameOf(parameter: string): string {
  // Without the sign before it, a parser would take a question mark at its beginning for the query's own.
  return [...new URLSearchParams(`&${parameter}`).keys()][0] ?? '';
}

/**
 * Sets one parameter of a URL and leaves the rest as the merchant wrote it, templates and encoding included. Parameters of
 * the same name are replaced: the page would read the first, which is of an earlier checkout.
 */
export function setQueryParameter(url: string, name: string, value: string): string {
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(url) ?? [];
  const kept = query?.split('&').filter((parameter) => nameOf(parameter) !== name) ?? [];
  if (!kept.at(-1)) kept.pop();
  return `${path}?${[...kept, `${name}=${encodeURIComponent(value)}`].join('&')}${fragment}`;
}
