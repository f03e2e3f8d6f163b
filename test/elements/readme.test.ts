import { expect, fixture, html } from '@open-wc/testing';
import { shows } from './page.js';

/** The first HTML of the README, as a page that somebody pastes it into. */
async function pastedPage(): Promise<string> {
  const readme = await (await fetch('/README.md')).text();
  const [, tag] = /^```html\n([^]*?)^```$/m.exec(readme)!;
  return `<!doctype html><html lang="en"><title>Pasted</title><link rel="icon" href="data:,">${tag!}</html>`;
}

describe('the tag of the README', () => {
  it('works when it is pasted, with the script-tag file where the page says it is', async () => {
    const page = (await pastedPage()).replace('src="/hsa-checkout.js"', 'src="/dist/cdn/hsa-checkout.js"');
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="pasted" srcdoc=${page}></iframe>`);
    if (!frame.contentDocument?.querySelector('hsa-checkout-button'))
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const { customElements, document } = frame.contentWindow as Window & typeof globalThis;
    await customElements.whenDefined('hsa-checkout-button');
    const button = document.querySelector('hsa-checkout-button')!;
    await button.refresh();
    await button.updateComplete;
    expect(shows(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    expect(button.state).to.equal('idle');
  });
});
