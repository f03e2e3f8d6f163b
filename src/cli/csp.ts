/**
 * The Content-Security-Policy that a page with the button needs: the script from its own site, and the endpoint to connect
 * to. `origin` is that of the page, where it may be another than the endpoint's.
 */
export function pagePolicy(endpoint: string, origin?: string): string {
  const target = new URL(endpoint).origin;
  return `script-src 'self'; connect-src ${origin === undefined || origin === target ? "'self'" : target}`;
}
