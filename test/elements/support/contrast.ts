/** Red, green, blue in 0 to 255, and alpha in 0 to 1. */
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

/** Any colour that a browser computes, system colours included. */
function read(color: string): Rgba {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!, alpha! / 255];
}

/** What is seen of a colour on an opaque ground. */
function over(color: Rgba, ground: Rgba, opacity = 1): Rgba {
  const alpha = color[3] * opacity;
  const mix = (i: 0 | 1 | 2) => color[i] * alpha + ground[i] * (1 - alpha);
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
export const contrast = (color: string, ground: string): number =>
  ratio(over(read(color), read(ground)), read(ground));

/** Contrast of an element's text on its own fill, and of its edge on the ground that it stands on, its opacity included. */
export function contrastsOf(element: Element, ground: string): { text: number; edge: number } {
  const { color, backgroundColor, borderTopColor, opacity } = getComputedStyle(element);
  const page = read(ground);
  const seen = (part: string, below: Rgba) => over(over(read(part), below), page, Number(opacity));
  const fill = over(read(backgroundColor), page);
  const edge = over(read(borderTopColor), fill);
  return {
    text: ratio(seen(color, fill), over(fill, page, Number(opacity))),
    edge: ratio(over(edge, page, Number(opacity)), page),
  };
}

/** The colour that is seen where colours lie one over the other, the lowest first. */
export function layers(...colors: string[]): string {
  const [red, green, blue] = colors.map(read).reduce((ground, color) => over(color, ground));
  return `rgb(${red} ${green} ${blue})`;
}
