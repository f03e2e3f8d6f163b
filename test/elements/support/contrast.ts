/** Red, green, blue in 0 to 255, and alpha in 0 to 1. */
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

/** Parses any CSS colour, system colours included, by drawing it. */
function read(color: string): Rgba {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!, alpha! / 255];
}

/** Blends a colour with an opaque background. */
function blend(color: Rgba, background: Rgba, opacity = 1): Rgba {
  const alpha = color[3] * opacity;
  const mix = (i: 0 | 1 | 2) => color[i] * alpha + background[i] * (1 - alpha);
  return [mix(0), mix(1), mix(2), 1];
}

/** Relative luminance, WCAG 2.2. */
function luminance([red, green, blue]: Rgba): number {
  const linear = (value: number) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function ratio(a: Rgba, b: Rgba): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export const contrast = (color: string, background: string): number =>
  ratio(blend(read(color), read(background)), read(background));

/** Contrast of an element's text on its fill, and of its border on the page's background, with the element's opacity. */
export function contrastsOf(element: Element, background: string): { text: number; edge: number } {
  const { color, backgroundColor, borderTopColor, opacity } = getComputedStyle(element);
  const page = read(background);
  const seen = (part: string, below: Rgba) => blend(blend(read(part), below), page, Number(opacity));
  const fill = blend(read(backgroundColor), page);
  const edge = blend(read(borderTopColor), fill);
  return {
    text: ratio(seen(color, fill), blend(fill, page, Number(opacity))),
    edge: ratio(blend(edge, page, Number(opacity)), page),
  };
}

/** Blends colours from the lowest layer to the highest. */
export function blendLayers(...colors: string[]): string {
  const [red, green, blue] = colors.map(read).reduce((background, color) => blend(color, background));
  return `rgb(${red} ${green} ${blue})`;
}
