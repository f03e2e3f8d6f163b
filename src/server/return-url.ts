/** Adds one parameter to a URL and leaves the rest as the merchant wrote it, templates and encoding included. */
export function withParameter(url: string, name: string, value: string): string {
  const [, address = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(url) ?? [];
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return `${address}${separator}${name}=${encodeURIComponent(value)}${fragment}`;
}
