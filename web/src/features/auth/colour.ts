/** Red, green and blue of `#rrggbb`, 0 to 255; undefined for any other text. */
const rgbOf = (text: string): number[] | undefined =>
  /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
    .exec(text)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16));

/** Relative luminance of WCAG 2.2, 0 to 1. */
function luminance([r, g, b]: readonly number[]): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
}
const onWhite = (colour: readonly number[]): number => 1.05 / (luminance(colour) + 0.05);
const hex = (colour: readonly number[]): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Contrast ratio of a colour with white, 1 to 21 (WCAG 2.2); 1 for what is no `#rrggbb`. */
export const contrastOnWhite = (colour: string): number => onWhite(rgbOf(colour) ?? [255, 255, 255]);

/** What white text on a colour needs (WCAG 1.4.3). */
export const LEAST_FOR_TEXT = 4.5;

/** A brand's colour as the fill of buttons: darkened until white text on it can be read. Undefined when it is none. */
export function fillOf(colour: string | null): { fill: string; hover: string } | undefined {
  let rgb = rgbOf(colour ?? '');
  if (!rgb) return undefined;
  while (onWhite(rgb) < LEAST_FOR_TEXT) rgb = rgb.map((part) => Math.floor(part * 0.94));
  return { fill: hex(rgb), hover: hex(rgb.map((part) => part * 0.85)) };
}
