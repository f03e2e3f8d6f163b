import { cartOf } from '../cart.js';
import { cssOf } from '../look.js';
import type { Settings } from '../settings.js';
import { attributesOf, escapeHtml, json, type SnippetFile } from './snippet.js';

/** The script-tag file that the snippet loads. */
export interface ScriptFile {
  version: string;
  /** Its Subresource Integrity hash, if it is known. */
  integrity?: string;
}

/** The tag for a page without a build. */
export function htmlSnippet(settings: Settings, { version, integrity }: ScriptFile): SnippetFile[] {
  const css = cssOf(settings);
  const attributes = Object.entries(attributesOf(settings))
    .map(([name, value]) => (value ? ` ${name}="${escapeHtml(value)}"` : ` ${name}`))
    .join('');
  const code = [
    css && '<link rel="stylesheet" href="/hsa-checkout.css" />',
    `<script src="/hsa-checkout-button@${version}/hsa-checkout.js"${
      integrity ? `\n  integrity="${escapeHtml(integrity)}" crossorigin` : ''
    } defer></script>`,
    `<hsa-checkout-button${attributes}>`,
    settings.label && `  <span slot="label">${escapeHtml(settings.label)}</span>`,
    `  <script type="application/json">\n    ${json(cartOf(settings), '    ')}\n  </script>`,
    '</hsa-checkout-button>',
  ];
  return [
    { name: 'cart.html', code: `${code.filter(Boolean).join('\n')}\n` },
    ...(css ? [{ name: 'hsa-checkout.css', code: css }] : []),
  ];
}
