import { contrast } from '#kernel/contrast.ts';

/** What text lies on, page and card, as `web/src/styles.css` has them. */
const PAGES = { accent: ['#f9fafb', '#ffffff'], accentDark: ['#0c0e12', '#12151a'] } as const;
export type Accent = keyof typeof PAGES;
export const ACCENTS = Object.keys(PAGES) as Accent[];
/** Of text (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;

/** The least contrast that text of this colour has anywhere on the pages that it is for. */
export const contrastOf = (accent: Accent, color: string): number => Math.min(...PAGES[accent].map((page) => contrast(color, page)));
