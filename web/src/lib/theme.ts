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

/** A colour of the theme as it is at this moment, for what is painted: a variable alone may still say `light-dark(…)`. */
export function colourOf(name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Tells whoever paints colours that others are meant now; answers how not to be told any more. */
export function onTheme(listener: () => void): () => void {
  const themed = new MutationObserver(listener);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => {
    themed.disconnect();
    system.removeEventListener('change', listener);
  };
}
