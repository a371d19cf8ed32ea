import { customType, integer, jsonb, real, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Metadata } from '#kernel/recall/fields.ts';
import type { Importance, MemoryType, Provenance, Sensitivity } from './schemas.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const memories = tenantTable('memories', {
  space: text('space').notNull(),
  key: text('key').notNull(),
  type: text('type').$type<MemoryType>().notNull(),
  title: text('title'),
  /** Null where it is sealed. */
  content: text('content'),
  sealed: text('sealed'),
  summary: text('summary'),
  tags: text('tags').array().notNull(),
  sensitivity: text('sensitivity').$type<Sensitivity>().notNull(),
  importance: text('importance').$type<Importance>().notNull(),
  confidence: real('confidence').notNull(),
  accessLabels: text('access_labels').array().notNull(),
  entities: text('entities').array().notNull(),
  metadata: jsonb('metadata').$type<Metadata>().notNull(),
  provenance: jsonb('provenance').$type<Provenance>().notNull(),
  version: integer('version').notNull().default(1),
  expiresAt: time('expires_at'),
  vector: bytea('vector'),
  vectorModel: text('vector_model'),
  search: tsvector('search').notNull(),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
/** Without what only searches look at. */
export type MemoryRow = Omit<typeof memories.$inferSelect, 'vector' | 'search'>;

export const memoryVersions = tenantTable('memory_versions', {
  memoryId: uuid('memory_id').notNull(),
  number: integer('number').notNull(),
  title: text('title'),
  content: text('content'),
  sealed: text('sealed'),
  summary: text('summary'),
  metadata: jsonb('metadata').$type<Metadata>().notNull(),
  note: text('note'),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
export type MemoryVersionRow = typeof memoryVersions.$inferSelect;

export const memoryLinks = tenantTable('memory_links', {
  memoryId: uuid('memory_id').notNull(),
  relation: text('relation').notNull(),
  toType: text('to_type').notNull(),
  toId: text('to_id').notNull(),
});
export type MemoryLinkRow = typeof memoryLinks.$inferSelect;
