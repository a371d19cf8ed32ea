import { bigint, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { BundleFile } from '../ssh/tar.ts';
import type { Cause, GenerationState, Impact, SyncState } from './schemas.ts';

export const generations = tenantTable('exchange_rs_generations', {
  routeServerId: uuid('route_server_id').notNull(),
  number: bigint('number', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  wish: text('wish').notNull(),
  files: jsonb('files').$type<BundleFile[]>().notNull(),
  sessions: integer('sessions').notNull(),
  state: text('state').$type<GenerationState>().notNull(),
  cause: text('cause').$type<Cause>().notNull(),
  impact: jsonb('impact').$type<Impact>().notNull(),
  changeId: uuid('change_id'),
  problemCode: text('problem_code'),
  detail: text('detail'),
  confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
});
export type GenerationRow = typeof generations.$inferSelect;

export const syncs = tenantTable('exchange_rs_sync', {
  routeServerId: uuid('route_server_id').notNull(),
  name: text('name').notNull(),
  asn: bigint('asn', { mode: 'number' }).notNull(),
  connectionId: uuid('connection_id'),
  desiredDigest: text('desired_digest'),
  appliedDigest: text('applied_digest'),
  appliedGeneration: bigint('applied_generation', { mode: 'number' }),
  state: text('state').$type<SyncState>().notNull(),
  problemCode: text('problem_code'),
  detail: text('detail'),
});
export type SyncRow = typeof syncs.$inferSelect;
