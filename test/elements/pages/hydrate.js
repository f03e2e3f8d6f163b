// A page that hydrates what Lit has rendered on a server, as Lit's documentation wants it: this comes before all elements.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
// @ts-expect-error -- The server has it under the name of its source.
import '../../../src/index.ts';
