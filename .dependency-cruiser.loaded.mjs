/** The rules about the modules that a page loads. Imports of types do not count: the compiler removes them. */

const PAGE = '^src/(client|elements|shopify/extension|cdn)/';

export default {
  forbidden: [
    {
      name: 'no-zod-on-the-page',
      comment: "zod weighs more than the button. A page uses the contract's check.ts, which needs none.",
      severity: 'error',
      from: { path: [PAGE, '^src/frameworks/', '^src/[^/]+$', '^src/contract/check\\.ts$'] },
      to: { path: '^node_modules/zod/', reachable: true },
    },
    {
      name: 'packages-of-the-page',
      comment: 'A page loads lit and nothing else.',
      severity: 'error',
      from: { path: [PAGE, '^src/[^/]+$'] },
      to: { pathNot: '^(src|node_modules/(@lit/[^/]+|lit))/' },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|dist)/' },
    tsConfig: { fileName: 'tsconfig.build.json' },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
