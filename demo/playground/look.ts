import { DEFAULTS, RANGES, type Settings } from './settings.js';

/** The custom properties that differ from the element's own, by name. */
export function lookOf(settings: Settings): Map<string, string> {
  const { hasColours, background, text, border, accent, radius, height, width } = settings;
  return new Map([
    ...(hasColours
      ? [
          ['--hsa-background', background] as const,
          ['--hsa-color', text] as const,
          ['--hsa-border-color', border] as const,
          ['--hsa-accent', accent] as const,
        ]
      : []),
    ...(radius === DEFAULTS.radius ? [] : [['--hsa-radius', `${radius}px`] as const]),
    ...(height === DEFAULTS.height ? [] : [['--hsa-height', `${height}px`] as const]),
    ...(width === RANGES.width.max ? [] : [['max-width', `${width}px`] as const]),
  ]);
}

/** The style sheet for a page. Empty if the element's own styles are kept. */
export function cssOf(settings: Settings): string {
  const lines = [...lookOf(settings)].map(([name, value]) => `  ${name}: ${value};\n`);
  return lines.length ? `hsa-checkout-button {\n${lines.join('')}}\n` : '';
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
