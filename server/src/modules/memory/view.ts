import type { z } from 'zod';
import { getTableColumns } from '#kernel/drizzle.ts';
import type { Memory, MemoryVersion } from './schemas.ts';
import { memories, type MemoryRow, type MemoryVersionRow } from './tables.ts';

const { vector: _vector, search: _search, ...shown } = getTableColumns(memories);
/** All columns but those that only searches look at. */
export const SHOWN = shown;

export const memoryView = (row: MemoryRow): Memory => ({
  id: row.id,
  space: row.space,
  key: row.key,
  type: row.type,
  title: row.title,
  content: row.content,
  summary: row.summary,
  tags: row.tags,
  sensitivity: row.sensitivity,
  importance: row.importance,
  confidence: row.confidence,
  accessLabels: row.accessLabels,
  entities: row.entities,
  metadata: row.metadata,
  provenance: row.provenance,
  version: row.version,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  searchedByMeaning: row.vectorModel !== null,
  createdBy: row.createdBy,
  createdByName: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const versionView = ({ number, title, content, summary, note, createdBy, createdByName, createdAt }: MemoryVersionRow): z.input<typeof MemoryVersion> => ({
  number, title, content, summary, note, createdBy, createdByName, createdAt: createdAt.toISOString(),
}); // prettier-ignore
