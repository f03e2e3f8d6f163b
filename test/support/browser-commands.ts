import { executeServerCommand } from '@web/test-runner-commands';
import type { ServerPage } from './server-render.js';

/** Media features to emulate. A feature that is not given keeps the browser's value. */
export interface Media {
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
  contrast?: 'more' | 'less' | 'no-preference';
}

/** Size of the page in CSS pixels. WebKit gets no narrower than 447: below that, use a sized container. */
export interface Viewport {
  width: number;
  height: number;
}

/** `press` may join keys, as in "Shift+Tab". A second `down` without `up` is a key repeat. */
export interface SendKeys {
  press?: string;
  down?: string;
  up?: string;
}

let hasEmulated = false;

/** Emulates exactly these media until the test ends. False where the engine cannot: in WebKit, and contrast in Firefox. */
export async function emulateMedia(media: Media): Promise<boolean> {
  hasEmulated = true;
  return executeServerCommand<boolean, Media>('x-emulate-media', media);
}

/** Renders a page of `server-render.ts` on a server. */
export async function serverRender(page: ServerPage): Promise<string> {
  return executeServerCommand<string, ServerPage>('x-server-render', page);
}

/** Sizes the page. Each file starts with 800 x 600. */
export async function setViewport(viewport: Viewport): Promise<void> {
  await executeServerCommand('x-set-viewport', viewport);
}

/** Presses real keys: the element with the focus gets them. In WebKit, Shift+Tab off the page's first element hangs every later key. */
export async function sendKeys(keys: SendKeys): Promise<void> {
  await executeServerCommand('x-send-keys', keys);
}

/** The pixels of the viewport as the engine paints them, read by their place in CSS pixels. */
export async function paintedColors(): Promise<(x: number, y: number) => string> {
  const png = await executeServerCommand<string, undefined>('x-screenshot');
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
  canvas.drawImage(picture, 0, 0);
  const scale = picture.width / innerWidth;
  return (x, y) => {
    const [red, green, blue] = canvas.getImageData(Math.floor(x * scale), Math.floor(y * scale), 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
}

afterEach(async () => {
  if (!hasEmulated) return;
  hasEmulated = false;
  const isReset = await executeServerCommand<boolean, Media>('x-emulate-media', {});
  if (!isReset) throw new Error('The emulated media features could not be reset');
});
