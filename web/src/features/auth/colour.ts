/** Relative luminance of WCAG 2.2, 0 to 1. */
function luminance([r, g, b]: readonly number[]): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
}
const onWhite = (colour: readonly number[]): number => 1.05 / (luminance(colour) + 0.05);
const hex = (colour: readonly number[]): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** A brand's colour as the fill of buttons: darkened until white text on it has a contrast of 4.5:1 (WCAG 1.4.3). Undefined when it is none. */
export function fillOf(colour: string | null): { fill: string; hover: string } | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '')?.slice(1);
  if (!parts) return undefined;
  let rgb = parts.map((part) => Number.parseInt(part, 16));
  while (onWhite(rgb) < 4.5) rgb = rgb.map((part) => Math.floor(part * 0.94));
  return { fill: hex(rgb), hover: hex(rgb.map((part) => part * 0.85)) };
}
