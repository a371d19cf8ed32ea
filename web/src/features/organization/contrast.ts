import { contrastOnWhite, LEAST_FOR_TEXT } from '#features/auth/colour.ts';

/** `#rrggbb`, as the server takes it. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** To be seen as a control on a white page (WCAG 1.4.11). */
const LEAST_ON_PAGE = 3;

export type Verdict = 'good' | 'darkened' | 'refused';
/** Whether a colour can be used as it is, only darkened where text stands on it, or not at all. */
export const verdictOf = (colour: string): Verdict => {
  const ratio = contrastOnWhite(colour);
  return ratio >= LEAST_FOR_TEXT ? 'good' : ratio >= LEAST_ON_PAGE ? 'darkened' : 'refused';
};
