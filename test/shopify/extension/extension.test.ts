import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { themeCheckRun } from '@shopify/theme-check-node';
import { en } from '../../../src/elements/locales/en.js';
import { translation as spanish } from '../../../src/elements/locales/es.js';
import { translation as chinese } from '../../../src/elements/locales/zh-Hans.js';
import { LOCALE_NAMES } from '../../../src/elements/locales/index.js';
import { VERSION } from '../../../src/version.js';
import { ensureBuilt } from '../../support/built.js';
import {
  BLOCKS,
  defaultsOf,
  localeFile,
  lookUp,
  schemaOf,
  schemaTextOf,
  sourceOf,
} from '../../support/shopify-liquid.js';

ensureBuilt('script-tag');

/** The built extension, which a merchant copies into the folder of their app. */
const BUILT = resolve(import.meta.dirname, '../../../dist/shopify');
const files = (folder = '') =>
  readdirSync(join(BUILT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(BUILT.length + 1));
const sizeOf = (paths: string[]) => paths.reduce((sum, path) => sum + statSync(join(BUILT, path)).size, 0);
const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-extension-'));
after(() => rmSync(folder, { recursive: true }));

const CONFIG = join(import.meta.dirname, 'theme-check.yml');

/** The offences that Shopify's linter reports, with its configuration for theme app extensions. */
async function offences(root: string): Promise<string[]> {
  const { offenses } = await themeCheckRun(root, CONFIG, () => {});
  return offenses.map(({ check, uri, message }) => `${check} ${basename(uri)}: ${message}`);
}

describe('the theme extension', () => {
  it('passes Shopify’s linter, at every severity', async () => {
    assert.deepEqual(await offences(BUILT), []);
  });

  it('is checked by a linter that reports errors', async () => {
    const broken = join(folder, 'broken');
    cpSync(BUILT, broken, { recursive: true });
    const block = join(broken, 'blocks/checkout-button.liquid');
    writeFileSync(
      block,
      `{{ 'x' | nosuch }} {% assign unused = 1 %} <a href="/cart">x</a>${readFileSync(block, 'utf8')}`,
    );
    writeFileSync(join(broken, 'assets/hsa-loader.js'), 'x'.repeat(10_001));
    const found = (await offences(broken)).map((text) => text.split(' ')[0]);
    for (const check of ['UnknownFilter', 'UnusedAssign', 'HardcodedRoutes', 'AssetSizeAppBlockJavaScript'])
      assert.ok(found.includes(check), `${check} is not among ${found.join(', ')}`);
  });

  it('contains no hard-coded route of the shop', () => {
    for (const path of files().filter((file) => /\.liquid$|hsa-loader\.js$/.test(file)))
      assert.doesNotMatch(
        readFileSync(join(BUILT, path), 'utf8'),
        /["'`]\/(cart|products|collections|account)\b/,
        path,
      );
  });

  it('has the folders and the kinds of files that Shopify’s command line accepts', () => {
    const kinds: Record<string, RegExp> = {
      assets: /^\.(js|css|json|png|jpe?g|svg|wasm)$/,
      blocks: /^\.liquid$/,
      snippets: /^\.liquid$/,
      locales: /^\.json$/,
    };
    for (const path of files()) {
      if (dirname(path) === '.') assert.equal(path, 'shopify.extension.toml');
      else assert.match(extname(path), kinds[dirname(path)] ?? /^never$/, path);
    }
    assert.match(
      readFileSync(join(BUILT, 'shopify.extension.toml'), 'utf8'),
      /^name = ".+"\ntype = "theme"\nhandle = "[a-z0-9-]{1,50}"\n$/,
    );
  });

  it('is far below Shopify’s limits', () => {
    assert.ok(sizeOf(files()) < (10 * 1024 ** 2) / 10);
    assert.ok(BLOCKS.length <= 30);
    assert.ok(files('locales').length <= 100);
    for (const path of files('locales')) assert.ok(sizeOf([path]) <= 15_000, path);
    assert.ok(sizeOf(files().filter((path) => path.endsWith('.liquid'))) <= 100_000 / 4);
    // Theme check compares the raw file, and all three blocks share one.
    assert.ok(sizeOf(['assets/hsa-loader.js']) < 10_000);
  });

  it('has the elements and their lazy files beside the loader, in the version of the package', () => {
    const scripts = files('assets')
      .map((path) => basename(path))
      .sort();
    const late = ['details', 'learn-more', 'message', ...LOCALE_NAMES].map(
      (name) => `hsa-checkout-${name}-${VERSION}.js`,
    );
    assert.deepEqual(scripts, [
      ...late.sort(),
      'hsa-checkout.css',
      'hsa-checkout.js',
      'hsa-loader.js',
      'hsa-storefront.js',
    ]);
    for (const name of scripts.filter(
      (script) => script.startsWith('hsa-checkout') && script.endsWith('.js'),
    ))
      assert.ok(
        readFileSync(join(BUILT, '../cdn', name)).equals(readFileSync(join(BUILT, 'assets', name))),
        name,
      );
  });

  it('contains no key, and does not evaluate strings', () => {
    const code = readFileSync(join(BUILT, 'assets/hsa-loader.js'), 'latin1');
    assert.doesNotMatch(code, /glm_|\beval\s*\(|\bnew\s+Function\b|[^\x00-\x7f]/);
    assert.doesNotMatch(code, /(^|[;}\n])\s*(import|export)\s*[{*'"a-z(]/);
  });
});

describe('the texts of the theme extension', () => {
  for (const [file, strings] of [
    ['en.default', en],
    ['es', spanish.strings],
    ['zh-CN', chinese.strings],
  ] as const)
    it(`are the same as the elements’, in ${file}`, () => {
      const named: Record<string, string> = { ...strings };
      for (const [key, text] of Object.entries(localeFile(file)['words'] as Record<string, string>)) {
        const name = key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
        assert.equal(text.replace(/\{\{ (\w+) \}\}/g, '{$1}'), named[name], key);
      }
    });

  it('are all used, and complete', () => {
    const liquid = files()
      .filter((path) => path.endsWith('.liquid'))
      .map((path) => readFileSync(join(BUILT, path), 'utf8'))
      .join('');
    const used = new Set([...liquid.matchAll(/'((?:words|editor)\.\w+)' \| t/g)].map(([, key]) => key!));
    const there = Object.entries(localeFile('en.default')).flatMap(([group, keys]) =>
      Object.keys(keys as object).map((key) => `${group}.${key}`),
    );
    assert.deepEqual([...used].sort(), there.sort());
  });
});

describe('the schema', () => {
  const LANGUAGES = {
    en: localeFile('en.default.schema'),
    es: localeFile('es.schema'),
    'zh-CN': localeFile('zh-CN.schema'),
  };

  for (const name of BLOCKS) {
    const schema = schemaOf(name);
    const { settings = [] } = schema;
    /** A schema text in each language. */
    const texts = (text: string) => {
      const key = /^t:([\w.]+)$/.exec(text)?.[1];
      assert.ok(key, `${text} cannot be translated`);
      return Object.values(LANGUAGES).map((tree) => {
        const word = lookUp(tree, key);
        assert.ok(typeof word === 'string' && word, key);
        return word;
      });
    };

    it(`of ${name} is plain JSON, without comments and trailing commas, and occurs once`, () => {
      assert.doesNotThrow(() => JSON.parse(schemaTextOf(name)));
      assert.doesNotMatch(schemaTextOf(name), /\/\*|^\s*\/\/|,\s*[}\]]/m);
      assert.equal(sourceOf(name).match(/{%-? *schema/g)?.length, 1);
    });

    it(`of ${name} has a name under 25 characters, which is not the app's`, () => {
      const extension = /name = "(.+)"/.exec(
        readFileSync(join(BUILT, 'shopify.extension.toml'), 'utf8'),
      )![1]!;
      assert.ok(extension.length < 25);
      for (const word of texts(schema.name)) {
        assert.ok(word.length < 25, word);
        assert.ok(
          !word.toLowerCase().includes(extension.toLowerCase()) && !/hsa-checkout|theme/i.test(word),
          word,
        );
      }
    });

    it(`of ${name} limits where the block may be, and names the loader`, () => {
      const places = {
        'eligibility-badge': ['section', ['product', 'collection', 'cart']],
        'checkout-button': ['section', ['cart']],
        'checkout-embed': ['body', undefined],
      } as const;
      assert.deepEqual([schema.target, schema.enabled_on?.templates], places[name]);
      assert.equal(schema.javascript, 'hsa-loader.js');
      assert.equal(schema.stylesheet, 'hsa-checkout.css');
      for (const file of [schema.javascript, schema.stylesheet])
        assert.ok(files('assets').includes(join('assets', file)));
    });

    it(`of ${name} has settings with an info, sensible defaults, and only keys that Shopify knows`, () => {
      const ids = settings.map(({ id }) => id).filter(Boolean);
      assert.equal(new Set(ids).size, ids.length);
      for (const setting of settings) {
        const { type, id, label, info, content, options } = setting;
        if (type === 'header' || type === 'paragraph') {
          assert.ok(texts(content!).every((text) => text.length <= 500));
          continue;
        }
        assert.match(type, /^(text|textarea|number|select|checkbox|product)$/);
        assert.match(id!, /^[a-z_]+$/);
        texts(label!);
        if (info) texts(info);
        else assert.fail(`${id} has no help`);
        // Shopify rejects an empty default.
        assert.notEqual(setting.default, '', id);
        if (type === 'checkbox') assert.equal(setting.default, false);
        if (type === 'select')
          assert.ok(
            options!.some(({ value }) => value === setting.default),
            id,
          );
        options?.forEach((option) => texts(option.label));
        // A setting that the block's Liquid does not read would have no effect.
        const liquid = [
          sourceOf(name),
          ...files('snippets').map((path) => readFileSync(join(BUILT, path), 'utf8')),
        ].join('');
        assert.match(liquid, new RegExp(`settings\\.${id}\\b`), id);
      }
    });
  }

  it('has only texts that a block shows, and the same texts in each language', () => {
    const keysOf = (tree: unknown, path = ''): string[] =>
      typeof tree === 'string'
        ? [path.slice(1)]
        : Object.entries(tree as object).flatMap(([key, value]) => keysOf(value, `${path}.${key}`));
    const used = new Set(
      BLOCKS.flatMap((name) => [...schemaTextOf(name).matchAll(/"t:([\w.]+)"/g)].map(([, key]) => key!)),
    );
    for (const tree of Object.values(LANGUAGES)) assert.deepEqual(keysOf(tree).sort(), [...used].sort());
  });

  it('follows the theme’s checkout button when the merchant sets nothing', () => {
    for (const name of ['checkout-button', 'checkout-embed'] as const) {
      const defaults = defaultsOf(name);
      const { theme, font, height, radius } = defaults;
      assert.deepEqual([theme, font, height, radius], ['auto', 'theme', null, null]);
      assert.equal(defaults['drawer_theme'], name === 'checkout-embed' ? 'auto' : undefined);
    }
  });

  it('states at the button and the embed that they are for a custom app', () => {
    for (const name of ['button', 'embed'])
      for (const tree of Object.values(LANGUAGES))
        assert.match(String(lookUp(tree, `${name}.intro`)), /1\.1\.2/);
  });
});
