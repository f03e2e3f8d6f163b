import { adoptStyles, type LitElement } from 'lit';

/**
 * The root to render into: an empty one, also where a server has declared one with content. What a server has rendered is
 * rendered anew rather than hydrated, before anybody sees the difference: here the nearest `lang`, and so the words, may be
 * other ones, and Lit takes over what it finds without a look.
 */
export function emptyRoot(element: LitElement): ShadowRoot {
  const { elementStyles, shadowRootOptions } = element.constructor as typeof LitElement;
  if (element.shadowRoot?.activeElement) void element.updateComplete.then(() => element.focus());
  // Where there is a declared root, this empties and returns that one.
  const root = element.attachShadow(shadowRootOptions);
  adoptStyles(root, elementStyles);
  return root;
}
