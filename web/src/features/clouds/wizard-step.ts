/** Apart from the wizard's rules, since the address is read before its page is loaded. */
export const STEPS = ['place', 'image', 'size', 'details', 'review'] as const;
export type Step = (typeof STEPS)[number];
