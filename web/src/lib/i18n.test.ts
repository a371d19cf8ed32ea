import { afterEach, expect, test, vi } from 'vitest';
import { LANGUAGES, preferredLanguage, refusalText, setLanguage, t, type Message, type MessageKey } from './i18n.ts';
import { auth as enAuth } from './messages/en/auth.ts';
import { core as enCore } from './messages/en/index.ts';
import { later as enLater } from './messages/en/later.ts';
import { CHANGE_STATES } from './types.ts';

type Whole = Record<MessageKey, Message>;
const en: Whole = { ...enCore, ...enLater, ...enAuth };
const files = import.meta.glob<Record<string, Partial<Whole>>>('./messages/*/{index,later,auth}.ts', { eager: true });
/** Every other language that is offered, each with all of its texts. */
const translations = Object.keys(LANGUAGES)
  .filter((code) => code !== 'en')
  .map((code) => {
    const groups = ['index', 'later', 'auth'].flatMap((group) => Object.values(files[`./messages/${code}/${group}.ts`] ?? {}));
    return [code, Object.assign({}, ...groups) as Whole] as const;
  });
afterEach(() => setLanguage('en'));

const variables = (message: Message): string[] =>
  [...new Set((typeof message === 'string' ? message : `${message.one} ${message.other}`).match(/\{\w+\}/g) ?? [])].sort();

test.each(translations)('every text of English exists in %s, and none more', (_code, texts) => {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
});

test.each(translations)('a translation into %s uses the same variables as the original', (_code, texts) => {
  for (const key of Object.keys(en) as MessageKey[]) expect([key, variables(texts[key])]).toEqual([key, variables(en[key])]);
});

test.each(translations)('a text with a number has the form for one and the form for others in %s', (_code, texts) => {
  for (const key of Object.keys(en) as MessageKey[]) expect([key, typeof texts[key]]).toEqual([key, typeof en[key]]);
});

test('every state of a Change has a text', () => {
  for (const state of CHANGE_STATES) expect(en).toHaveProperty([`state.${state}`]);
});

test('no text is empty', () => {
  for (const [code, texts] of [['en', en] as const, ...translations])
    for (const [key, message] of Object.entries(texts)) expect([code, key, JSON.stringify(message).length > 2]).toEqual([code, key, true]);
});

test('refusals are told in the chosen language as far as there are words, and in English as the server says them', async () => {
  expect(refusalText('locked', { retryAfterSeconds: 840 })).toEqual({});
  await setLanguage('de');
  expect(refusalText('locked', { retryAfterSeconds: 840 }).detail).toContain('in 14 Minuten');
  expect(refusalText('rate-limited', { retryAfterSeconds: 1 }).detail).toContain('in 1 Sekunde ');
  expect(refusalText('locked', {})).toEqual({ title: 'Vorübergehend gesperrt' });
  expect(refusalText('permission-denied', {})).toEqual({ title: 'Berechtigung fehlt' });
  expect(refusalText('zone-drifted', {})).toEqual({ title: 'Am Server geändert' });
  // Of a server that is newer than the page.
  expect(refusalText('of-another-version', {})).toEqual({});
  await setLanguage('en');
  expect(refusalText('permission-denied', {})).toEqual({});
});

test('variables are filled in and the plural follows the count', async () => {
  expect(t('table.more', { count: 1, shown: '1' })).toBe('1 row shown. Load more');
  expect(t('table.more', { count: 2000, shown: '2,000' })).toBe('2,000 rows shown. Load more');
  await setLanguage('de');
  expect(t('table.more', { count: 2, shown: '2' })).toBe('2 Zeilen gezeigt. Mehr laden');
  expect(document.documentElement.lang).toBe('de');
});

test('any kind of Chinese that a browser asks for is answered in Simplified Chinese, and the page says so', async () => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['zh-TW', 'en']);
  expect(preferredLanguage()).toBe('zh');
  await setLanguage('zh');
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(t('table.more', { count: 1, shown: '1' })).toBe('已显示 1 行，加载更多');
  expect(refusalText('locked', { retryAfterSeconds: 840 })).toEqual({ title: '已暂时锁定', detail: '错误次数过多。请在14分钟后重试。' });
});

/** Sources of what a first visit shows; the generated form and the palette come later. */
const sources = import.meta.glob<string>(
  ['../{ui,lib}/*.{ts,tsx}', '../ui/data-table/*.{ts,tsx}', '../features/{shell,dashboard,changes}/*.{ts,tsx}', '!../**/*.test.*'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

test('what a first visit shows uses texts of the first load only', () => {
  const strangers = Object.entries(sources).flatMap(([file, text]) =>
    [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)]
      .map((found) => found[1]!)
      .filter((key) => !(key in enCore))
      .map((key) => `${file}: ${key}`),
  );
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(strangers).toEqual([]);
});

/** Pages outside the application, and the dialog that may open over any page. */
const outside = import.meta.glob<string>(['../features/{auth,step-up}/*.{ts,tsx}', '!../**/*.test.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('pages around signing in use the texts that are loaded for them', () => {
  const known = { ...enCore, ...enAuth };
  const strangers = Object.entries(outside).flatMap(([file, text]) =>
    [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)]
      .map((found) => found[1]!)
      .filter((key) => !(key in known))
      .map((key) => `${file}: ${key}`),
  );
  expect(Object.keys(outside).length).toBeGreaterThan(20);
  expect(strangers).toEqual([]);
});

const everything = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../lib/messages/**', '!../**/*.test.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every text is used', () => {
  const code = Object.values(everything).join('\n');
  const families = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1]!);
  // Read once: looking through everything for each text takes longer than all other tests here.
  const named = new Set(code.match(/(?<=['"])[\w.-]+(?=['"])/g));
  const dead = Object.keys(en).filter((key) => !named.has(key) && !families.some((family) => key.startsWith(family)));
  expect(dead).toEqual([]);
});
