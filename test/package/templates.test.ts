import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const ELEMENTS = resolve(import.meta.dirname, '../../src/elements');
const HOLE = '\0';

const sources = readdirSync(ELEMENTS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
/** The HTML templates of the elements, with a NUL for each expression. */
const templates = sources.flatMap((file) => {
  const templates: { file: string; text: string }[] = [];
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ELEMENTS, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && (node.tag as ts.Identifier).text === 'html') {
      const { template } = node;
      const texts = ts.isTemplateExpression(template)
        ? [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
        : [template.text];
      templates.push({ file, text: texts.join(HOLE) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return templates;
});

/** Syntax that Lit allows and the script-tag build does not, because it reads templates without a parser. */
const RULES: [what: string, pattern: RegExp][] = [
  ['an entity', /&#?\w+;/],
  ['a comment', /<!--/],
  ['an attribute without quotation marks around its value', /=(?!"|\0[\s/>])/],
  ['single quotation marks', /='/],
  [
    'an empty element without its slash',
    /<(area|br|col|embed|hr|img|input|link|meta|source|wbr)\b[^>]*[^/]>/,
  ],
  ['a hole where a tag or an attribute has its name', /<\/?\0|<[^>"]*\s\0/],
  ['two holes in one attribute', /="[^"]*\0[^"]*\0/],
  ['a property', /\s\.\w+=/],
];

describe('the templates of the elements', () => {
  it('exist', () => assert.ok(templates.length > 5, `only ${templates.length}`));

  for (const [what, pattern] of RULES)
    it(`have no ${what}, which the script-tag build cannot read`, () => {
      assert.deepEqual(
        templates.filter(({ text }) => pattern.test(text)),
        [],
      );
    });

  it('close every tag that they open', () => {
    for (const { file, text } of templates) {
      const open: string[] = [];
      for (const [, close, tag, isEmpty] of text.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>/g))
        if (close) assert.equal(open.pop(), tag, file);
        else if (!isEmpty) open.push(tag!);
      assert.deepEqual(open, [], `${file}: ${text}`);
    }
  });
});
