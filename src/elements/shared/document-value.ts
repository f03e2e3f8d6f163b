/**
 * A property of the document as the browser defines it. `document[name]` may be an element of that name instead: an image, form
 * or frame hides the browser's own property (DOM clobbering).
 */
export function documentValue<Name extends 'activeElement' | 'body' | 'hidden' | 'readyState'>(
  name: Name,
): Document[Name] {
  return Reflect.get(Document.prototype, name, document);
}
