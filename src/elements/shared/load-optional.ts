import { loadLazy, type AssetsHolder, type LazyModules } from './lazy.js';

/** Loads a lazy module that the element works without. Undefined, with a warning in the console, when its file does not load. */
export async function loadOptional<Name extends keyof LazyModules>(
  name: Name,
  element: AssetsHolder & { readonly localName: string },
): Promise<LazyModules[Name] | undefined> {
  try {
    return await loadLazy(name, element);
  } catch (error) {
    console.warn(`<${element.localName}> ${name} did not load: ${String(error)}`);
    return undefined;
  }
}
