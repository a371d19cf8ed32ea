import { boolean, customType, integer, jsonb, text, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Metadata } from '#kernel/recall/fields.ts';
import type { DocumentState, Language, MediaType } from './schemas.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const collections = tenantTable('knowledge_collections', {
  name: text('name').notNull(),
  description: text('description'),
  language: text('language').$type<Language>().notNull(),
  accessLabels: text('access_labels').array().notNull(),
  passageSize: integer('passage_size').notNull(),
  passageOverlap: integer('passage_overlap').notNull(),
  confidential: boolean('confidential').notNull(),
  version: integer('version').notNull().default(1),
  ownerId: text('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
});
export type CollectionRow = typeof collections.$inferSelect;

export const documents = tenantTable('knowledge_documents', {
  collectionId: uuid('collection_id').notNull(),
  title: text('title').notNull(),
  filename: text('filename').notNull(),
  source: text('source'),
  mediaType: text('media_type').$type<MediaType>().notNull(),
  /** gzip (RFC 1952) */
  original: bytea('original').notNull(),
  bytes: integer('bytes').notNull(),
  sha256: text('sha256').notNull(),
  accessLabels: text('access_labels').array().notNull(),
  metadata: jsonb('metadata').$type<Metadata>().notNull(),
  state: text('state').$type<DocumentState>().notNull(),
  progress: integer('progress').notNull().default(0),
  problem: text('problem'),
  characters: integer('characters').notNull().default(0),
  passages: integer('passages').notNull().default(0),
  passagesMeant: integer('passages_meant').notNull().default(0),
  reading: integer('reading').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
/** Without its bytes. */
export type DocumentRow = Omit<typeof documents.$inferSelect, 'original'>;

export const chunks = tenantTable('knowledge_chunks', {
  collectionId: uuid('collection_id').notNull(),
  documentId: uuid('document_id').notNull(),
  number: integer('number').notNull(),
  heading: text('heading'),
  content: text('content').notNull(),
  vector: bytea('vector'),
  vectorModel: text('vector_model'),
  search: tsvector('search').notNull(),
});
