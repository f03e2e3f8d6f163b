import { childPart } from './template.js';

type Declarations = Record<
  string,
  { attribute?: string | false; type?: unknown; state?: boolean; reflect?: boolean }
>;
type Changes = Map<PropertyKey, unknown>;
/** Where the browser takes constructable sheets, those; else their texts. */
type Sheet = CSSStyleSheet | string;

const isModern = 'adoptedStyleSheets' in document;

/** A style sheet from a template without expressions. */
export function css([text]: TemplateStringsArray): Sheet {
  if (!isModern) return text!;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text!);
  return sheet;
}

/**
 * Stands in for Lit's class in the script-tag files, where every byte is counted: what our elements use of it and nothing
 * else, in a quarter of the size. It keeps Lit's contract (declared properties, one update for many changes, an
 * `updateComplete` to wait for); what tests ask of behaviour runs on both.
 */
export class LitElement extends HTMLElement {
  declare static properties: Declarations;
  declare static styles: Sheet | Sheet[];
  static shadowRootOptions: ShadowRootInit = { mode: 'open' };
  /** The names of all properties; and what an attribute's property is called, and how it is read and written back. */
  declare static names: string[];
  declare static byAttribute: Map<string, { name: string; isBoolean: boolean; reflect?: boolean }>;

  /** Read when the element is defined: makes the accessors of the declared properties, the parent's first. */
  static get observedAttributes(): string[] {
    if (!Object.hasOwn(this, 'names')) {
      const parent = Object.getPrototypeOf(this) as typeof LitElement;
      void parent.observedAttributes;
      this.names = [...(parent.names ?? [])];
      this.byAttribute = new Map(parent.byAttribute);
      const own = Object.hasOwn(this, 'properties') ? this.properties : {};
      for (const [name, { attribute = name.toLowerCase(), type, state, reflect }] of Object.entries(own)) {
        const key = Symbol();
        this.names.push(name);
        if (attribute && !state)
          this.byAttribute.set(attribute, { name, isBoolean: type === Boolean, reflect });
        Object.defineProperty(this.prototype, name, {
          get(this: Record<symbol, unknown>) {
            return this[key];
          },
          set(this: LitElement & Record<symbol, unknown>, value: unknown) {
            const old = this[key];
            this[key] = value;
            if (!Object.is(old, value)) this.requestUpdate(name, old);
          },
        });
      }
    }
    return [...this.byAttribute.keys()];
  }

  declare renderRoot?: ShadowRoot;
  #show!: (content: unknown) => void;
  declare hasUpdated?: boolean;
  #changes?: Changes;
  #update?: Promise<boolean>;
  /** For those who wait for the first update before the element is connected. */
  #connected?: Promise<void>;
  #connect?: () => void;

  /** Little: a script that comes late makes a thousand elements in one go. */
  constructor() {
    super();
    const self = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(this))
      // Set before the element was defined: it goes through the accessor now.
      if (this.#class.names.includes(name)) {
        const value = self[name];
        delete self[name];
        self[name] = value;
      }
  }

  get #class(): typeof LitElement {
    return this.constructor as typeof LitElement;
  }

  connectedCallback(): void {
    if (this.renderRoot) return;
    const self = this as unknown as Record<string, unknown>;
    for (const [attribute, { name, isBoolean }] of this.#class.byAttribute)
      if (this.hasAttribute(attribute)) self[name] ??= isBoolean || this.getAttribute(attribute);
    this.renderRoot = this.#createRenderRoot();
    this.requestUpdate();
    this.#connect?.();
  }

  disconnectedCallback(): void {}

  /** Those that an element has when it is defined are read in one go when its turn has come. */
  attributeChangedCallback(attribute: string, old: string | null, value: string | null): void {
    if (old === null && this.isConnected && !this.renderRoot) return;
    const { name, isBoolean } = this.#class.byAttribute.get(attribute)!;
    Object.assign(this, { [name]: isBoolean ? value !== null : value });
  }

  #createRenderRoot(): ShadowRoot {
    const root = this.attachShadow(this.#class.shadowRootOptions);
    const sheets = [this.#class.styles].flat();
    if (isModern) root.adoptedStyleSheets = sheets as CSSStyleSheet[];
    else
      for (const sheet of sheets as string[]) {
        const style = document.createElement('style');
        style.nonce = (globalThis as { litNonce?: string }).litNonce ?? '';
        style.textContent = sheet;
        root.append(style);
      }
    const end = new Text();
    root.append(end);
    this.#show = childPart(end);
    return root;
  }

  get updateComplete(): Promise<boolean> {
    if (this.renderRoot) return this.#update ?? Promise.resolve(true);
    this.#connected ??= new Promise((resolve) => (this.#connect = resolve));
    return this.#connected.then(() => this.updateComplete);
  }

  /** Before the first update there is nothing to remember: all is new. */
  requestUpdate(name?: PropertyKey, old?: unknown): void {
    if (!this.renderRoot) return;
    const changes = (this.#changes ??= new Map());
    if (name && !changes.has(name)) changes.set(name, old);
    this.#update ??= Promise.resolve().then(() => {
      const changes = this.#changes!;
      for (const [attribute, { name, reflect }] of this.#class.byAttribute)
        if (reflect && (!this.hasUpdated || changes.has(name))) {
          const value = (this as unknown as Record<string, unknown>)[name];
          if (value == null) this.removeAttribute(attribute);
          else this.setAttribute(attribute, String(value));
        }
      this.#changes = undefined;
      try {
        this.#show(this.render());
      } finally {
        this.#update = undefined;
      }
      this.hasUpdated = true;
      this.updated(changes);
      return !this.#update;
    });
  }

  render(): unknown {
    return undefined;
  }
  updated(_: Changes): void {}
}
