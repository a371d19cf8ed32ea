import { contrast } from '#kernel/contrast.ts';

export { contrast } from '#kernel/contrast.ts';

/** The text that reads best on the colour; one of the two always has 4.5 to 1. */
export const textOn = (color: string): '#000000' | '#ffffff' => (contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000');

/** Buttons and outlines in this colour have to stand out from a white page (WCAG 2.2, 1.4.11). */
export const LEAST_CONTRAST = 3;
export const standsOut = (color: string): boolean => contrast(color, '#ffffff') >= LEAST_CONTRAST;
