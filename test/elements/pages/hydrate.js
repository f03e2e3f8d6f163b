// A page that hydrates what Lit has rendered on a server, as Lit's documentation wants it: this comes before all elements.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import '../../../src/index.ts';
