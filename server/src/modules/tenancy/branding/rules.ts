/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The text that reads best on the colour; one of the two always has 4.5 to 1. */
export const textOn = (color: string): '#000000' | '#ffffff' => (contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000');

/** Buttons and outlines in this colour have to stand out from a white page (WCAG 2.2, 1.4.11). */
export const LEAST_CONTRAST = 3;
export const standsOut = (color: string): boolean => contrast(color, '#ffffff') >= LEAST_CONTRAST;
