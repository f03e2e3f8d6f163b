import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFragment, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import { analyze, elementsOf } from '../../src/manifest/manifest.js';
import { allBlocks } from '../support/documents.js';

const elements = elementsOf(analyze());
type Node = DefaultTreeAdapterTypes.Element;

/** The elements of a block of HTML, and the parser's errors. */
function parse(code: string): { nodes: Node[]; errors: string[] } {
  const errors: string[] = [];
  const onParseError = ({ code: error }: ParserError) => errors.push(error);
  const nodes: Node[] = [];
  const walk = (parent: DefaultTreeAdapterTypes.ParentNode) => {
    for (const node of parent.childNodes) {
      if (!('tagName' in node)) continue;
      nodes.push(node);
      walk(node);
    }
  };
  walk(parseFragment(code, { onParseError, sourceCodeLocationInfo: true }));
  return { nodes, errors };
}

describe('the HTML in the documents', () => {
  const GLOBAL = ['id', 'class', 'lang', 'hidden', 'slot', 'style'];

  for (const block of allBlocks('html'))
    it(`is valid, and uses only attributes and slots that the elements have: ${block.file}:${block.line}`, () => {
      const { nodes, errors } = parse(block.code);
      assert.deepEqual(errors, []);
      const ours = nodes.filter(({ tagName }) => tagName.includes('-'));
      assert.ok(ours.length);
      for (const { tagName, attrs } of ours) {
        const element = elements.find((one) => one.tagName === tagName);
        assert.ok(element, tagName);
        const attributeNames = element.attributes.map(({ name }) => name).concat(GLOBAL);
        for (const { name, value } of attrs) {
          assert.ok(attributeNames.includes(name), `${tagName} ${name}`);
          if (name === 'cart') assert.doesNotThrow(() => JSON.parse(value), value);
        }
      }
      for (const { tagName, attrs, parentNode, childNodes } of nodes) {
        const attribute = (name: string) => attrs.find((one) => one.name === name)?.value;
        const slots = elements.find((one) => one.tagName === (parentNode as Node).tagName)?.slots ?? [];
        const slot = attribute('slot');
        if (slot) assert.ok(slots.map(({ name }) => name).includes(slot), slot);
        const [text] = childNodes as DefaultTreeAdapterTypes.TextNode[];
        if (tagName === 'script' && attribute('type') === 'application/json')
          assert.doesNotThrow(() => JSON.parse(text!.value));
      }
    });
});

describe('the styles in the documents', () => {
  const styles = [
    ...allBlocks('css'),
    ...allBlocks('html').filter(({ code }) => code.includes('<style>')),
    ...allBlocks('vue').filter(({ code }) => code.includes('<style')),
  ];
  const namesOf = (what: 'cssProperties' | 'cssParts' | 'cssStates') =>
    elements.flatMap((element) => (element[what] ?? []).map(({ name }) => name));

  it('use only properties, parts and states that the elements have', () => {
    const named: Record<string, string[]> = { '--hsa-': [], part: [], state: [] };
    for (const { code } of styles) {
      named['--hsa-']!.push(...(code.match(/--hsa-[\w-]+/g) ?? []));
      for (const [, kind, name] of code.matchAll(/:(part|state)\(([\w-]+)\)/g)) named[kind!]!.push(name!);
    }
    const existing = {
      '--hsa-': namesOf('cssProperties'),
      part: namesOf('cssParts'),
      state: namesOf('cssStates'),
    };
    for (const [kind, names] of Object.entries(existing)) {
      assert.ok(named[kind]!.length, `no ${kind} is shown`);
      assert.deepEqual(
        named[kind]!.filter((name) => !names.includes(name)),
        [],
      );
    }
  });
});
