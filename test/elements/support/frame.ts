import { fixture, html } from '@open-wc/testing';

export type Page = Window & typeof globalThis;

/** A frame that has loaded its page: by address, or as HTML of its own. */
export async function openFrame(source: { src: string } | { srcdoc: string }): Promise<HTMLIFrameElement> {
  const frame = Object.assign(document.createElement('iframe'), source);
  const loaded = nextPage(frame);
  await fixture<HTMLElement>(html`<div>${frame}</div>`);
  await loaded;
  return frame;
}

/** Waits for the next page of a frame to have loaded. */
export function nextPage(frame: HTMLIFrameElement): Promise<unknown> {
  return new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
}
