import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideFiles, guideRow } from '../runtimes/guide.js';
import type { Addresses } from './project.js';

/* A framework with its own server, which mounts the handler. The sandbox runs in another process. */

/** The merchant's handler at the path of the guide on mounting, the guide's files that mount it, and the keys. */
export function mountedFiles(runtime: string, { keys }: Addresses): Record<string, string> {
  const lines = Object.entries(keys).map(([name, value]) => `${name}="${value}"\n`);
  const files = guideFiles(runtime).map(({ path, code }) => [path, code]);
  return {
    [guideRow(runtime).checkout]: readFileSync(join(import.meta.dirname, 'shop/checkout.ts'), 'utf8'),
    '.env': lines.join(''),
    ...(Object.fromEntries(files) as Record<string, string>),
  };
}

/** A guide's example, with the attribute for a payment page on another host. */
export function withCheckoutHosts(code: string, attribute: string, host: string): string {
  const changed = code.replace('<CheckoutButton\n', `<CheckoutButton\n    ${attribute}="${host}"\n`);
  if (changed === code) throw new Error('The example has no <CheckoutButton> with its attributes below it');
  return changed;
}
