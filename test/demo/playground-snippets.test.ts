import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkCart } from 'hsa-checkout-button/contract/check';
import { chromium, type Browser, type Page } from 'playwright-core';
import ts from 'typescript';
import { cartOf } from '../../demo/playground/cart.js';
import { DEFAULTS, type Settings } from '../../demo/playground/settings.js';
import { SNIPPETS, type SnippetFile, type SnippetName } from '../../demo/playground/snippets/index.js';
import { createProject } from '../runtimes/project.js';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';
import { compile } from '../support/compile.js';
import { VERSION } from './playground-visitor.js';

ensureBuilt('script-tag');

const ROOT = resolve(import.meta.dirname, '../..');
const { exports: entryPoints } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: object;
};
const hasEntryPoint = (name: string) => name in entryPoints;

/** Texts that end a string, an attribute or a script if they are not escaped. */
const HOSTILE = `</span></script>{{ 1 + 1 }} "Pay" & 'save' <b>\\`;

const ALL_CHANGED: Settings = {
  theme: 'outline',
  page: 'dark',
  badge: 'above',
  learnMore: 'yes',
  variant: 'card',
  height: 56,
  radius: 20,
  width: 300,
  hasColours: true,
  background: '#123456',
  text: '#fedcba',
  border: '#abcdef',
  accent: '#fedcba',
  label: HOSTILE,
  locale: 'es',
  quantities: { 'bp-monitor': 2, thermometer: 0, 'massage-gun': 1, mug: 3 },
  eligibility: 'split',
  whenRegular: 'hide',
  shopper: 'guest',
  details: 'never',
  network: 'broken',
};
const CASES: [title: string, settings: Settings][] = [
  ['as it is', DEFAULTS],
  ['with everything changed', ALL_CHANGED],
];

const filesOf = (name: SnippetName, settings: Settings) => SNIPPETS[name](settings, { version: VERSION });

interface VueCompiler {
  parse(source: string): { descriptor: unknown; errors: unknown[] };
  compileScript(descriptor: unknown, options: object): { content: string };
}

/** Compiles a component of Vue: its script with types, and the whole with its template as JavaScript. */
function compileVue(code: string): { script: string; whole: string } {
  const vue = createRequire(import.meta.url)('vue/compiler-sfc') as VueCompiler;
  const { descriptor, errors } = vue.parse(code);
  assert.deepEqual(errors, []);
  const content = (inlineTemplate: boolean) =>
    vue.compileScript(descriptor, { id: 'playground', inlineTemplate }).content;
  return { script: content(false), whole: content(true) };
}

/** The snippets in TypeScript whose entry point the package has. */
const TYPED = (
  [
    ['Handler', './server'],
    ['React', './react'],
    ['Vue', './vue'],
  ] as const
).flatMap(([name, entryPoint]) => (hasEntryPoint(entryPoint) ? [name] : []));

const HSA_WEBHOOK_SECRET = 'whsec_playground';
/** Pays a session at the provider, and sends its webhook to the handler, signed and unsigned. */
const DELIVER = `
  import { createSandbox } from 'hsa-checkout-button/sandbox';
  import { checkout } from './checkout.js';
  let delivery;
  const sandbox = createSandbox({
    products: [{ merchant_product_id: 'bp-monitor', name: 'Monitor', price: 4995, currency: 'USD', hsa_fsa_eligible: true }],
    webhookSecret: '${HSA_WEBHOOK_SECRET}',
    fetch: async (url, init) => (delivery = await checkout(new Request(url, init))),
  });
  globalThis.fetch = (input, init) => sandbox.fetch(new Request(input, init));
  const answer = await fetch('https://provider.example/v2/checkout', {
    method: 'POST',
    headers: { authorization: 'Bearer glm_test_1', 'content-type': 'application/json', 'idempotency-key': '1' },
    body: JSON.stringify({
      customer: { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com' },
      shipping_info: { address_line_1: '1 Main St', city: 'Austin', state: 'TX', postal_code: '78701', country: 'US' },
      line_items: [{ product_id: 'bp-monitor', name: 'Monitor', price: 4995, quantity: 1, currency: 'USD' }],
      reference_id: '1',
      success_url: 'https://shop.example/thanks',
      failure_url: 'https://shop.example/cart',
      metadata: { webhook_url: 'https://shop.example/api/hsa-checkout/webhook' },
    }),
  });
  const { checkout_id: id } = await answer.json();
  await sandbox.pay(id);
  const unsigned = await checkout(new Request('https://shop.example/api/hsa-checkout/webhook', { method: 'POST', body: '{}' }));
  console.log(delivery.status, unsigned.status);
`;

describe('the code in TypeScript', () => {
  let messages: Map<string, string[]>;
  const pathOf = (name: SnippetName, i: number) =>
    join(ROOT, 'demo', `playground-${name}-${i}.${name === 'React' ? 'tsx' : 'ts'}`);

  // Compiled at once, because most of the time goes into their imports.
  before(() => {
    const files = TYPED.flatMap((name) =>
      CASES.map(([, settings], i): [string, string] => {
        const [{ code }] = filesOf(name, settings) as [SnippetFile];
        return [pathOf(name, i), name === 'Vue' ? compileVue(code).script : code];
      }),
    );
    messages = compile(new Map(files), { jsx: ts.JsxEmit.ReactJSX, noUncheckedSideEffectImports: false });
  });

  for (const name of TYPED)
    for (const [i, [title]] of CASES.entries())
      test(`for ${name} compiles ${title}`, () => {
        assert.deepEqual(messages.get(pathOf(name, i)), []);
      });

  if (hasEntryPoint('./vue'))
    test('for Vue keeps the text of the label unchanged', () => {
      const [{ code }] = filesOf('Vue', ALL_CHANGED) as [SnippetFile];
      const { whole } = compileVue(code);
      for (const words of ['endpoint: "/api/hsa-checkout"', JSON.stringify(HOSTILE)])
        assert.ok(whole.includes(words), words);
    });
});

describe('the code for the backend', () => {
  for (const [title, settings] of CASES)
    test(`accepts a signed webhook of a paid order, and refuses an unsigned one: ${title}`, () => {
      const [{ code }] = filesOf('Handler', settings) as [SnippetFile];
      const { folder, write } = createProject();
      const { outputText } = ts.transpileModule(code, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      write('checkout.js', outputText);
      write('deliver.js', DELIVER);
      const { stdout, stderr } = spawnSync(process.execPath, ['deliver.js'], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          GALE_API_KEY: 'glm_test_1',
          CHECKOUT_SECRET: '16 random characters',
          HSA_WEBHOOK_SECRET,
        },
      });
      assert.match(stdout, /^Paid, ship it: ord_\w+ of \w+\n200 401\n$/, stderr);
    });
});

describe('the code for a page without a build', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  /** Serves the snippet's files as a shop. */
  async function open(settings: Settings): Promise<Page> {
    const files = filesOf('HTML', settings);
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      const file = `/hsa-checkout-button@${VERSION}/`;
      if (pathname.startsWith(file))
        return route.fulfill({ path: join(ROOT, 'dist/cdn', pathname.slice(file.length)) });
      if (pathname === '/hsa-checkout.css')
        return route.fulfill({ contentType: 'text/css', body: files[1]!.code });
      const body = `<!doctype html><html lang="en"><title>Shop</title>${files[0]!.code}<p id="after">After</p>`;
      return route.fulfill({ contentType: 'text/html', body });
    });
    await page.goto('http://localhost/');
    return page;
  }

  test('shows the button and its amounts', async () => {
    const page = await open(DEFAULTS);
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).waitFor();
    await page.getByText('May be paid with HSA/FSA').waitFor();
    await page.close();
  });

  test('has the chosen texts, attributes and styles, all of them escaped', async () => {
    const page = await open(ALL_CHANGED);
    const button = page.getByRole('button', { name: HOSTILE });
    await button.waitFor();
    const look = await button.evaluate((element) => {
      const { backgroundColor, color, borderTopColor, borderTopLeftRadius, minHeight } =
        getComputedStyle(element);
      return [backgroundColor, color, borderTopColor, borderTopLeftRadius, minHeight];
    });
    assert.deepEqual(look, ['rgb(18, 52, 86)', 'rgb(254, 220, 186)', 'rgb(171, 205, 239)', '20px', '56px']);
    assert.equal((await button.boundingBox())!.width, 300);
    const element = page.locator('hsa-checkout-button');
    const attributes = await element.evaluate((tag) =>
      Object.fromEntries([...tag.attributes].map((a) => [a.name, a.value])),
    );
    assert.deepEqual(attributes, {
      // The element sets this attribute itself, for focus traps.
      tabindex: '0',
      endpoint: '/api/hsa-checkout',
      theme: 'outline',
      locale: 'es',
      eligibility: 'split',
      'when-regular': 'hide',
      details: 'never',
      badge: 'above',
      'learn-more': '',
    });
    const cart = JSON.parse((await element.locator('script').textContent())!) as unknown;
    assert.deepEqual(cart, cartOf(ALL_CHANGED));
    assert.deepEqual(checkCart(cart).violations, []);
    assert.equal(await page.locator('#after').innerText(), 'After');
    await page.close();
  });
});

const BLOCK = join(ROOT, 'src/shopify/extension/blocks/checkout-button.liquid');
if (existsSync(BLOCK))
  describe('the code for Shopify', () => {
    const [, schema] = /\{% schema %\}([^]*)\{% endschema %\}/.exec(readFileSync(BLOCK, 'utf8'))!;
    const { settings: blockSettings } = JSON.parse(schema!) as {
      settings: { id?: string; options?: { value: string }[] }[];
    };
    for (const [title, settings] of CASES)
      test(`${title} gives the block only settings that it has`, () => {
        const [file] = filesOf('Shopify', settings);
        const [block] = Object.values(JSON.parse(file!.code) as Record<string, { settings: object }>);
        for (const [id, value] of Object.entries(block!.settings)) {
          const setting = blockSettings.find((candidate) => candidate.id === id);
          assert.ok(setting, `the block has no ${id}`);
          if (setting.options)
            assert.ok(
              setting.options.some((option) => option.value === value),
              `${id}: ${value}`,
            );
        }
      });
  });
