import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';

/**
 * @typedef {{ name: string, type?: { text: string }, description?: string, privacy?: string, static?: boolean, fieldName?: string }} Item
 * @typedef {{ tagName?: string, members?: Item[], attributes?: Item[] }} Declaration
 * @typedef {{ modules: { declarations: Declaration[] }[] }} Manifest
 */

/** The values of each type that is a union, such as `Theme`, by its name. */
const unions = new Map();

/** Replaces the name of a union by its values, which editors then suggest and docs/api.md lists. */
const unionValues = {
  name: 'union-values',
  /** @param {{ ts: typeof import('typescript'), node: import('typescript').Node }} phase */
  analyzePhase({ ts, node }) {
    if (ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type))
      unions.set(node.name.text, node.type.getText());
  },
  /** @param {{ moduleDoc: { declarations?: Declaration[] } }} phase */
  moduleLinkPhase({ moduleDoc }) {
    for (const { members = [], attributes = [] } of moduleDoc.declarations ?? [])
      for (const { type } of [...members, ...attributes])
        if (type) type.text = type.text.replace(/^\w+/, (name) => unions.get(name) ?? name);
  },
};

/** Keeps the API of an element's instances: public and documented. */
const publicOnly = {
  name: 'public-only',
  /** @param {{ customElementsManifest: Manifest }} phase */
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      // Base classes have no tag.
      module.declarations = module.declarations.filter(({ tagName }) => tagName);
      for (const declaration of module.declarations) {
        declaration.members = declaration.members?.filter(
          ({ privacy = 'public', static: isStatic, description }) =>
            privacy === 'public' && !isStatic && description,
        );
        declaration.attributes = declaration.attributes?.filter(({ description }) => description);
        // The field `cartJson` is internal.
        delete declaration.attributes?.find(({ name }) => name === 'cart')?.fieldName;
      }
    }
  },
};

/** Writes `custom-elements.json` and the files that editors read: the public API of the three elements, without Lit's own. */
export default {
  globs: [
    ...[
      'shared/checkout-element',
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
    unionValues,
    publicOnly,
    customElementVsCodePlugin({ hideLogs: true }),
    customElementJetBrainsPlugin({ hideLogs: true, packageJson: false }),
  ],
};
