import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const STORE = 'switchyard.theme';
const listeners = new Set<() => void>();

const current = (): Theme => {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
};

/** Kept on this device; `public/theme.js` applies it before the first paint. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem(STORE);
  } else {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(STORE, theme);
  }
  for (const listener of listeners) listener();
}

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
