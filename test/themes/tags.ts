import {
  Hash,
  Tag,
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import type { Scope } from './settings.js';

/** A section or a block in the JSON of a template or a section group. */
export interface Part {
  type: string;
  settings?: Scope;
  blocks?: Record<string, Part>;
  block_order?: string[];
  disabled?: boolean;
  /** Placed by the theme's own markup, not by the merchant. */
  static?: boolean;
  /** The markup of an app block, which is not the theme's. */
  html?: string;
}

/** The methods of the theme that its tags use. */
export interface PartRenderer {
  section(id: string, part: Part, globals: Scope): string;
  sectionGroup(name: string, globals: Scope): string;
  block(id: string, part: Part, globals: Scope, args: Scope): string;
}

/** The first argument of a tag, in quotes. */
const firstArgument = (args: string) => /^\s*["']([\w-]+)["']/.exec(args)?.[1] ?? '';
const afterFirst = (args: string) => args.replace(/^\s*["'][\w-]+["']\s*,?/, '');

/** A tag with an end tag. Subclasses define the markup around its content. */
abstract class SurroundingTag extends Tag {
  protected readonly args: string;
  readonly #content: Template[];

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remaining, liquid);
    this.args = token.args;
    const content: Template[] = [];
    const stream = parser
      .parseStream(remaining)
      .on('template', (template: Template) => content.push(template))
      .on(`tag:end${token.name}`, () => stream.stop())
      .on('end', () => {
        throw new Error(`{% ${token.name} %} has no end`);
      });
    stream.start();
    this.#content = content;
  }

  abstract open(ctx: Context): Generator<unknown, string>;
  abstract readonly close: string;

  *render(ctx: Context, emitter: Emitter): Generator<unknown, void> {
    const opening = (yield this.open(ctx)) as string;
    const html = (yield this.liquid.renderer.renderTemplates(this.#content, ctx)) as string;
    emitter.write(opening + html + this.close);
  }
}

class StyleTag extends SurroundingTag {
  readonly close = '</style>';
  *open(): Generator<unknown, string> {
    return '<style data-shopify>';
  }
}

class PaginateTag extends SurroundingTag {
  readonly close = '';
  *open(): Generator<unknown, string> {
    return '';
  }
}

/** The actions of Shopify's forms, by type. */
const FORM_ACTIONS: Record<string, string> = { product: '/cart/add', cart: '/cart' };

class FormTag extends SurroundingTag {
  readonly close = '</form>';
  readonly #hash = new Hash(afterFirst(this.args));

  *open(ctx: Context): Generator<unknown, string> {
    const type = firstArgument(this.args);
    const values = (yield this.#hash.render(ctx)) as Scope;
    const attributes = Object.entries(values)
      .filter(([name, value]) => name !== 'return_to' && typeof value === 'string')
      .map(([name, value]) => ` ${name}="${String(value)}"`)
      .join('');
    const action = FORM_ACTIONS[type] ?? `/${type}`;
    return `<form method="post" action="${action}"${attributes}><input type="hidden" name="form_type" value="${type}">`;
  }
}

/** Registers Shopify's tags. `schema`, `stylesheet`, `javascript` and `doc` are removed before a file is parsed. */
export function registerTags(engine: Liquid, theme: PartRenderer): void {
  engine.registerTag('style', StyleTag);
  engine.registerTag('paginate', PaginateTag);
  engine.registerTag('form', FormTag);
  engine.registerTag(
    'section',
    class extends Tag {
      readonly #name: string;
      constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
        super(token, remaining, liquid);
        this.#name = firstArgument(token.args);
      }
      *render({ globals }: Context, emitter: Emitter): Generator<unknown, void> {
        emitter.write(theme.section(this.#name, { type: this.#name }, globals));
      }
    },
  );
  engine.registerTag(
    'sections',
    class extends Tag {
      readonly #name: string;
      constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
        super(token, remaining, liquid);
        this.#name = firstArgument(token.args);
      }
      *render({ globals }: Context, emitter: Emitter): Generator<unknown, void> {
        emitter.write(theme.sectionGroup(this.#name, globals));
      }
    },
  );
  engine.registerTag(
    'content_for',
    class extends Tag {
      readonly #isList: boolean;
      readonly #hash: Hash;
      constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
        super(token, remaining, liquid);
        this.#isList = firstArgument(token.args) === 'blocks';
        this.#hash = new Hash(afterFirst(token.args));
      }
      *render(ctx: Context, emitter: Emitter): Generator<unknown, void> {
        const args = (yield this.#hash.render(ctx)) as Scope & { id?: string; type?: string };
        const globals = ctx.globals as Scope & { part?: Part };
        const { blocks = {}, block_order = Object.keys(blocks) } = globals.part ?? { type: '' };
        if (this.#isList) {
          for (const id of block_order) {
            const block = blocks[id];
            if (block && !block.static && !block.disabled)
              emitter.write(theme.block(id, block, globals, args));
          }
          return;
        }
        const { id = '', type = '', ...more } = args;
        emitter.write(theme.block(id, { ...blocks[id], type }, globals, more));
      }
    },
  );
}
