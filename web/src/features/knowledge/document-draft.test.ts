import { expect, test } from 'vitest';
import { documentChanges, documentDraft } from './document-draft.ts';

const document = { title: 'Edge routers', source: 'https://wiki.example.net/edge', accessLabels: ['team:network', 'role:owner'] };

test('what was not touched is not sent', () => {
  expect(documentChanges(document, documentDraft(document))).toEqual({});
  expect(documentChanges({ ...document, source: null }, documentDraft({ ...document, source: null }))).toEqual({});
});

test('what was changed is sent, trimmed; an emptied source is none, and no labels are an empty list', () => {
  expect(documentChanges(document, { ...documentDraft(document), title: ' Edge ' })).toEqual({ title: 'Edge' });
  expect(documentChanges(document, { ...documentDraft(document), source: ' ', labels: ' ' })).toEqual({ source: null, accessLabels: [] });
  expect(documentChanges(document, { ...documentDraft(document), labels: 'team:network, role:owner role:viewer' })).toEqual({
    accessLabels: ['team:network', 'role:owner', 'role:viewer'],
  });
});
