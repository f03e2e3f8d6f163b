import type { Page } from 'playwright-core';

/** Largest allowed difference of a square in one colour channel, 0 to 255. */
const DEPTH = 12;
/** Number of squares that may differ by more. */
export const TOLERANCE = 30;

/** The difference of two pictures. */
export interface Difference {
  /** Number of squares that differ; all of them when the sizes differ. */
  squares: number;
  /** The new picture with the differing squares in magenta, as a PNG. */
  picture: Buffer;
}

/** Scales a picture to one pixel for each square of four by four, so that slightly bolder glyphs make no difference. */
export async function condense(page: Page, png: Buffer): Promise<Buffer> {
  const packed = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const [width, height] = [bitmap.width / 4, bitmap.height / 4].map(Math.round) as [number, number];
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    const bytes = await (await context.canvas.convertToBlob()).arrayBuffer();
    return [...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join('');
  }, png.toString('base64'));
  return Buffer.from(packed, 'latin1');
}

/** Compares two scaled pictures in a browser page. */
export async function compare(page: Page, expected: Buffer, actual: Buffer): Promise<Difference> {
  const { squares, picture } = await page.evaluate(
    async ({ pictures, depth }) => {
      const [one, other] = (await Promise.all(
        pictures.map(async (base64) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:image;base64,${base64}`)).blob());
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          return { context, ...{ width: bitmap.width, height: bitmap.height } };
        }),
      )) as [Drawn, Drawn];
      interface Drawn {
        context: OffscreenCanvasRenderingContext2D;
        width: number;
        height: number;
      }
      const width = Math.max(one.width, other.width);
      const height = Math.max(one.height, other.height);
      const [a, b] = [one, other].map(({ context }) => context.getImageData(0, 0, width, height).data);
      other.context.fillStyle = '#f0f8';
      let squares = 0;
      for (let i = 0; i < width * height; i++) {
        const isOff = [0, 1, 2].some((colour) => Math.abs(a![4 * i + colour]! - b![4 * i + colour]!) > depth);
        if (!isOff) continue;
        squares++;
        other.context.fillRect(i % width, Math.floor(i / width), 1, 1);
      }
      const bytes = new Uint8Array(await (await other.context.canvas.convertToBlob()).arrayBuffer());
      const isOneSize = one.width === other.width && one.height === other.height;
      return {
        squares: isOneSize ? squares : width * height,
        picture: [...bytes].map((byte) => String.fromCharCode(byte)).join(''),
      };
    },
    { pictures: [expected, actual].map((png) => png.toString('base64')), depth: DEPTH },
  );
  return { squares, picture: Buffer.from(picture, 'latin1') };
}
