import { isLabels, labelsOf } from '#features/memory/labels.ts';
import type { Collection, LANGUAGES } from './types.ts';

/** A collection while it is written. Labels are words with blanks between them. */
export interface CollectionDraft {
  name: string;
  description: string;
  language: (typeof LANGUAGES)[number];
  labels: string;
  passageSize: string;
  passageOverlap: string;
  confidential: boolean;
}
/** In the language of whoever makes it; documents are mostly in that one. */
export const newCollection = (language: string): CollectionDraft => ({
  name: '',
  description: '',
  language: language === 'de' ? 'german' : 'english',
  labels: '',
  passageSize: '1200',
  passageOverlap: '150',
  confidential: false,
});
export const draftOf = ({ name, description, language, accessLabels, passageSize, passageOverlap, confidential }: Collection): CollectionDraft => ({
  name,
  description: description ?? '',
  language,
  labels: accessLabels.join(' '),
  passageSize: String(passageSize),
  passageOverlap: String(passageOverlap),
  confidential,
});

const isWhole = (text: string, least: number, most: number): boolean => /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
export const isSize = (text: string): boolean => isWhole(text, 200, 4_000);
/** At most half of a passage, or every passage would be in two others. */
export const isOverlap = ({ passageOverlap, passageSize }: CollectionDraft): boolean =>
  isWhole(passageOverlap, 0, 1_000) && (!isSize(passageSize) || Number(passageOverlap) <= Number(passageSize) / 2);

/** All that can be said before the server is asked. */
export const isReady = (draft: CollectionDraft): boolean =>
  draft.name.trim() !== '' && isLabels(draft.labels) && isSize(draft.passageSize) && isOverlap(draft);

const fieldsOf = (draft: CollectionDraft) => ({
  name: draft.name.trim(),
  description: draft.description.trim() || null,
  language: draft.language,
  accessLabels: labelsOf(draft.labels),
  passageSize: Number(draft.passageSize),
  passageOverlap: Number(draft.passageOverlap),
  confidential: draft.confidential,
});
/** A new one: only what there is to say. */
export const bodyOf = (draft: CollectionDraft): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fieldsOf(draft)).filter(([, value]) => value !== null));
/** Only what was changed, so that two people who change different things do not undo one another. */
export function changesOf(before: CollectionDraft, draft: CollectionDraft): Record<string, unknown> {
  const [old, next] = [fieldsOf(before) as Record<string, unknown>, fieldsOf(draft)];
  return Object.fromEntries(Object.entries(next).filter(([field, value]) => JSON.stringify(old[field]) !== JSON.stringify(value)));
}
