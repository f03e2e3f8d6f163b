import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';

/**
 * @typedef {{ name: string, description?: string, privacy?: string, static?: boolean, fieldName?: string }} Item
 * @typedef {{ tagName?: string, members?: Item[], attributes?: Item[] }} Declaration
 * @typedef {{ modules: { declarations: Declaration[] }[] }} Manifest
 */

/** Leaves what a user of the elements can meet: public, documented, of an instance. */
const publicOnly = {
  name: 'public-only',
  /** @param {{ customElementsManifest: Manifest }} phase */
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      // The class that two of the elements share is none.
      module.declarations = module.declarations.filter(({ tagName }) => tagName);
      for (const declaration of module.declarations) {
        declaration.members = declaration.members?.filter(
          ({ privacy = 'public', static: isStatic, description }) =>
            privacy === 'public' && !isStatic && description,
        );
        declaration.attributes = declaration.attributes?.filter(({ description }) => description);
        // Where the attribute is kept is nobody's business.
        delete declaration.attributes?.find(({ name }) => name === 'cart')?.fieldName;
      }
    }
  },
};

/** Not Lit's own, nor the classes' insides: what the three elements are to a page. What editors read is made of it. */
export default {
  globs: [
    ...[
      'shared/cart-element',
      'button/checkout-button',
      'badge/eligibility-badge',
      'status/checkout-status',
    ].map((name) => `src/elements/${name}.ts`),
    'src/index.ts',
    'src/status.ts',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [
    publicOnly,
    customElementVsCodePlugin({ hideLogs: true }),
    customElementJetBrainsPlugin({ hideLogs: true, packageJson: false }),
  ],
};
