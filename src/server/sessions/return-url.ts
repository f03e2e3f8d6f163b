/** The decoded name of a query parameter. */
function nameOf(parameter: string): string {
  // The leading `&` keeps the parser from dropping a question mark at the beginning.
  return [...new URLSearchParams(`&${parameter}`).keys()][0] ?? '';
}

/**
 * Sets one parameter of a URL and keeps the rest as the merchant wrote it, templates and encoding included. Parameters of the
 * same name are removed, because the page would read the first one, which belongs to an earlier checkout.
 */
export function setQueryParameter(url: string, name: string, value: string): string {
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(url) ?? [];
  const kept = query?.split('&').filter((parameter) => nameOf(parameter) !== name) ?? [];
  if (!kept.at(-1)) kept.pop();
  return `${path}?${[...kept, `${name}=${encodeURIComponent(value)}`].join('&')}${fragment}`;
}
