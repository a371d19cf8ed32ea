import { signal } from '#lib/signal.ts';

export const palette = signal<'open' | 'closed'>('closed');
export const openPalette = (): void => palette.set('open');
