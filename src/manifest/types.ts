import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { elementsOf, type Manifest } from './manifest.js';

/** The file with the generated types, which the entry points `types/react` and the like import. */
export const TYPES_FILE = 'src/frameworks/types/elements.generated.ts';
const HEADER = '// Generated from the doc comments of the elements by src/manifest/write.ts.\n';

/**
 * The props of the elements' tags in JSX. The generator writes more into the same file: it adds them to the types of every
 * framework, installed or not. That part is cut off, because each entry point beside the file adds them to one framework.
 */
export function elementTypes(manifest: Manifest): string {
  const copy = structuredClone(manifest);
  for (const { attributes, events } of elementsOf(copy)) {
    // A global type, which needs no import.
    for (const event of events) event.type.text = `HTMLElementEventMap['${event.name}']`;
    // In JSX there is one `cart`: the property, which also accepts the attribute's JSON (see below).
    const cart = attributes.findIndex(({ name }) => name === 'cart');
    if (cart >= 0) attributes.splice(cart, 1);
  }
  const outdir = mkdtempSync(join(tmpdir(), 'hsa-checkout-types-'));
  try {
    generateJsxTypes(copy as unknown as Parameters<typeof generateJsxTypes>[0], {
      outdir,
      fileName: 'elements.ts',
      componentTypePath: (name) => (name === 'CheckoutStatus' ? '../../status.js' : '../../index.js'),
    });
    const types = readFileSync(join(outdir, 'elements.ts'), 'utf8');
    return (
      HEADER +
      types
        .slice(0, types.indexOf('\ndeclare module "react"'))
        .replaceAll(/^( {2}cart\?: \w+\["cart"\]) \| undefined;$/gm, '$1 | string | undefined;')
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
