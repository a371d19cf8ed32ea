import { useSyncExternalStore } from 'react';
import type { auth as enAuth } from './messages/en/auth.ts';
import { core as en } from './messages/en/index.ts';
import type { later as enLater } from './messages/en/later.ts';

/** A text, or one per plural category of `Intl.PluralRules`, chosen by the variable `count`. */
export type Message = string | { one: string; other: string };
export type CoreKey = keyof typeof en;
export type LaterKey = keyof typeof enLater;
export type AuthKey = keyof typeof enAuth;
export type MessageKey = CoreKey | LaterKey | AuthKey;
export type Variables = Record<string, string | number>;
type Texts = Partial<Record<MessageKey, Message>>;

/** Titles and texts of refusals by code. */
type Refusals = Readonly<Record<string, readonly [title: string, text?: string]>>;

/** Offered languages; a new one is a folder in `messages/` and three lines here. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', zh: '简体中文', he: 'עברית' } as const;
export type Language = keyof typeof LANGUAGES;
/** `auth`: the pages around signing in, and proving who one is; `later`: everything behind the first pages. */
type Group = 'auth' | 'later';
/** Core texts of English are in the first load; all else arrives when it is needed. */
const loaders: Record<Language, Record<Group | 'core', () => Promise<Texts>>> = {
  en: {
    core: () => Promise.resolve(en),
    auth: () => import('./messages/en/auth.ts').then(({ auth }) => auth),
    later: () => import('./messages/en/later.ts').then(({ later }) => later),
  },
  de: {
    core: () => import('./messages/de/index.ts').then(({ core }) => core),
    auth: () => import('./messages/de/auth.ts').then(({ auth }) => auth),
    later: () => import('./messages/de/later.ts').then(({ later }) => later),
  },
  zh: {
    core: () => import('./messages/zh/index.ts').then(({ core }) => core),
    auth: () => import('./messages/zh/auth.ts').then(({ auth }) => auth),
    later: () => import('./messages/zh/later.ts').then(({ later }) => later),
  },
  he: {
    core: () => import('./messages/he/index.ts').then(({ core }) => core),
    auth: () => import('./messages/he/auth.ts').then(({ auth }) => auth),
    later: () => import('./messages/he/later.ts').then(({ later }) => later),
  },
};
/** English needs none: the server speaks it. */
const refusalsOf: Record<Language, () => Promise<Refusals>> = {
  en: () => Promise.resolve({}),
  de: () => import('./messages/de/problems.ts').then(({ problems }) => problems),
  zh: () => import('./messages/zh/problems.ts').then(({ problems }) => problems),
  he: () => import('./messages/he/problems.ts').then(({ problems }) => problems),
};
/** Where the language alone does not say how it is written: browsers choose glyphs by it, and screen readers the voice. */
const TAGS: Partial<Record<Language, string>> = { zh: 'zh-CN' };
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);
const STORE = 'switchyard.language';

let language: Language = 'en';
let texts: Texts = en;
let refusals: Refusals = {};
const loaded = new Set<Group>();
let plurals = new Intl.PluralRules('en');
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => language;
export const isRightToLeft = (): boolean => RIGHT_TO_LEFT.has(language);

async function load(group: Group): Promise<void> {
  if (loaded.has(group)) return;
  const wanted = language;
  const found = await loaders[wanted][group]();
  if (wanted !== language) return load(group);
  texts = { ...texts, ...found };
  loaded.add(group);
}

/** Texts of every area; whatever shows a page or a form beyond the first ones waits for this. At once when they are here. */
export const allTexts = (): Promise<void> => load('later');
/** Texts of the pages around signing in, and of the dialog that asks for a fresh proof. */
export const authTexts = (): Promise<void> => load('auth');

export async function setLanguage(next: Language): Promise<void> {
  const [said, ...parts] = await Promise.all([refusalsOf[next](), loaders[next].core(), ...[...loaded].map((group) => loaders[next][group]())]);
  texts = Object.assign({}, ...parts) as Texts;
  refusals = said;
  language = next;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = TAGS[next] ?? next;
  document.documentElement.dir = isRightToLeft() ? 'rtl' : 'ltr';
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

/** Whether there is a text, for keys made of what the server says (`state.…`). */
export const hasText = (key: string): key is MessageKey => key in texts;

/** Title and text of a refusal in the chosen language, as far as there are words for it; English is as the server says it. */
export function refusalText(slug: string, fields: Readonly<Record<string, unknown>>): { title?: string; detail?: string } {
  const [title, text] = refusals[slug] ?? [];
  if (title === undefined) return {};
  const seconds = Number(fields['retryAfterSeconds']);
  const [unit, count] = seconds > 90 ? (['minute', Math.ceil(seconds / 60)] as const) : (['second', seconds] as const);
  const wait = seconds > 0 ? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count) : undefined;
  const detail = text?.replace(/\{(\w+)\}/g, (whole, name: string) => String((name === 'wait' ? wait : fields[name]) ?? whole));
  return { title, ...(detail === undefined || /\{\w+\}/.test(detail) ? {} : { detail }) };
}

/** In a language from right to left, what is filled in keeps its own direction: an address must not be read from its end. */
const own = (value: string | number): string => (typeof value === 'string' && isRightToLeft() ? `\u2068${value}\u2069` : String(value));

/** The text of a key in the chosen language, with `{name}` replaced. */
export function t(key: MessageKey, variables: Variables = {}): string {
  const message = texts[key] ?? key;
  const text = typeof message === 'string' ? message : plurals.select(Number(variables['count'])) === 'one' ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => own(variables[name] ?? whole));
}
