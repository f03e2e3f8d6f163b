import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSite } from './demo/playground/site.js';
import { VERSION } from './src/version.js';
import { minify } from 'terser';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

/** Says whose file it is, and which. */
const BANNER = `/* hsa-checkout-button ${VERSION}, MIT */`;

/**
 * Has Chromium compile the file in one go, off the page's thread where it can, rather than each function when it is first
 * called: nearly all of them are, by the first press at the latest. https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_NOW = '//# allFunctionsCalledOnLoad\n';

/** Takes out of the style sheets what means nothing there; no minifier looks into templates. */
const squeezeCss = (): Plugin => ({
  name: 'squeeze-css',
  transform: {
    order: 'pre',
    filter: { id: /src\/elements\/.*\.ts$/ },
    handler: (code) => ({
      code: code.replace(/css`[^`]*`/g, (sheet) =>
        sheet
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,>]|:(?= )) ?/g, '$1')
          .replaceAll(';}', '}')
          .replace('` ', '`')
          .replace(/='([\w-]+)'\]/g, '=$1]')
          .replace(/\b0\./g, '.'),
      ),
      map: null,
    }),
  },
});

/**
 * Takes the line breaks out of what is left, which are all inside HTML templates; goes over it with a second minifier, which
 * finds what the first one leaves; and writes ASCII only: a page without a charset would garble an apostrophe.
 */
const squeezeFile = (): Plugin => ({
  name: 'squeeze-file',
  // The playground holds code for people to read.
  applyToEnvironment: ({ name }) => name !== 'playground',
  generateBundle: async ({ format }, files) => {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const inOneLine = file.code
        .trim()
        .replace(/\s*\n\s*/g, ' ')
        .replace(/ >/g, '>')
        .replace(/> </g, '><');
      const { code } = await minify(inOneLine, {
        ecma: 2020,
        // A function expression becomes an arrow: none of ours is called with `new`.
        compress: { passes: 3, unsafe_arrows: true },
        format: { ascii_only: true },
      });
      file.code = (format === 'iife' ? COMPILE_NOW : '') + BANNER + code;
    }
  },
});

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

/** What the script-tag files load late, each from a file beside them: these are ES modules that import nothing. */
const LATE = ['details', 'es', 'learn-more'];

/** Vite lets no dash into a name. */
const environmentOf = (name: string) => name.replaceAll('-', '_');

const lateFile = (name: string): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    outDir: CDN,
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: `src/elements/${name}.ts`,
      formats: ['es'],
      fileName: () => `hsa-checkout-${name}-${VERSION}.js`,
    },
    rolldownOptions: { output: { minify: true } },
  },
});

const SHOPIFY = fileURLToPath(new URL('dist/shopify', import.meta.url));

/** Puts the theme extension together, as Shopify's command line takes it: its Liquid as it is, and all scripts in one folder. */
function fillExtension(): void {
  const source = fileURLToPath(new URL('src/shopify', import.meta.url));
  cpSync(source, SHOPIFY, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  for (const file of readdirSync(CDN))
    if (file === 'hsa-checkout.js' || /-\d+\.\d+\.\d+\.js$/.test(file))
      copyFileSync(join(CDN, file), join(SHOPIFY, 'assets', file));
}

/** A script-tag file: self-contained, and the same as a classic or a module script. */
const scriptTagFile = (fileName: string, entry: string, outDir = CDN): EnvironmentOptions => ({
  consumer: 'client',
  // The IIFE format would otherwise keep Lit's development checks alive.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry, formats: ['iife'], name: '_', fileName: () => fileName },
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
  plugins: [squeezeCss(), squeezeFile()],
  resolve: {
    alias: [
      { find: 'lit', replacement: fileURLToPath(new URL('src/cdn/lit.ts', import.meta.url)) },
      { find: './late.js', replacement: fileURLToPath(new URL('src/cdn/late.ts', import.meta.url)) },
      {
        find: './render-root.js',
        replacement: fileURLToPath(new URL('src/cdn/render-root.ts', import.meta.url)),
      },
    ],
  },
  environments: {
    button: scriptTagFile('hsa-checkout.js', 'src/cdn/hsa-checkout.ts'),
    status: scriptTagFile('hsa-checkout-status.js', 'src/cdn/hsa-checkout-status.ts'),
    shopify: scriptTagFile('hsa-loader.js', 'src/shopify/loader.ts', join(SHOPIFY, 'assets')),
    ...Object.fromEntries(LATE.map((name) => [environmentOf(name), lateFile(name)])),
    playground,
  },
  builder: {
    buildApp: async (builder) => {
      for (const folder of [CDN, SHOPIFY]) rmSync(folder, { recursive: true, force: true });
      for (const name of ['button', 'status', 'shopify', ...LATE.map(environmentOf)])
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
