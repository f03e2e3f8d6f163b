import { expect } from '@open-wc/testing';
import type { CheckoutButton, EligibilityBadge } from '../../../src/index.js';
import { Endpoint, json, sessionAnswer } from '../support/endpoint.js';
import { openFrame, type Page } from '../support/frame.js';
import { untilMessage, untilRendered, cartOf, nextEvent, visibleText, nextTask } from '../support/page.js';

const FOLDER = '/dist/cdn';
const JOINED = '<script src="/shop/joined/files/all.js"></script>';
const LETTER = /^May be HSA\/FSA eligible with a Letter of Medical Necessity/;

async function inlined(type = ''): Promise<string> {
  const source = await (await fetch(`${FOLDER}/hsa-checkout.js`)).text();
  return `<script ${type}>${source.replaceAll('</script', '<\\/script')}</script>`;
}

/** A page whose script does not reveal the folder of its lazy files, with a badge and a button that can name it. */
async function openPage(script: string, attributes = '', lang = 'en') {
  const frame = await openFrame({
    srcdoc: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>shop</title>
      <script>const told = []; console.warn = console.error = (text) => told.push(text);</script>
      ${script}<hsa-eligibility-badge type="lmn" learn-more ${attributes}></hsa-eligibility-badge>
      <hsa-checkout-button endpoint="/api/checkout" ${attributes}></hsa-checkout-button></html>`,
  });
  const page = frame.contentWindow as Page;
  await page.customElements.whenDefined('hsa-eligibility-badge');
  const badge: EligibilityBadge = page.document.querySelector('hsa-eligibility-badge')!;
  const button: CheckoutButton = page.document.querySelector('hsa-checkout-button')!;
  while (!badge.shadowRoot?.querySelector('[part="badge"]')) await nextTask();
  const told = () => (page as unknown as { eval(text: string): string[] }).eval('told').join('\n');
  return { page, badge, button, told };
}

const more = (badge: HTMLElement) =>
  badge.shadowRoot!.querySelector<HTMLButtonElement>('[part="learn-more"]');
const requested = (page: Page) =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((name) => /hsa-checkout-/.test(name));

async function opensDialog(badge: HTMLElement): Promise<void> {
  more(badge)!.click();
  const dialog = () => badge.shadowRoot!.querySelector('hsa-learn-more')?.shadowRoot?.querySelector('dialog');
  while (!dialog()?.open) await nextTask();
}

describe('a script that is inlined in the page', () => {
  it('has no “Learn more”, and logs that assets is missing', async () => {
    const { badge, told } = await openPage(await inlined());
    expect(visibleText(badge)).to.match(LETTER);
    expect(more(badge)).to.equal(null);
    expect(told()).to.match(/Set `assets` to the folder/);
    expect(told().match(/assets/g)).to.have.length(1);
  });

  it('has no “Learn more” as a module either', async () => {
    const { badge } = await openPage(await inlined('type="module"'));
    expect(visibleText(badge)).to.match(LETTER);
    expect(more(badge)).to.equal(null);
  });

  it('shows English on a Spanish page', async () => {
    const { badge, page } = await openPage(await inlined(), '', 'es');
    expect(visibleText(badge)).to.match(LETTER);
    expect(requested(page)).to.deep.equal([]);
  });

  it('reports missing details as an error, without a dialog', async () => {
    const { button, page } = await openPage(await inlined());
    const endpoint = new Endpoint(page);
    endpoint.respondWith(() =>
      json(
        {
          code: 'details_required',
          errors: [{ path: 'customer.email', code: 'required', message: 'is missing' }],
        },
        422,
      ),
    );
    Object.assign(button, { cart: cartOf({ hsa_fsa_eligible: true }), checkoutHosts: location.host });
    const failed = nextEvent(button, 'hsa-checkout-error');
    await button.checkout();
    expect((await failed).code).to.equal('details_required');
    endpoint.respondWith(() => json(sessionAnswer()));
    button.addEventListener('hsa-checkout-session', (event) => event.preventDefault());
    const fired = nextEvent(button, 'hsa-checkout-session');
    await button.checkout();
    await fired;
  });

  it('loads its lazy files from the folder in assets', async () => {
    const { badge } = await openPage(await inlined(), `assets="${FOLDER}"`);
    await opensDialog(badge);
  });

  it('shows Spanish when assets names the folder, as attribute and as property', async () => {
    const { badge } = await openPage(await inlined(), '', 'es');
    badge.assets = `${FOLDER}/`;
    await untilRendered(badge, () => /^Puede ser elegible/.test(visibleText(badge)));
    await opensDialog(badge);
  });

  for (const assets of ['https://evil.example/x', '//evil.example', 'data:text/javascript,', 'https://['])
    it(`loads nothing from another origin: assets="${assets}"`, async () => {
      const { badge, page, told } = await openPage(await inlined(), `assets="${assets}"`, 'es');
      expect(visibleText(badge)).to.match(LETTER);
      expect(more(badge)).to.equal(null);
      expect(told()).to.match(/assets|URL/);
      expect(requested(page)).to.deep.equal([]);
    });
});

describe('a script that an optimizer has bundled into another file', () => {
  it('logs the file that did not load, and opens once assets names the folder', async () => {
    const { badge, told } = await openPage(JOINED);
    more(badge)!.click();
    while (!/learn-more did not load/.test(told())) await nextTask();
    badge.assets = FOLDER;
    await badge.updateComplete;
    await opensDialog(badge);
  });

  it('loads its lazy files from the folder in assets', async () => {
    const { badge, told } = await openPage(JOINED, `assets="${FOLDER}"`, 'es');
    await untilRendered(badge, () => /^Puede ser elegible/.test(visibleText(badge)));
    await opensDialog(badge);
    expect(told()).to.equal('');
  });
});

describe('a status element whose receipt does not load', () => {
  /** A page whose status script is joined into a file in another folder than the lazy files. */
  const openReturnPage = async (attributes = '') => {
    const frame = await openFrame({
      srcdoc: `<!doctype html><html lang="en"><meta charset="utf-8"><title>return</title>
        <script>
          const told = [];
          console.warn = (text) => told.push(text);
          fetch = async () => Response.json({ checkout_id: 'cs_1', status: 'expired', reason: 'failed' });
        </script>
        <script src="/shop/joined/files/status.js"></script>
        <hsa-checkout-status endpoint="/api/checkout" checkout-id="cs_1" token="token" retry-href="/cart" ${attributes}>
        </hsa-checkout-status></html>`,
    });
    const page = frame.contentWindow as Page;
    await page.customElements.whenDefined('hsa-checkout-status');
    const status = page.document.querySelector('hsa-checkout-status')!;
    const told = () => (page as unknown as { eval(text: string): string[] }).eval('told').join('\n');
    return { status, told };
  };
  const isReceipt = (status: HTMLElement) => !!status.shadowRoot!.querySelector('h2');

  it('keeps its sentence, its icon and the plain link', async () => {
    const { status, told } = await openReturnPage();
    await untilMessage(status, 'The payment didn’t go through. Nothing was charged.');
    while (!/receipt did not load/.test(told())) await nextTask();
    expect(isReceipt(status)).to.equal(false);
    expect(status.shadowRoot!.querySelector('[part="message"] svg')).not.to.equal(null);
    const link = status.shadowRoot!.querySelector('a')!;
    expect([link.textContent, link.getAttribute('href')]).to.deep.equal(['Start again', '/cart']);
    expect(link.getBoundingClientRect().height).to.be.at.least(44);
  });

  it('shows it once assets names the folder', async () => {
    const { status, told } = await openReturnPage();
    while (!/receipt did not load/.test(told())) await nextTask();
    status.assets = FOLDER;
    await untilRendered(status, () => isReceipt(status));
  });

  it('shows it at once from the folder in assets', async () => {
    const { status, told } = await openReturnPage(`assets="${FOLDER}"`);
    await untilRendered(status, () => isReceipt(status));
    expect(told()).to.equal('');
  });
});
