/**
 * Stands in for Lit's module of this name in the script-tag files, where its composing of style sheets and its support of
 * old Safari are 400 bytes that nothing uses: our sheets are whole, and a browser with `attachInternals` has constructable
 * ones. Without those, as Lit does, a `<style>` with the page's `litNonce`.
 */
const isModern = 'adoptedStyleSheets' in document;

export function css([text]: TemplateStringsArray): CSSStyleSheet | string {
  if (!isModern) return text!;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text!);
  return sheet;
}

export function adoptStyles(root: ShadowRoot, styles: (CSSStyleSheet | string)[]): void {
  if (isModern) root.adoptedStyleSheets = styles as CSSStyleSheet[];
  else
    for (const text of styles as string[]) {
      const style = document.createElement('style');
      style.nonce = (globalThis as { litNonce?: string }).litNonce ?? '';
      style.textContent = text;
      root.append(style);
    }
}

export const getCompatibleStyle = <T>(style: T): T => style;

// Exported by Lit, and not used here.
export const supportsAdoptingStyleSheets = isModern;
export const CSSResult = undefined;
export const unsafeCSS = undefined;
