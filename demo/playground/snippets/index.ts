import type { Settings } from '../settings.js';
import { handlerSnippet } from './handler.js';
import { htmlSnippet, type ScriptFile } from './html.js';
import { reactSnippet } from './react.js';
import { shopifySnippet } from './shopify.js';
import type { SnippetFile } from './snippet.js';
import { vueSnippet } from './vue.js';

export type { ScriptFile, SnippetFile };

/** The snippets, in the order of the page. */
export const SNIPPETS = {
  HTML: htmlSnippet,
  React: reactSnippet,
  Vue: vueSnippet,
  Shopify: shopifySnippet,
  Handler: handlerSnippet,
} satisfies Record<string, (settings: Settings, script: ScriptFile) => SnippetFile[]>;

export type SnippetName = keyof typeof SNIPPETS;
