import { contrast } from '../../elements/support/contrast.js';
import { ourElements } from './elements.js';

export { contrast };

/** The colours of our badge: its text and its icon. */
export function badgeColors(): { words: string; mark: string } | undefined {
  const badge = ourElements()[0]?.shadowRoot?.querySelector('[part~="badge"]');
  const mark = badge?.querySelector('svg');
  const text = badge?.querySelector('span');
  return mark && text
    ? { words: getComputedStyle(text).color, mark: getComputedStyle(mark).color }
    : undefined;
}

/** The most frequent colour of a picture, which is the background of a text. */
export async function backgroundOf(picture: string): Promise<string> {
  const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  canvas.drawImage(bitmap, 0, 0);
  const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    const color = `rgb(${data[i]} ${data[i + 1]} ${data[i + 2]})`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
}
