import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from './i18n.ts';

type Refusals = Readonly<Record<string, readonly [title: string, text?: string]>>;

/** The server writes a page for each refusal; that the pages are all of them is looked at where they are generated. */
const pages = Object.keys(import.meta.glob('../../../docs/problems/*.md'));
const slugs = pages.flatMap((path) => path.split('/').at(-1)!.replace('.md', '')).filter((name) => name !== 'README');
const refusing = import.meta.glob<{ problems: Refusals }>('./messages/*/problems.ts', { eager: true });

test('each refusal of the server has a title in every language, and nothing else has one', () => {
  expect(slugs.length).toBeGreaterThan(400);
  // English is what the server says.
  for (const language of (Object.keys(LANGUAGES) as Language[]).filter((one) => one !== 'en')) {
    const { problems } = refusing[`./messages/${language}/problems.ts`]!;
    expect([language, slugs.filter((slug) => !problems[slug]?.[0].trim())]).toEqual([language, []]);
    expect([language, Object.keys(problems).filter((slug) => !slugs.includes(slug))]).toEqual([language, []]);
  }
});
