import { afterEach, expect, test } from 'vitest';
import { setLanguage, t, type Message, type MessageKey } from './i18n.ts';
import { de } from './messages/de/index.ts';
import { en } from './messages/en/index.ts';

afterEach(() => setLanguage('en'));

const variables = (message: Message): string[] =>
  [...new Set((typeof message === 'string' ? message : `${message.one} ${message.other}`).match(/\{\w+\}/g) ?? [])].sort();

test('every text exists in every language and in none more', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
});

test('a translation uses the same variables as the original', () => {
  for (const key of Object.keys(en) as MessageKey[]) expect([key, variables(de[key])]).toEqual([key, variables(en[key])]);
});

test('a text with a number has the form for one and the form for others in every language', () => {
  for (const key of Object.keys(en) as MessageKey[]) expect([key, typeof de[key]]).toEqual([key, typeof en[key]]);
});

test('no text is empty', () => {
  for (const [key, message] of [...Object.entries(en), ...Object.entries(de)]) expect([key, JSON.stringify(message).length > 2]).toEqual([key, true]);
});

test('variables are filled in and the plural follows the count', async () => {
  expect(t('table.more', { count: 1, shown: '1' })).toBe('1 row shown. Load more');
  expect(t('table.more', { count: 2000, shown: '2,000' })).toBe('2,000 rows shown. Load more');
  await setLanguage('de');
  expect(t('table.more', { count: 2, shown: '2' })).toBe('2 Zeilen gezeigt. Mehr laden');
  expect(document.documentElement.lang).toBe('de');
});
