import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, changesOf, isEdit, isReady, isSpace, isTags, KEEP, NEW_MEMORY, type MemoryDraft } from './draft.ts';
import { isLabels } from './labels.ts';

const draft = (part: Partial<MemoryDraft> = {}): MemoryDraft => ({ ...NEW_MEMORY, content: 'Reloads at night only.', ...part });

test('a space, a content and a share of certainty are needed; the key is made up when it is left out', () => {
  expect(isReady(NEW_MEMORY)).toBe(false);
  expect(isReady(draft())).toBe(true);
  expect(
    [{ space: 'Team Space' }, { content: ' ' }, { confidence: '101' }, { confidence: '' }, { labels: 'everybody' }].map((part) =>
      isReady(draft(part)),
    ),
  ).toEqual([false, false, false, false, false]);
});

test('spaces and labels are of the forms that the server knows', () => {
  expect(['tenant', 'user', 'runbooks', 'workflow:0199b0a0-0000-7000-8000-000000000000', 'workflow:x', 'Runbooks', ''].map(isSpace)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['', 'team:network role:owner', 'team:Network', 'user:me'].map(isLabels)).toEqual([true, true, false, false]);
  expect([isTags('edge, night shift'), isTags('x'.repeat(51)), isTags(Array.from({ length: 21 }, (_, at) => `t${at}`).join(','))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a new one says nothing of what was left empty', () => {
  expect(bodyOf(draft({ tags: 'edge, night shift, edge', confidence: '80' }))).toEqual({
    space: 'tenant', content: 'Reloads at night only.', type: 'semantic', tags: ['edge', 'night shift'], sensitivity: 'internal', importance: 'medium', confidence: 0.8, expires: 'never',
  }); // prettier-ignore
});

test('an edit sends what differs; a title that is emptied goes, content that was never shown stays', () => {
  const before = draft({ title: 'Night', expires: KEEP });
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, title: '', content: '', expires: '7d' })).toEqual({ title: null, expires: '7d' });
  expect([isEdit(before, before), isEdit(before, { ...before, tags: 'a' }), isEdit(before, { ...before, tags: 'a', labels: '!' })]).toEqual([
    false,
    true,
    false,
  ]);
});

test('tags that are typed and read again are the same', () => {
  const tag = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/);
  fc.assert(
    fc.property(fc.uniqueArray(tag, { minLength: 1, maxLength: 20 }), (tags) => {
      expect(bodyOf(draft({ tags: tags.join(', ') }))['tags']).toEqual(tags);
    }),
  );
});
