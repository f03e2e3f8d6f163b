import { fixture, html } from '@open-wc/testing';

export type Page = Window & typeof globalThis;

/** Opens a frame with a URL or with HTML, and waits until it has loaded. */
export async function openFrame(source: { src: string } | { srcdoc: string }): Promise<HTMLIFrameElement> {
  const frame = Object.assign(document.createElement('iframe'), source);
  const loaded = nextPage(frame);
  await fixture<HTMLElement>(html`<div>${frame}</div>`);
  await loaded;
  return frame;
}

/** Resolves when the next page of a frame has loaded. */
export function nextPage(frame: HTMLIFrameElement): Promise<unknown> {
  return new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
}
