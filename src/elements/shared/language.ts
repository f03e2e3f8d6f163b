import { nothing, type LitElement } from 'lit';
import { isServer } from './is-server.js';
import { canLoadLazy, loadLazy, type AssetsHolder } from './lazy.js';
import { loadOptional } from './load-optional.js';
import type { Translation } from '../locales/en.js';
import { LOCALE_NAMES, localeFor, type Locale } from '../locales/index.js';

/** The translations that are loaded, or a promise for those that are loading. */
const translations = new Map<Locale, Translation | Promise<void>>();

// Rendering on a server is synchronous, so translations load when this module is imported.
if (isServer)
  for (const locale of LOCALE_NAMES)
    void loadLazy(locale).then(({ translation }) => {
      translations.set(locale, translation);
    });

/** The nearest `lang` above an element, across shadow roots; `en` when no element has one. */
export function nearestLang(element: Element | undefined): string {
  return element && !isServer
    ? element.closest('[lang]')?.getAttribute('lang') ||
        nearestLang((element.getRootNode() as Partial<ShadowRoot>).host)
    : 'en';
}

/** The loaded translation for a language tag. Undefined for English, and while a translation loads: English is shown then. */
export function translationFor(tag: string): Translation | undefined {
  const loaded = translations.get(localeFor(tag)!);
  return loaded instanceof Promise ? undefined : loaded;
}

/**
 * The `lang` attribute for the built-in texts when they are in another language than the page around them (WCAG 3.1.2);
 * `nothing` when the languages are the same.
 */
export function langIfNotPageLang(element: Element, tag: string): string | typeof nothing {
  const locale = translationFor(tag) && localeFor(tag);
  const lang = nearestLang(element);
  const isPageLang = locale ? localeFor(lang) === locale : /^en(?![a-z])/i.test(lang);
  return isPageLang ? nothing : (locale ?? 'en');
}

/** The connected elements, and one observer for the `lang` attributes around all of them. */
const subscribers = new Set<LanguageSubscriber>();
let observer: MutationObserver | undefined;

type LanguageSubscriber = LitElement & AssetsHolder & { locale?: string };

/** Renders an element again when a `lang` around it changes, until `unsubscribeFromLang`. */
export function subscribeToLang(element: LanguageSubscriber): void {
  subscribers.add(element);
  observer ??= new MutationObserver(() => {
    for (const subscriber of subscribers) {
      subscriber.requestUpdate();
      void loadTranslation(subscriber, subscriber.locale || nearestLang(subscriber));
    }
  });
  // An observer does not see into shadow roots, so every root around the element is observed.
  for (let root: Node | undefined = element; (root = root?.getRootNode()); root = (root as ShadowRoot).host)
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
}

/** Reverses `subscribeToLang`. */
export function unsubscribeFromLang(element: LanguageSubscriber): void {
  subscribers.delete(element);
  if (!subscribers.size) observer?.disconnect();
}

/** Loads the translation for a language tag, then renders the element again. After a failure, the next call tries again. */
export async function loadTranslation(element: LitElement & AssetsHolder, tag: string): Promise<void> {
  const locale = localeFor(tag);
  if (!locale || translationFor(tag) || !canLoadLazy(element)) return;
  if (!translations.has(locale))
    translations.set(
      locale,
      loadOptional(locale, element).then((module) => {
        if (module) translations.set(locale, module.translation);
        else translations.delete(locale);
      }),
    );
  await translations.get(locale);
  element.requestUpdate();
}
