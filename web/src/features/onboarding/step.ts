/** Apart from their rules, since the address is read before the page is loaded. */
export const STEPS = ['name', 'plan', 'logo', 'team', 'cloud'] as const;
export type Step = (typeof STEPS)[number];
