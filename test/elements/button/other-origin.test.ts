import { expect } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import { Endpoint, json } from '../support/endpoint.js';
import { openFrame, type Page } from '../support/frame.js';
import { untilRendered, cartOf, visibleText, nextTask } from '../support/page.js';

/** The test server under another host name: another origin than the page's, like a CDN. */
const CDN = location.origin.replace('localhost', '127.0.0.1');
const integrity = (await (await fetch('/dist/cdn/integrity.json')).json()) as Record<string, string>;

/** The tags from the guide on script tags, with this URL instead of the CDN's. */
async function guideTags(): Promise<string> {
  const guide = await (await fetch('/docs/script-tag.md')).text();
  const [, tags] = /^```html\n(<script src="https:\/\/unpkg[^]*?)^```$/m.exec(guide)!;
  return (
    tags!
      // Added later, because it sends a request at once and the fake endpoint has to exist.
      .replace(/<hsa-checkout-status.*/, '')
      .replaceAll(/https:\/\/\S+?\/dist\/cdn/g, `${CDN}/dist/cdn`)
  );
}

/** A page with these tags in its body. */
async function openPage(body: string, lang = 'en') {
  const frame = await openFrame({
    srcdoc: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>shop</title>
      <script>const told = []; console.warn = console.error = (text) => told.push(text);</script>
      ${body}</html>`,
  });
  const page = frame.contentWindow as Page;
  const endpoint = new Endpoint(page);
  endpoint.respondWith(({ url }) =>
    url.includes('/status')
      ? json({ status: 'open', checkout_id: 'cs_1' })
      : json(
          {
            code: 'details_required',
            errors: [{ path: 'customer.email', code: 'required', message: 'is missing' }],
          },
          422,
        ),
  );
  const told = () => (page as unknown as { eval(text: string): string[] }).eval('told').join('\n');
  const find = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => page.document.querySelector(tag)!;
  return { page, find, told };
}

/** The origins of the loaded files of the package. */
const sources = (page: Page) =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ pathname }) => pathname.startsWith('/dist/cdn/'));

describe('the script-tag files on another origin', () => {
  before(() => expect(CDN).not.to.equal(location.origin));

  it('work with the tags of the guide, in Spanish, with translations from the same folder', async () => {
    const { page, find, told } = await openPage(await guideTags(), 'es');
    await page.customElements.whenDefined('hsa-checkout-button');
    const button = find('hsa-checkout-button');
    Object.assign(button, { cart: cartOf({ hsa_fsa_eligible: true }) });
    await untilRendered(button, () => visibleText(button).startsWith('Pagar con HSA/FSA'));
    const status = page.document.createElement('hsa-checkout-status');
    Object.assign(status, { endpoint: '/api/hsa-checkout', checkoutId: 'cs_1', token: 'token' });
    page.document.body.append(status);
    await untilRendered(status, () => /pago/i.test(visibleText(status)));
    expect(told()).to.equal('');
    const files = sources(page);
    expect(new Set(files.map(({ origin }) => origin))).to.deep.equal(new Set([CDN]));
    expect(files.map(({ pathname }) => pathname)).to.include(`/dist/cdn/hsa-checkout-es-${VERSION}.js`);
  });

  for (const [how, attributes] of [
    ['with its hash', `integrity="${integrity['hsa-checkout.js']}" crossorigin defer`],
    ['without `crossorigin`', 'defer'],
    ['as a module', 'type="module"'],
  ] as const)
    it(`open both dialogs: ${how}`, async () => {
      const { page, find, told } = await openPage(
        `<script src="${CDN}/dist/cdn/hsa-checkout.js" ${attributes}></script>
          <hsa-eligibility-badge type="lmn" learn-more></hsa-eligibility-badge>
          <hsa-checkout-button endpoint="/api/checkout"></hsa-checkout-button>`,
      );
      await page.customElements.whenDefined('hsa-eligibility-badge');
      const badge = find('hsa-eligibility-badge');
      await untilRendered(badge, () => !!badge.shadowRoot!.querySelector('[part="learn-more"]'));
      badge.shadowRoot!.querySelector<HTMLButtonElement>('[part="learn-more"]')!.click();
      const dialogOf = (host: HTMLElement, tag: string) =>
        host.shadowRoot!.querySelector(tag)?.shadowRoot?.querySelector('dialog');
      while (!dialogOf(badge, 'hsa-learn-more')?.open) await nextTask();

      const button = find('hsa-checkout-button');
      Object.assign(button, { cart: cartOf({ hsa_fsa_eligible: true }) });
      void button.checkout();
      while (!dialogOf(button, 'hsa-checkout-details')?.open) await nextTask();
      expect(told()).to.equal('');
      expect(new Set(sources(page).map(({ origin }) => origin))).to.deep.equal(new Set([CDN]));
    });

  it('do not run when the file does not match its hash', async () => {
    const { page } = await openPage(
      `<script src="${CDN}/dist/cdn/hsa-checkout.js" integrity="${integrity['hsa-checkout-status.js']}" crossorigin></script>`,
    );
    expect(page.customElements.get('hsa-checkout-button')).to.equal(undefined);
  });

  it('load their lazy files from the folder in assets, on the origin of the script', async () => {
    const { page, find, told } = await openPage(
      `<script src="${CDN}/shop/joined/files/all.js"></script>
        <hsa-eligibility-badge type="lmn" assets="${CDN}/dist/cdn"></hsa-eligibility-badge>`,
      'es',
    );
    await page.customElements.whenDefined('hsa-eligibility-badge');
    const badge = find('hsa-eligibility-badge');
    await untilRendered(badge, () => /^Puede ser elegible/.test(visibleText(badge)));
    expect(told()).to.equal('');
  });
});
