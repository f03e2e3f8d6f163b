/** A text with holes, and what fills them. */
interface Template {
  strings: readonly string[];
  values: unknown[];
}
/** Fills one hole. */
type Part = (value: unknown) => void;
/** The nodes of a template; and for each hole, which of them in document order it is in, and what makes its part of that. */
interface Model {
  nodes: DocumentFragment;
  holes: [place: number, makePart: (node: Node) => Part][];
}

const HOLE = '\0';
/** A text, or a tag: whether it closes, its name, its attributes, and whether it is empty. */
const TOKEN = /([^<]+)|<(\/?)([\w-]+)([^>]*?)(\/?)>/g;
/** A name with a value in quotation marks, or with a hole, or alone. */
const ATTRIBUTE = /([^\s=]+)(?:="([^"]*)"|=(\0))?/g;

/** Stands for no attribute and no text. */
export const nothing = Symbol();

/** A template. Its tags are closed, its values quoted, and it has no entities and no comments: it is read without a parser. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Template => ({ strings, values });

/** Every template is read once: a page may show it a thousand times. */
const models = new Map<Template['strings'], Model>();

function attributePart(element: Element, name: string, text: string): Part {
  const key = name.slice(1);
  if (name[0] === '@') {
    let listener: EventListener;
    element.addEventListener(key, (event) =>
      listener.call((element.getRootNode() as ShadowRoot).host, event),
    );
    return (value) => (listener = value as EventListener);
  }
  if (name[0] === '?') return (value) => element.toggleAttribute(key, value !== nothing && !!value);
  return (value) => {
    if (value === nothing) element.removeAttribute(name);
    else
      element.setAttribute(
        name,
        text.replace(HOLE, () => String(value)),
      );
  };
}

/** What stands before a text node, or in it: a template's nodes before it, anything else as its data. */
export function childPart(text: Text): Part {
  let shown: Template['strings'] | undefined;
  let before: Node | null = null;
  let parts: Part[] = [];
  let old: unknown[] = [];
  return (value) => {
    const { strings, values } = Object(value) as Partial<Template>;
    if (strings !== shown) {
      while (shown && text.previousSibling !== before) text.previousSibling!.remove();
      shown = strings;
      before = text.previousSibling;
      parts = [];
      old = [];
      // In its place first, filled after: what the holes hold is found by its neighbours.
      if (strings) text.before(copy(strings, parts));
    }
    // Only what has changed is touched: a live region speaks of every change.
    parts.forEach((part, i) => values![i] !== old[i] && part(values![i]));
    old = values ?? [];
    const data = strings || value == null || value === nothing ? '' : String(value);
    if (text.data !== data) text.data = data;
  };
}

/** A copy of a template's nodes, with a part for each of its holes. */
function copy(strings: readonly string[], parts: Part[]): Node {
  let model = models.get(strings);
  if (!model) models.set(strings, (model = read(strings)));
  const nodes = model.nodes.cloneNode(true);
  let at = -1;
  let walker: TreeWalker;
  for (const [place, makePart] of model.holes) {
    walker ??= document.createTreeWalker(nodes);
    for (; at < place; at++) walker.nextNode();
    parts.push(makePart(walker.currentNode));
  }
  return nodes;
}

/**
 * Reads a template. Node by node, without `innerHTML`: Trusted Types have nothing to forbid, and no policy is needed.
 */
function read(strings: readonly string[]): Model {
  const nodes = new DocumentFragment();
  const holes: Model['holes'] = [];
  let parent: Node & ParentNode = nodes;
  let place = -1;
  const add = (node: Node) => {
    parent.append(node);
    place++;
  };
  for (const [, text, close, tag, attributes, isEmpty] of strings.join(HOLE).matchAll(TOKEN)) {
    if (text)
      text.split(HOLE).forEach((piece, i) => {
        if (i) {
          add(new Text());
          holes.push([place, (node) => childPart(node as Text)]);
        }
        if (piece) add(new Text(piece));
      });
    else if (close) parent = parent.parentNode!;
    else {
      const namespace = tag === 'svg' ? 'http://www.w3.org/2000/svg' : (parent as Element).namespaceURI;
      const element = document.createElementNS(namespace ?? 'http://www.w3.org/1999/xhtml', tag!);
      add(element);
      for (const [, name, quoted, hole] of attributes!.matchAll(ATTRIBUTE)) {
        const value = hole ?? quoted ?? '';
        if (value.includes(HOLE)) holes.push([place, (node) => attributePart(node as Element, name!, value)]);
        else element.setAttribute(name!, value);
      }
      if (!isEmpty) parent = element;
    }
  }
  return { nodes, holes };
}
