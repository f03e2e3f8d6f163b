/** A style sheet without the rest of Lit: stands in for `lit` where the button's own style sheets are all that is wanted. */
export function css([text]: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text!);
  return sheet;
}
