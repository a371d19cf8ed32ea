import { labelsOf } from '#features/memory/labels.ts';
import type { KnowledgeDocument } from './types.ts';

type Said = Pick<KnowledgeDocument, 'title' | 'source' | 'accessLabels'>;

/** What is said of a document, while it is written; labels are words with blanks between them. */
export interface DocumentDraft {
  title: string;
  source: string;
  labels: string;
}
export const documentDraft = ({ title, source, accessLabels }: Said): DocumentDraft => ({
  title,
  source: source ?? '',
  labels: accessLabels.join(' '),
});

/** Only what differs; a source that was emptied is none. */
export function documentChanges(document: Said, { title, source, labels }: DocumentDraft): Partial<Said> {
  const next: Said = { title: title.trim(), source: source.trim() || null, accessLabels: labelsOf(labels) };
  const fields = Object.keys(next) as (keyof Said)[];
  return Object.fromEntries(
    fields.filter((field) => JSON.stringify(next[field]) !== JSON.stringify(document[field])).map((field) => [field, next[field]]),
  );
}
