import type { z } from 'zod';
import { getTableColumns } from '#kernel/drizzle.ts';
import type { Collection, Document } from './schemas.ts';
import { documents, type CollectionRow, type DocumentRow } from './tables.ts';

const { original: _original, ...shown } = getTableColumns(documents);
/** All columns of a document but its bytes. */
export const SHOWN = shown;

export const documentView = (row: DocumentRow): z.input<typeof Document> => ({
  id: row.id,
  collectionId: row.collectionId,
  title: row.title,
  filename: row.filename,
  source: row.source,
  mediaType: row.mediaType,
  bytes: row.bytes,
  sha256: row.sha256,
  accessLabels: row.accessLabels,
  metadata: row.metadata,
  state: row.state,
  progress: row.progress,
  problem: row.problem,
  characters: row.characters,
  passages: row.passages,
  passagesMeant: row.passagesMeant,
  createdBy: row.createdBy,
  createdByName: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** What a collection holds that the caller may see. */
export interface Held {
  documents: number;
  passages: number;
}
export const collectionView = (row: CollectionRow, held: Held): z.input<typeof Collection> => ({
  id: row.id,
  name: row.name,
  description: row.description,
  language: row.language,
  accessLabels: row.accessLabels,
  passageSize: row.passageSize,
  passageOverlap: row.passageOverlap,
  confidential: row.confidential,
  ...held,
  ownerId: row.ownerId,
  ownerName: row.ownerName,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
