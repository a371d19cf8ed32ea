import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Recall } from '#kernel/recall/port.ts';
import { documents, type CollectionRow } from '../tables.ts';

export interface ReadDeps {
  databases: Databases;
  recall: Pick<Recall, 'ai'>;
  actor: (tenantId: string) => Actor;
  now: () => Date;
  /** What is announced is seen to at once. */
  announced: (tenantId: string) => void;
}
export interface Wanted {
  tenantId: string;
  documentId: string;
}
/** A document that is being read, with its bytes, and the collection that says how. */
export interface Open {
  document: typeof documents.$inferSelect;
  collection: CollectionRow;
}

/** Percent, when the passages are there and only their meaning is not told. */
export const CUT = 50;

export const withId = ({ tenantId, documentId }: Wanted) => and(eq(documents.tenantId, tenantId), eq(documents.id, documentId));
/** This very reading: a document that is to be read anew meanwhile is left to whoever does. */
export const sameReading = (wanted: Wanted, { document }: Open) => and(withId(wanted), eq(documents.reading, document.reading));
