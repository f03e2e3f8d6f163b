import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Liquid } from 'liquidjs';
import { registerFilters, THEME_ASSETS } from './filters.js';
import { readThemeJson, SettingsReader, type Scope, type Setting } from './settings.js';
import { registerTags, type Part, type PartRenderer } from './tags.js';

/** The sections of a template or a section group. */
interface Sections {
  sections: Record<string, Part>;
  order: string[];
}

/** The schema of a section or a block. */
interface Schema {
  tag?: string | null;
  class?: string;
  settings?: Setting[];
  blocks?: { type: string; settings?: Setting[] }[];
}

/** The parts of a file that are not markup. */
const NOT_MARKUP = /\{%-?\s*(schema|stylesheet|javascript|doc)\s*-?%\}([^]*?)\{%-?\s*end\1\s*-?%\}/g;
/** An app block has its own markup. */
const APP_BLOCK = /\{%-?\s*render block\s*-?%\}/g;
/** The same inside a `liquid` tag. */
const APP_BLOCK_LINE = /^\s*render block\s*$/gm;

const markupOf = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(NOT_MARKUP, '')
    .replace(APP_BLOCK, '{{ block.html }}')
    .replace(APP_BLOCK_LINE, 'echo block.html');

/** The contents of all tags of one name in a file. */
const partsOf = (path: string, tag: string) =>
  [...readFileSync(path, 'utf8').matchAll(NOT_MARKUP)]
    .filter(([, name]) => name === tag)
    .map(([, , text]) => text!);

const liquidFiles = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.liquid'))
        .map((file) => join(folder, file))
    : [];

/** A whole theme, rendered as Shopify's server does: templates, sections, section groups and blocks. */
export class Theme implements PartRenderer {
  readonly root: string;
  readonly name: string;
  /** Rendering errors, each once. */
  readonly errors = new Set<string>();
  readonly #settings: SettingsReader;
  readonly #appBlock: string;
  readonly #schemas = new Map<string, Schema>();
  readonly #engine: Liquid;

  /**
   * @param settings override the theme's own settings.
   * @param appBlock the markup of an app block in the cart section, if that accepts one.
   */
  constructor(root: string, settings: Scope = {}, appBlock = '') {
    this.root = root;
    this.name = basename(root);
    this.#settings = new SettingsReader(root, settings);
    this.#appBlock = appBlock;
    const folders = ['snippets', 'blocks', 'sections', 'layout', 'templates'].map((name) => join(root, name));
    this.#engine = new Liquid({
      root: folders,
      partials: folders,
      extname: '.liquid',
      cache: true,
      lenientIf: true,
      relativeReference: false,
      fs: {
        readFileSync: markupOf,
        readFile: async (path) => markupOf(path),
        existsSync,
        exists: async (path) => existsSync(path),
        contains: async () => true,
        containsSync: () => true,
        resolve: (folder, file, extension) =>
          file.startsWith('/') ? file : join(folder, file.endsWith(extension) ? file : file + extension),
        dirname,
        sep: '/',
      },
    });
    registerTags(this.#engine, this);
    registerFilters(this.#engine, root, readThemeJson(join(root, 'locales/en.default.json')));
  }

  /** The style sheet that Shopify compiles from the `stylesheet` tags of all files. */
  styleSheet(): string {
    return ['snippets', 'blocks', 'sections']
      .flatMap((folder) => liquidFiles(join(this.root, folder)))
      .flatMap((file) => partsOf(file, 'stylesheet'))
      .join('\n');
  }

  /** The path of an asset, if the theme has it. */
  asset(url: string): string | undefined {
    const path = join(this.root, 'assets', url.slice(THEME_ASSETS.length));
    return existsSync(path) ? path : undefined;
  }

  /** A whole page. */
  page(template: string, globals: Scope): string {
    const content_for_layout = this.#template(template, globals);
    return this.#render(join('layout', 'theme.liquid'), {}, { ...globals, content_for_layout });
  }

  /** A section by its id, as in the Section Rendering API; null when there is none. */
  sectionById(id: string, template: string, globals: Scope): string | null {
    const groups = readdirSync(join(this.root, 'sections')).filter((file) => file.endsWith('.json'));
    const files = [join('templates', `${template}.json`), ...groups.map((file) => join('sections', file))];
    const part = files
      .filter((file) => existsSync(join(this.root, file)))
      .map((file) => this.#sections(file).sections[id])
      .find(Boolean);
    const { type } = part ?? { type: id };
    const isKnown = existsSync(join(this.root, 'sections', `${type}.liquid`));
    return isKnown ? this.section(id, part ?? { type }, globals) : null;
  }

  section(id: string, part: Part, globals: Scope): string {
    const schema = this.#schema('sections', part.type);
    const { blocks = {}, block_order = Object.keys(blocks) } = part;
    const section = {
      id,
      type: part.type,
      settings: this.#settings.read(schema.settings, part.settings),
      blocks: block_order
        .filter((key) => !blocks[key]?.disabled)
        .map((key) => {
          const { type, settings, html } = blocks[key]!;
          const own = schema.blocks?.find((block) => block.type === type)?.settings;
          return {
            id: key,
            type,
            html,
            settings: this.#settings.read(own, settings),
            shopify_attributes: '',
          };
        }),
      index: 1,
      location: 'template',
    };
    const html = this.#render(join('sections', `${part.type}.liquid`), {}, { ...globals, section, part });
    const tag = schema.tag ?? 'div';
    return `<${tag} id="shopify-section-${id}" class="shopify-section ${schema.class ?? ''}">${html}</${tag}>`;
  }

  sectionGroup(name: string, globals: Scope): string {
    return this.#inOrder(this.#sections(join('sections', `${name}.json`)), globals);
  }

  block(id: string, part: Part, globals: Scope, args: Scope): string {
    if (part.html) return part.html;
    const settings = this.#settings.read(this.#schema('blocks', part.type).settings, part.settings);
    const block = { id, type: part.type, settings, shopify_attributes: '' };
    return this.#render(join('blocks', `${part.type}.liquid`), { block, ...args }, { ...globals, part });
  }

  #template(name: string, globals: Scope): string {
    const json = join('templates', `${name}.json`);
    if (existsSync(join(this.root, json))) return this.#inOrder(this.#sections(json), globals);
    return this.#render(join('templates', `${name}.liquid`), {}, globals);
  }

  #inOrder({ sections, order }: Sections, globals: Scope): string {
    return order
      .filter((id) => !sections[id]?.disabled)
      .map((id) => this.section(id, sections[id]!, globals))
      .join('\n');
  }

  /** The sections of a JSON file. The last cart section that accepts app blocks gets the app block. */
  #sections(file: string): Sections {
    const { sections, order } = readThemeJson(join(this.root, file)) as Sections;
    const host = order.filter((id) => this.#takesAppBlock(sections[id]!)).at(-1);
    if (!this.#appBlock || !host) return { sections, order };
    const { blocks = {}, block_order = Object.keys(blocks), ...part } = sections[host]!;
    return {
      order,
      sections: {
        ...sections,
        [host]: {
          ...part,
          blocks: { ...blocks, app: { type: '@app', html: this.#appBlock } },
          block_order: [...block_order, 'app'],
        },
      },
    };
  }

  #takesAppBlock({ type }: Part): boolean {
    const { blocks = [] } = this.#schema('sections', type);
    return type.includes('cart') && blocks.some((block) => block.type === '@app');
  }

  #schema(folder: 'sections' | 'blocks', type: string): Schema {
    const path = join(this.root, folder, `${type}.liquid`);
    let schema = this.#schemas.get(path);
    if (!schema) {
      const [text = '{}'] = existsSync(path) ? partsOf(path, 'schema') : [];
      this.#schemas.set(path, (schema = JSON.parse(text) as Schema));
    }
    return schema;
  }

  /** A part that cannot be rendered is empty, and is listed in `errors`. */
  #render(file: string, scope: Scope, globals: Scope): string {
    try {
      return this.#engine.renderFileSync(join(this.root, file), scope, {
        globals: { ...globals, settings: this.#settings.theme },
      }) as string;
    } catch (error) {
      this.errors.add(`${file}: ${(error as Error).message}`);
      return '';
    }
  }
}
