import type { Locale } from '../locales/index.js';

/** Modules that most pages never need, by name. A bundler splits each into a file of its own. */
const MODULES = {
  details: () => import('../details/details.js'),
  'learn-more': () => import('../learn-more/learn-more.js'),
  message: () => import('../message/message.js'),
  receipt: () => import('../receipt/receipt.js'),
  es: () => import('../locales/es.js'),
  'zh-Hans': () => import('../locales/zh-Hans.js'),
} satisfies Record<Locale, unknown> & Record<string, unknown>;

/** What each lazy module exports. */
export type LazyModules = { [Name in keyof typeof MODULES]: Awaited<ReturnType<(typeof MODULES)[Name]>> };

/** An element whose `assets` can name the folder of the script-tag build's lazy files. */
export interface AssetsHolder {
  readonly baseURI: string;
  readonly assets?: string;
}

/**
 * Whether lazy modules can be loaded. Always true here, because a bundler resolves these imports. The script-tag build replaces
 * this module with `cdn/lazy.ts`, which checks the folder in `assets`.
 */
export function canLoadLazy(_element: AssetsHolder): boolean {
  return true;
}

/** Loads a lazy module. Rejects when its file cannot be loaded; every caller catches this and works without the module. */
export function loadLazy<Name extends keyof LazyModules>(
  name: Name,
  _element?: AssetsHolder,
): Promise<LazyModules[Name]> {
  return MODULES[name]() as Promise<LazyModules[Name]>;
}
