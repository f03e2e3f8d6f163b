import { nothing, type LitElement } from 'lit';
import { isServer } from './is-server.js';
import { canLoadLazy, loadLazy, type AssetsHolder } from './lazy.js';
import type { Translation } from '../locales/en.js';
import { LOCALE_NAMES, localeFor, type Locale } from '../locales/index.js';

/** The translations that are loaded or loading. */
const translations = new Map<Locale, Translation | Promise<void>>();

// A server cannot wait for them when it renders.
if (isServer)
  for (const locale of LOCALE_NAMES)
    void loadLazy(locale).then(({ translation }) => {
      translations.set(locale, translation);
    });

/** The language of the nearest element that names one, also outside of the shadow roots around; English where none does. */
export function nearestLang(element: Element | undefined): string {
  return element && !isServer
    ? element.closest('[lang]')?.getAttribute('lang') ||
        nearestLang((element.getRootNode() as Partial<ShadowRoot>).host)
    : 'en';
}

/** The words of a language tag, once they are loaded; nothing for English, which is shown until then. */
export function translationFor(tag: string): Translation | undefined {
  const loaded = translations.get(localeFor(tag)!);
  return loaded instanceof Promise ? undefined : loaded;
}

/**
 * The `lang` of shipped words that are in another language than the page around them (WCAG 3.1.2); nothing where they are in
 * the same one.
 */
export function langIfNotPageLang(element: Element, tag: string): string | typeof nothing {
  const locale = translationFor(tag) && localeFor(tag);
  const lang = nearestLang(element);
  const isPageLang = locale ? localeFor(lang) === locale : /^en(?![a-z])/i.test(lang);
  return isPageLang ? nothing : (locale ?? 'en');
}

/** The connected elements, and the one observer of every `lang` around them. */
const subscribers = new Set<LanguageSubscriber>();
let observer: MutationObserver | undefined;

type LanguageSubscriber = LitElement & AssetsHolder & { locale?: string };

/** Updates the words of an element when a `lang` around it changes, until `unfollowLang`. */
export function subscribeToLang(element: LanguageSubscriber): void {
  subscribers.add(element);
  observer ??= new MutationObserver(() => {
    for (const follower of subscribers) {
      follower.requestUpdate();
      void loadTranslation(follower, follower.locale || nearestLang(follower));
    }
  });
  // An observer does not see into shadow roots, so every root around the element is observed.
  for (let root: Node | undefined = element; (root = root?.getRootNode()); root = (root as ShadowRoot).host)
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
}

/** Ends the updates of `followLang`. */
export function unsubscribeFromLang(element: LanguageSubscriber): void {
  subscribers.delete(element);
  if (!subscribers.size) observer?.disconnect();
}

/** Loads the words of a language tag, and renders the element again with them. After a failure, the next call tries again. */
export async function loadTranslation(element: LitElement & AssetsHolder, tag: string): Promise<void> {
  const locale = localeFor(tag);
  if (!locale || translationFor(tag) || !canLoadLazy(element)) return;
  if (!translations.has(locale))
    translations.set(
      locale,
      loadLazy(locale, element).then(
        ({ translation }) => {
          translations.set(locale, translation);
        },
        (error: unknown) => {
          translations.delete(locale);
          console.warn(
            `<${element.localName}> speaks English, its words in ${locale} did not load: ${String(error)}`,
          );
        },
      ),
    );
  await translations.get(locale);
  element.requestUpdate();
}
