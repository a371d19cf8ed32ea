import { expect, test } from 'vitest';
import { bodyOf, changesOf, isReady, newCollection, type CollectionDraft } from './collection-draft.ts';

const draft = (part: Partial<CollectionDraft> = {}): CollectionDraft => ({ ...newCollection('en'), name: 'Runbooks', ...part });

test('a name is all that is needed', () => {
  expect([isReady(newCollection('en')), isReady(draft())]).toEqual([false, true]);
  expect(bodyOf(draft({ labels: 'team:network  role:owner' }))).toEqual({
    name: 'Runbooks', language: 'english', accessLabels: ['team:network', 'role:owner'], passageSize: 1_200, passageOverlap: 150, confidential: false,
  }); // prettier-ignore
});

test('documents are taken to be in the language of whoever makes the collection', () => {
  expect([newCollection('de').language, newCollection('en').language]).toEqual(['german', 'english']);
});

test('passages have a size that searches can work with, and overlap by half of it at most', () => {
  const bad: Partial<CollectionDraft>[] = [{ passageSize: '199' }, { passageSize: '4001' }, { passageSize: '1e3' }, { passageSize: '300', passageOverlap: '151' }, { passageOverlap: '-1' }, { labels: 'team:Network' }]; // prettier-ignore
  expect(bad.map((part) => isReady(draft(part)))).toEqual(bad.map(() => false));
  expect(isReady(draft({ passageSize: '300', passageOverlap: '150' }))).toBe(true);
});

test('a change sends what differs; a description that is emptied goes', () => {
  expect(changesOf(draft(), draft({ name: ' Runbooks ' }))).toEqual({});
  expect(changesOf(draft({ description: 'Old' }), draft({ confidential: true }))).toEqual({ description: null, confidential: true });
});
