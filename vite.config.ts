import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSite } from './demo/playground/site.js';
import { LOCALE_NAMES } from './src/elements/locales/index.js';
import { VERSION } from './src/version.js';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

/** The first line of each script-tag file: the package and its version. */
const BANNER = `/* hsa-checkout-button ${VERSION}, MIT */`;

/**
 * Lit creates its Trusted Types policy when it loads, and throws if the page's policy forbids it. The page then shows only the
 * children of the tags, so the console names the reason.
 */
const EXPLAIN_TRUSTED_TYPES = {
  intro: 'try{',
  outro: `}catch(error){
    if(/lit-html/.test(error))console.error("hsa-checkout-button did not start. Add to the page's Content-Security-Policy: trusted-types lit-html 'allow-duplicates'");
    throw error;
  }`,
};

const CDN = fileURLToPath(new URL('dist/cdn', import.meta.url));

/** The playground as a site for any static host. */
const SITE = fileURLToPath(new URL('dist/site', import.meta.url));

/** The Subresource Integrity hash of every script-tag file, for the `integrity` attribute of its tag. */
function hashes(): Record<string, string> {
  const files = readdirSync(CDN).filter((file) => file.endsWith('.js'));
  return Object.fromEntries(
    files.map((file) => {
      const hash = createHash('sha384').update(readFileSync(join(CDN, file)));
      return [file, `sha384-${hash.digest('base64')}`];
    }),
  );
}

/** The lazy modules of the script-tag files: ES modules of their own, in the same folder. */
const LAZY = ['details', 'learn-more', 'message', 'receipt', ...LOCALE_NAMES];

/** Vite does not allow a dash in the name of an environment. */
const environmentOf = (name: string) => name.replaceAll('-', '_');

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Lazy files use the Lit and the base class of the script-tag file that loads them. */
const sharedLit = (): Plugin => ({
  name: 'shared-lit',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => LAZY.map(environmentOf).includes(name),
  resolveId: { filter: { id: /^lit$|\/render-root\.js$/ }, handler: () => source('cdn/lit.ts') },
});

/**
 * Removes white space from the style sheets and the templates of lazy files. Each has a line break after its first backtick; a
 * style sheet has neither tags nor expressions.
 */
const shortTemplates = (): Plugin => ({
  name: 'short-templates',
  applyToEnvironment: ({ name }) => LAZY.map(environmentOf).includes(name),
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code
          .replace(/`\n[^`<$]*`/g, (css) =>
            css.replace(/\s+/g, ' ').replace(/ ?([{};,]) ?|(: )/g, (_, mark?: string) => mark ?? ':'),
          )
          .replace(/(>?)\n\s+/g, (_, end: string) => end || ' ');
  },
});

/** An ES module that another file imports when it is needed. */
const moduleFile = (entry: string, fileName: string, outDir: string): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry, formats: ['es'], fileName: () => fileName },
    // Vite's own option keeps the white space of ES modules, so the bundler's option is set.
    rolldownOptions: { output: { minify: true, charset: 'ascii', postBanner: BANNER } },
  },
});

const isLocale = (name: string) => LOCALE_NAMES.some((locale) => locale === name);

const lazyFile = (name: string) =>
  moduleFile(
    `src/elements/${isLocale(name) ? 'locales' : name}/${name}.ts`,
    `hsa-checkout-${name}-${VERSION}.js`,
    CDN,
  );

const SHOPIFY = fileURLToPath(new URL('dist/shopify', import.meta.url));

/**
 * Assembles the theme extension as Shopify's command line expects it: the Liquid files, and all scripts in one folder, except
 * those of the return page, which is no block.
 */
function fillExtension(): void {
  const source = fileURLToPath(new URL('src/shopify/extension', import.meta.url));
  cpSync(source, SHOPIFY, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  for (const file of readdirSync(CDN))
    if (file === 'hsa-checkout.js' || /(?<!-receipt)-\d+\.\d+\.\d+\.js$/.test(file))
      copyFileSync(join(CDN, file), join(SHOPIFY, 'assets', file));
}

/** A script-tag file: self-contained, and the same as a classic or a module script. */
const scriptTagFile = (
  fileName: string,
  entry: string,
  { outDir = CDN, wrapper = {} }: { outDir?: string; wrapper?: { intro?: string; outro?: string } } = {},
): EnvironmentOptions => ({
  consumer: 'client',
  // Without it, the IIFE format keeps Lit's development checks.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry, formats: ['iife'], name: '_', fileName: () => fileName },
    // ASCII, because a page without a charset would garble an apostrophe.
    rolldownOptions: { output: { charset: 'ascii', postBanner: BANNER, ...wrapper } },
  },
});

const playground: EnvironmentOptions = {
  consumer: 'client',
  build: {
    outDir: SITE,
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'es2022',
    lib: { entry: 'demo/playground/main.ts', formats: ['es'], fileName: () => 'playground.js' },
  },
};

export default defineConfig({
  plugins: [sharedLit(), shortTemplates()],
  resolve: { alias: [{ find: /^\..*\/lazy\.js$/, replacement: source('cdn/lazy.ts') }] },
  environments: {
    button: scriptTagFile('hsa-checkout.js', 'src/cdn/hsa-checkout.ts', { wrapper: EXPLAIN_TRUSTED_TYPES }),
    status: scriptTagFile('hsa-checkout-status.js', 'src/cdn/hsa-checkout-status.ts', {
      wrapper: EXPLAIN_TRUSTED_TYPES,
    }),
    shopify: scriptTagFile('hsa-loader.js', 'src/shopify/extension/loader.ts', {
      outDir: join(SHOPIFY, 'assets'),
    }),
    storefront: moduleFile(
      'src/shopify/extension/storefront.ts',
      'hsa-storefront.js',
      join(SHOPIFY, 'assets'),
    ),
    ...Object.fromEntries(LAZY.map((name) => [environmentOf(name), lazyFile(name)])),
    playground,
  },
  builder: {
    buildApp: async (builder) => {
      for (const folder of [CDN, SHOPIFY]) rmSync(folder, { recursive: true, force: true });
      for (const name of ['button', 'status', 'shopify', 'storefront', ...LAZY.map(environmentOf)])
        await builder.build(builder.environments[name]!);
      fillExtension();
      const integrity = hashes();
      writeFileSync(join(CDN, 'integrity.json'), JSON.stringify(integrity, null, 2) + '\n');
      for (const [file, hash] of Object.entries(integrity))
        builder.config.logger.info(`${file}  integrity="${hash}"`);
      await builder.build(builder.environments['playground']!);
      await writeSite(SITE, CDN);
    },
  },
});
