import { useSyncExternalStore } from 'react';
import { en } from './messages/en/index.ts';

/** A text, or one per plural category of `Intl.PluralRules`, chosen by the variable `count`. */
export type Message = string | { one: string; other: string };
export type MessageKey = keyof typeof en;
export type Catalogue = Record<MessageKey, Message>;
export type Variables = Record<string, string | number>;

/** Offered languages; a new one is a folder in `messages/` and a line here. English is in the first load, others arrive when chosen. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(en),
  de: () => import('./messages/de/index.ts').then(({ de }) => de),
};
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);
const STORE = 'switchyard.language';

let language: Language = 'en';
let catalogue: Catalogue = en;
let plurals = new Intl.PluralRules('en');
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => language;

export async function setLanguage(next: Language): Promise<void> {
  catalogue = await loaders[next]();
  language = next;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = next;
  document.documentElement.dir = RIGHT_TO_LEFT.has(next) ? 'rtl' : 'ltr';
  for (const listener of listeners) listener();
}

/** Remembers the choice on this device. */
export async function chooseLanguage(next: Language): Promise<void> {
  await setLanguage(next);
  localStorage.setItem(STORE, next);
}

/** The stored choice, or the first language of the browser that we speak. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORE), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wanted.find((tag): tag is Language => tag !== undefined && tag in LANGUAGES) ?? 'en';
}

/** Re-renders its component when the language changes; the root uses it once and re-mounts the page. */
export const useLanguage = (): Language =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => language,
  );

/** The text of a key in the chosen language, with `{name}` replaced. */
export function t(key: MessageKey, variables: Variables = {}): string {
  const message = catalogue[key];
  const text = typeof message === 'string' ? message : plurals.select(Number(variables['count'])) === 'one' ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(variables[name] ?? whole));
}
