import { expect, fixture } from '@open-wc/testing';
import { sleepWhileVisible, afterPageScripts } from '../../../src/elements/status/page-timing.js';
import { untilText, control, visibleText, nextTask } from '../support/page.js';
import { BUILDS, BUTTON, CART, openPage, press, type PageInFrame } from '../support/page-in-frame.js';

/*
 * An image, form or frame with a name replaces the property of `document` with that name (DOM clobbering). Markup
 * from a shop's customers may contain one.
 */

const FOREIGN = '/shop/elsewhere/foreign/';

/** Elements whose name becomes a property of the document. */
const named = (name: string): [tag: string, markup: string][] => [
  ['img', `<img name="${name}" src="${FOREIGN}a.png">`],
  ['form', `<form name="${name}"><input name="src" value="${FOREIGN}a.png"></form>`],
  ['embed', `<embed name="${name}" src="${FOREIGN}a.png">`],
  ['iframe', `<iframe name="${name}" srcdoc=""></iframe>`],
];

const scriptsOf = ({ page }: PageInFrame): string[] =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.endsWith('.js'));

describe('markup that replaces a property of the document', () => {
  for (const [tag, markup] of named('currentScript'))
    it(`loads no script from the URL of an ${tag} named currentScript`, async () => {
      const opened = await openPage({
        before: markup,
        build: BUILDS['script-tag file'],
        body: `${BUTTON}<hsa-eligibility-badge type="eligible" learn-more></hsa-eligibility-badge>`,
        lang: 'es',
      });
      const { button, page } = opened;
      await untilText(button, 'Pagar con HSA/FSA | Todos los artículos son elegibles para HSA/FSA');
      const badge = page.document.querySelector('hsa-eligibility-badge')!;
      await badge.updateComplete;
      control(badge).click();
      while (!badge.shadowRoot!.querySelector('hsa-learn-more')) await nextTask();
      expect(scriptsOf(opened).filter((path) => path.includes('foreign'))).to.deep.equal([]);
      expect(page.messages).to.deep.equal([]);
    });

  for (const [title, build] of Object.entries(BUILDS))
    for (const name of ['baseURI', 'readyState', 'hidden', 'prerendering', 'defaultView', 'location'])
      it(`does not break a button beside an element named ${name} (${title})`, async () => {
        for (const [tag, before] of named(name)) {
          const opened = await openPage({ before, build });
          const { button, endpoint, page } = opened;
          expect(visibleText(button), tag).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
          await press(opened);
          expect(
            endpoint.sent.map(({ url }) => url),
            tag,
          ).to.deep.equal([`${location.origin}/api/checkout`]);
          expect(page.errors, tag).to.deep.equal([]);
          expect(page.messages, tag).to.deep.equal([]);
        }
      });

  for (const [title, build] of Object.entries(BUILDS))
    it(`does not break a button beside elements with the names of Lit’s globals (${title})`, async () => {
      const names = [
        'litHtmlVersions',
        'litElementVersions',
        'reactiveElementVersions',
        'litPropertyMetadata',
      ];
      names.push('litHtmlPolyfillSupport', 'litElementPolyfillSupport', 'reactiveElementPolyfillSupport');
      names.push('ShadyCSS', 'litNonce', ...('trustedTypes' in window ? [] : ['trustedTypes']));
      const opened = await openPage({ before: names.map((name) => `<img id="${name}">`).join(''), build });
      expect(visibleText(opened.button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
      await press(opened);
      expect(opened.page.errors).to.deep.equal([]);
    });

  it('does not break the wait for the rest of a cart, beside an element named readyState', async () => {
    for (const [tag, markup] of named('readyState')) {
      const opened = await openPage({ before: markup });
      const { document } = opened.page;
      document.open();
      document.write(
        `<!doctype html><html lang="en"><body>${markup}<hsa-checkout-button endpoint="/api/checkout">`,
      );
      const button = document.querySelector('hsa-checkout-button')!;
      const codes: string[] = [];
      button.addEventListener('hsa-checkout-error', ({ code }) => codes.push(code));
      document.write(`<script type="application/json">${CART.slice(0, 30)}`);
      await nextTask();
      document.write(`${CART.slice(30)}</script></hsa-checkout-button>`);
      await untilText(button, 'Pay with HSA/FSA | All items are HSA/FSA eligible');
      document.close();
      expect(codes, tag).to.deep.equal([]);
    }
  });

  it('does not prolong a wait on a visible page, beside an element named hidden', async () => {
    for (const [, markup] of named('hidden')) {
      await fixture(markup);
      await sleepWhileVisible(0, new AbortController().signal);
    }
  });

  it('does not prolong the wait for the page’s scripts, beside an element named readyState', async () => {
    for (const [tag, markup] of named('readyState')) {
      await fixture(markup);
      let hasRun = false;
      void afterPageScripts().then(() => (hasRun = true));
      await nextTask();
      expect(hasRun, tag).to.equal(true);
    }
  });

  it('does not hide the language from a button, beside a form field named lang', async () => {
    const { button, page } = await openPage({
      body: `<form lang="en"><select name="lang"><option>en</select>${BUTTON}</form>`,
    });
    expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    expect(page.errors).to.deep.equal([]);
  });
});
