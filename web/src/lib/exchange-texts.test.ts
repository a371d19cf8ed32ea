import { expect, test } from 'vitest';
import { LANGUAGES, setLanguage, t, type Language, type Message } from './i18n.ts';

type Texts = Readonly<Record<string, Message>>;
type Refusals = Readonly<Record<string, readonly [title: string, text?: string]>>;
const languages = Object.keys(LANGUAGES) as Language[];
const grouped = import.meta.glob<Record<string, Texts>>('./messages/*/{index,later}.ts', { eager: true });
const refusing = import.meta.glob<{ problems: Refusals }>('./messages/*/problems.ts', { eager: true });
const textsOf = (language: Language): Texts =>
  Object.assign({}, ...['index', 'later'].flatMap((file) => Object.values(grouped[`./messages/${language}/${file}.ts`]!)));

/** The server's own lists, read as they stand: what it refuses, why a route is refused, and what its answers may say. */
const refused = import.meta.glob<string>(
  [
    '../../../server/src/{kernel,surfaces}/problems.ts',
    '../../../server/src/modules/exchange/**/problems.ts',
    '../../../server/src/modules/identity/{federation,local}/problems.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);
const marked = import.meta.glob<string>('../../../server/src/modules/exchange/looking/reasons.ts', { query: '?raw', import: 'default', eager: true });
interface Schema {
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
}
const documents = import.meta.glob<{ components: { schemas: Record<string, Schema> } }>('../../../sdk/openapi.json', {
  import: 'default',
  eager: true,
});

/** Some have what they say from a constant. */
const SLUG = /^ {2}(?:'([a-z]+(?:-[a-z]+)+)': [{A-Z]|([a-z]+): \{)/gm;
const slugs = Object.values(refused).flatMap((source) => [...source.matchAll(SLUG)].map((found) => (found[1] ?? found[2])!));
const codes = Object.values(marked).flatMap((source) => [...source.matchAll(/^ {2}(\d+): \{ title/gm)].map((found) => found[1]!));
const valuesOf = ({ enum: values, anyOf = [] }: Schema): string[] => values ?? anyOf.flatMap(valuesOf);
/** Lists of registries are not shown on a page. */
const schemas = Object.entries(Object.values(documents)[0]!.components.schemas).filter(([name]) => /^Exchange(?!Irr)/.test(name));
const told = (property: 'class' | 'state' | 'status'): [string, string][] =>
  schemas.flatMap(([name, { properties = {} }]) =>
    properties[property] ? valuesOf(properties[property]).map((value): [string, string] => [name, value]) : [],
  );

/** Keys of what an exchange can say of itself. */
const keys = [
  ...codes.flatMap((code) => [`glass.reason.${code}`, `glass.remedy.${code}`]),
  ...told('class').map(([, value]) => `drift.class.${value}`),
  ...[...told('state'), ...told('status')].map(([name, value]) => (name.endsWith('Maintenance') ? `maintenance.state.${value}` : `state.${value}`)),
];

test('exchange 83: every error slug, reject code, finding class and status has a text in all three locales', () => {
  expect([slugs.length > 120, codes.length, new Set(told('class')).size > 20, told('status').length > 10]).toEqual([true, 12, true, true]);
  for (const language of languages) {
    const texts = textsOf(language);
    expect([language, keys.filter((key) => !texts[key])]).toEqual([language, []]);
    // English is what the server says.
    const words = refusing[`./messages/${language}/problems.ts`]?.problems;
    expect([language, language === 'en' ? [] : slugs.filter((slug) => !words?.[slug]?.[0])]).toEqual([language, []]);
  }
});

test('from right to left, what is filled in keeps its own direction', async () => {
  await setLanguage('he');
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['he', 'rtl']);
  expect(t('change.did.approve', { number: 'CHG-7' })).toBe('\u2068CHG-7\u2069 אושר');
  expect(t('table.selected', { count: 2 })).toBe('נבחרו 2');
  await setLanguage('en');
  expect(document.documentElement.dir).toBe('ltr');
  expect(t('change.did.approve', { number: 'CHG-7' })).toBe('CHG-7 approved');
});
