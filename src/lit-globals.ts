/*
 * Lit reads these properties of `window` when it loads. An element of the page with such an `id` or `name` replaces the property
 * (DOM clobbering), and Lit fails on it. A customer's review, for example, may contain such markup, so the properties are set to
 * undefined first. Import this file before `lit`.
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
  // Named elements are properties of the prototype chain. Own properties, which a script or the browser has set, stay.
  if (name in globalThis && !Object.hasOwn(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
