import { nothing, type LitElement } from 'lit';
import { isServer } from './is-server.js';
import { canLoadLazy, loadLazy, type AssetsHolder, type LazyModules } from './lazy.js';

let spanish: LazyModules['es'] | undefined;
let coming: Promise<void> | undefined;

// A server cannot wait for it when it renders.
if (isServer)
  void loadLazy('es').then((words) => {
    spanish = words;
  });

// POSIX writes "es_MX".
const isSpanish = (locale: string) => /^es(?![a-z])/i.test(locale);

/** The language of the nearest element that names one, also outside of the shadow roots around; English where none does. */
export function nearestLang(element: Element | undefined): string {
  return element && !isServer
    ? element.closest('[lang]')?.getAttribute('lang') ||
        nearestLang((element.getRootNode() as Partial<ShadowRoot>).host)
    : 'en';
}

/** The Spanish words, where the locale wants them and they are there; until then, English is spoken. */
export function spanishFor(locale: string): LazyModules['es'] | undefined {
  return isSpanish(locale) ? spanish : undefined;
}

/**
 * The `lang` of shipped words that are in another language than the page around them (WCAG 3.1.2); nothing where they are in
 * the same one.
 */
export function foreignLang(element: Element, locale: string): string | typeof nothing {
  const language = spanishFor(locale) ? 'es' : 'en';
  return nearestLang(element).toLowerCase().split(/[-_]/)[0] === language ? nothing : language;
}

/** The connected elements, and the one observer of every `lang` around them. */
const followers = new Set<Follower>();
let observer: MutationObserver | undefined;

type Follower = LitElement & AssetsHolder & { locale?: string };

/** Updates the words of an element when a `lang` around it changes, until `unfollowLang`. */
export function followLang(element: Follower): void {
  followers.add(element);
  observer ??= new MutationObserver(() => {
    for (const follower of followers) {
      follower.requestUpdate();
      void bringWords(follower, follower.locale || nearestLang(follower));
    }
  });
  // An observer does not see into shadow roots, so every root around the element is observed.
  for (let root: Node | undefined = element; (root = root?.getRootNode()); root = (root as ShadowRoot).host)
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
}

/** Ends the updates of `followLang`. */
export function unfollowLang(element: Follower): void {
  followers.delete(element);
  if (!followers.size) observer?.disconnect();
}

/** Brings the words of a locale, and lets the element show them. Where they cannot be brought, the next who asks tries again. */
export async function bringWords(element: LitElement & AssetsHolder, locale: string): Promise<void> {
  if (spanish || !isSpanish(locale) || !canLoadLazy(element)) return;
  await (coming ??= loadLazy('es', element).then(
    (words) => {
      spanish = words;
    },
    (error: unknown) => {
      coming = undefined;
      console.warn(`<${element.localName}> speaks English, the Spanish words did not load: ${String(error)}`);
    },
  ));
  element.requestUpdate();
}
