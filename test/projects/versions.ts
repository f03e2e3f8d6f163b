/*
 * The tools that create the projects, and the packages that fix a framework's version. The tests run on Node 20.20. If the newest
 * version of a tool needs a later Node, the last version before it is used, with a note.
 */

/** `create-vite` has its templates in the package: React, Vue and Solid. */
export const CREATE_VITE = 'create-vite@9.3.0';

/** `sv` has its templates in the package. Its own range keeps SvelteKit at 2, as 3 needs Node 22.17. */
export const SV = 'sv@0.17.1';

/** `create-next-app` has its templates in the package. */
export const CREATE_NEXT_APP = 'create-next-app@16.4.3';

/** `ng new` has its templates in a package. Angular 22 needs Node 22.22; `@angular/build` has no 21.2.28. */
export const ANGULAR_CLI = '@angular/cli@21.2.27';

/** Without its tool: `npm create nuxt` downloads its template from a Git host. Nuxt 4.4.6 needs Node 22.12. */
export const NUXT = [
  'nuxt@4.4.5',
  'vue@3.5.45',
  'typescript@5.9.3',
  'vue-tsc@3.3.14',
  '@types/node@20.19.43',
];

/** Without its tool: `npm create astro` downloads its template from a Git host. Astro 6 refuses to start on Node 20. */
export const ASTRO = [
  'astro@5.18.2',
  '@astrojs/node@9.5.5',
  '@astrojs/check@0.9.10',
  'typescript@5.9.3',
  '@types/node@20.19.43',
];

/** The server of the README's first payment, for apps without their own server. */
export const README_SERVER = ['hono@4.13.19', '@hono/node-server@2.1.8'];
