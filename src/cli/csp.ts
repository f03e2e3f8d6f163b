/**
 * Returns the Content-Security-Policy that a page with the button needs. It allows scripts from the page's own site, and
 * connections to the endpoint.
 * @param origin the origin of the page. Default: that of the endpoint.
 */
export function pagePolicy(endpoint: string, origin?: string): string {
  const target = new URL(endpoint).origin;
  return `script-src 'self'; connect-src ${origin === undefined || origin === target ? "'self'" : target}`;
}
