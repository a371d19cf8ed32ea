/** `#rrggbb`, as the server takes it. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** Relative luminance of `#rrggbb` (WCAG 2.2), 0 to 1. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Against a white page a colour needs 3 to 1 to be seen as a control; text on it needs 4.5 to 1. */
export const LEAST_ON_PAGE = 3;
export const LEAST_FOR_TEXT = 4.5;

export type Verdict = 'good' | 'darkened' | 'refused';
/** Whether a colour can be used as it is, only darkened where text stands on it, or not at all. */
export const verdictOf = (colour: string): Verdict => {
  const ratio = contrast(colour, '#ffffff');
  return ratio >= LEAST_FOR_TEXT ? 'good' : ratio >= LEAST_ON_PAGE ? 'darkened' : 'refused';
};
