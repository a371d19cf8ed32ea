import { signal } from '#lib/signal.ts';

/** `never`: not asked for yet, so its code is not loaded. */
export const palette = signal<'never' | 'open' | 'closed'>('never');
export const openPalette = (): void => palette.set('open');
