/*
 * Lit reads these properties of `window` when it loads. An element of the page with such an `id` or `name` replaces the
 * property (DOM clobbering), and Lit then throws. A customer's review, for example, may contain such markup, so the properties
 * are set to undefined first. This file must be imported before `lit`.
 */
for (const name of [
  'litElementHydrateSupport',
  'litElementPolyfillSupport',
  'litElementVersions',
  'litHtmlPolyfillSupport',
  'litHtmlVersions',
  'litNonce',
  'litPropertyMetadata',
  'reactiveElementPolyfillSupport',
  'reactiveElementVersions',
  'ShadyCSS',
  'trustedTypes',
])
  // Named elements are properties of the prototype chain of `window`. Own properties, which a script or the browser has set,
  // are not changed.
  if (name in globalThis && !Object.hasOwn(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
