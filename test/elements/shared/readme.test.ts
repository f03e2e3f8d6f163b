import { expect } from '@open-wc/testing';
import { openFrame } from '../support/frame.js';
import { visibleText } from '../support/page.js';

/** The first HTML block of the README, pasted into a page. */
async function pastedPage(): Promise<string> {
  const readme = await (await fetch('/README.md')).text();
  const [, tag] = /^```html\n([^]*?)^```$/m.exec(readme)!;
  const there = tag!.replace('src="/hsa-checkout-button@0.1.0/', 'src="/dist/cdn/');
  return `<!doctype html><html lang="en"><title>Pasted</title><link rel="icon" href="data:,">${there}</html>`;
}

describe('the tag of the README', () => {
  it('works when it is pasted, with the script-tag file at its URL', async () => {
    const frame = await openFrame({ srcdoc: await pastedPage() });
    const { customElements, document } = frame.contentWindow as Window & typeof globalThis;
    await customElements.whenDefined('hsa-checkout-button');
    const button = document.querySelector('hsa-checkout-button')!;
    await button.refresh();
    await button.updateComplete;
    expect(visibleText(button)).to.equal('Pay with HSA/FSA | All items are HSA/FSA eligible');
    expect(button.state).to.equal('idle');
  });

  it('has the hash of the file, so that another file does not run', async () => {
    const page = await pastedPage();
    const [, hash] = /integrity="sha384-([^"]+)"/.exec(page)!;
    const other = page.replace(hash!, `${hash![0] === 'A' ? 'B' : 'A'}${hash!.slice(1)}`);
    const frame = await openFrame({ srcdoc: other });
    expect(frame.contentWindow!.customElements.get('hsa-checkout-button')).to.equal(undefined);
  });
});
