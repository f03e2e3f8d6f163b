// A page that hydrates Lit's server-rendered markup. Lit's documentation requires this import before all elements.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
// @ts-expect-error -- The test server serves it by the name of its source.
import '../../../src/index.ts';
