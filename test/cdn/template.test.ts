import { expect } from '@open-wc/testing';
import * as lit from 'lit';
import { html, nothing } from '../../src/cdn/template.js';
import { childPart } from '../../src/cdn/template.js';

/** The two ways to write a template: ours, and Lit's, which says what is right. */
interface Way {
  html: (strings: TemplateStringsArray, ...values: unknown[]) => unknown;
  nothing: symbol;
}
const ours: Way = { html, nothing };
const lits: Way = { html: lit.html, nothing: lit.nothing };

/** What a page sees of a node: Lit's markers and where a text is cut into nodes are its own affair. */
function seen(root: ParentNode): string {
  const copy = document.createElement('div');
  copy.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
  const comments = document.createNodeIterator(copy, NodeFilter.SHOW_COMMENT);
  for (let node; (node = comments.nextNode());) (node as Comment).remove();
  copy.normalize();
  return copy.innerHTML;
}

function open(way: Way): { root: HTMLElement; show: (content: unknown) => void } {
  const root = document.createElement('div');
  if (way === lits) return { root, show: (content) => lit.render(content, root) };
  const end = new Text();
  root.append(end);
  return { root, show: childPart(end) };
}

/** Contents that are shown one after the other in one place. */
const SEQUENCES: Record<string, (way: Way) => unknown[]> = {
  'texts, numbers and what is none': ({ nothing: none }) => [
    'a',
    'b',
    1,
    0,
    '',
    null,
    'c',
    undefined,
    none,
    'd',
  ],
  'markup in a text': () => ['<img src="x" onerror="alert(1)">', '&amp;', '</div>'],
  'a text in an element': ({ html: h }) => ['a', 'b', ''].map((text) => h`<p part="x">${text}</p>`),
  'texts around holes': ({ html: h }) => [1, 2].map((n) => h`a ${n} b ${n + 1} c`),
  'holes side by side': ({ html: h }) => [
    h`${'a'}${'b'}`,
    h`${h`<i>a</i>`}${h`<b>b</b>`}`,
    h`${''}${h`<b>b</b>`}`,
    h`${'x'}${''}`,
  ],
  'one template and another in one place': ({ html: h }) => [
    h`<p>a</p>`,
    h`<b>b</b>`,
    'text',
    h`<p>c</p>`,
    '',
  ],
  'a template in a template, at its top': ({ html: h, nothing: none }) => {
    const outer = (content: unknown) => h`${content}<hr />${content}`;
    return [
      outer('a'),
      outer(h`<i>1</i>${h`<b>2</b>`}`),
      outer(none),
      outer(h`${h`${h`deep`}`}`),
      h`<p>gone</p>`,
    ];
  },
  'attributes, with and without a value, and with something around it': ({ html: h, nothing: none }) =>
    ['x', true, none, 'a "b" <c> $& $1', 0].map(
      (value) => h`<a href=${value} target="_${value}" class="k" hidden>text</a>`,
    ),
  flags: ({ html: h, nothing: none }) =>
    [true, false, undefined, none, 1].map((value) => h`<button ?disabled=${value} type="button">x</button>`),
  'elements in each other, and empty ones': ({ html: h }) => [
    h`<div><p>a<b>c</b></p><br /><input type="text" />${'d'}</div>e`,
  ],
  'a drawing': ({ html: h }) => [
    h`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="2" rx="3" /><path d="M1 2v3" /></svg> ${'x'}`,
  ],
};

describe('the templates of the script-tag files show what Lit shows:', () => {
  for (const [title, contents] of Object.entries(SEQUENCES))
    it(title, () => {
      const [mine, reference] = [ours, lits].map((way) => {
        const { root, show } = open(way);
        return contents(way).map((content) => {
          show(content);
          return seen(root);
        });
      });
      expect(mine!.length).to.be.greaterThan(0);
      expect(mine).to.deep.equal(reference);
    });

  it('the same in any order', () => {
    for (const contents of Object.values(SEQUENCES)) {
      const all = [contents(ours), contents(lits)] as const;
      const [mine, reference] = [open(ours), open(lits)];
      for (let step = 0, i = 0; step < 40; step++, i = (i + 7 * step + 3) % all[0].length) {
        mine.show(all[0][i]);
        reference.show(all[1][i]);
        expect(seen(mine.root)).to.equal(seen(reference.root));
      }
    }
  });

  it('what an element is, a drawing included', () => {
    const { root, show } = open(ours);
    show(
      html`<p>
        <svg><path d="M0 0" /></svg>
      </p>`,
    );
    expect(root.querySelector('p')).to.be.instanceOf(HTMLParagraphElement);
    expect(root.querySelector('path')).to.be.instanceOf(SVGPathElement);
  });
});

describe('the templates of the script-tag files', () => {
  it('touch only what has changed: the same nodes stay, and a live region is told once', async () => {
    const { root, show } = open(ours);
    const content = (text: string) =>
      html`<p class=${'same'} role="status">${text}</p>
        ${html`<i>${'same'}</i>`}`;
    show(content('a'));
    const [p, i] = root.children;
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    show(content('a'));
    show(content('b'));
    await Promise.resolve();
    observer.disconnect();
    expect([...root.children]).to.deep.equal([p, i]);
    expect(changes.map(({ type }) => type)).to.deep.equal(['characterData']);
    expect(p!.textContent).to.equal('b');
  });

  it('call a listener on the element around them, the newest one, once', () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    const end = new Text();
    root.append(end);
    const show = childPart(end);
    const calls: unknown[] = [];
    for (const name of ['first', 'second'])
      show(
        html`<button
          @click=${function (this: unknown, { type }: Event) {
            calls.push([name, this, type]);
          }}
        ></button>`,
      );
    root.querySelector('button')!.click();
    expect(calls).to.deep.equal([['second', host, 'click']]);
  });
});
