import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideFiles, guideRow } from '../runtimes/guide.js';
import type { Addresses } from './project.js';

/* A framework with a server of its own: the handler is mounted there, and the sandbox is a process of its own. */

/** The merchant's handler where the guide on mounting has it, the files of the guide that lead to it, and the keys. */
export function mountedFiles(runtime: string, { keys }: Addresses): Record<string, string> {
  const lines = Object.entries(keys).map(([name, value]) => `${name}="${value}"\n`);
  const files = guideFiles(runtime).map(({ path, code }) => [path, code]);
  return {
    [guideRow(runtime).checkout]: readFileSync(join(import.meta.dirname, 'shop/checkout.ts'), 'utf8'),
    '.env': lines.join(''),
    ...(Object.fromEntries(files) as Record<string, string>),
  };
}

/** The example of a guide, with the attribute for a payment page on another host. */
export function withCheckoutHosts(code: string, attribute: string, host: string): string {
  const changed = code.replace('<CheckoutButton\n', `<CheckoutButton\n    ${attribute}="${host}"\n`);
  if (changed === code) throw new Error('The example has no <CheckoutButton> with its attributes below it');
  return changed;
}
