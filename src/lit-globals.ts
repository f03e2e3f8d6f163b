/*
 * Lit reads these properties of `window` as it loads. An element of the page with such an `id` or `name` takes their place, and
 * Lit would fail on it. Markup from a shop's customers may hold one, so they are set to undefined first. Import this before `lit`.
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
  // Named elements are found through the prototype; what a script or the browser has set is an own property.
  if (name in globalThis && !Object.hasOwn(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
