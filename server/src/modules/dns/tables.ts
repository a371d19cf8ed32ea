import { bigint, boolean, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { ServedSet } from './embedded/zone.ts';
import type { ProviderKind } from './providers/port.ts';
import type { ZoneState } from './schemas.ts';
import type { SetChange } from './sets.ts';

export const zones = tenantTable('dns_zones', {
  connectionId: uuid('connection_id').notNull(),
  /** The same while the zone is alive. */
  heldConnectionId: uuid('held_connection_id'),
  provider: text('provider').$type<ProviderKind>().notNull(),
  name: text('name').notNull(),
  environment: text('environment'),
  labels: jsonb('labels').$type<Record<string, string>>().notNull(),
  state: text('state').$type<ZoneState>().notNull(),
  stateReason: text('state_reason'),
  /** Data of the SOA record as last seen; null until then. */
  soa: text('soa'),
  soaTtl: integer('soa_ttl').notNull(),
  serial: bigint('serial', { mode: 'number' }),
  defaultTtl: integer('default_ttl').notNull(),
  protected: boolean('protected').notNull(),
  nameservers: jsonb('nameservers').$type<string[]>().notNull(),
  recordCount: integer('record_count').notNull().default(0),
  /** Counts changes of the records; the number of a version in the history. */
  revision: integer('revision').notNull().default(0),
  /** The Change at work on it; one at a time. */
  changeId: uuid('change_id'),
  changeNumber: text('change_number'),
  /** That Change has sent something to the server, or may have. */
  sent: boolean('sent').notNull().default(false),
  createdBy: text('created_by').notNull(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
  version: integer('version').notNull().default(1),
});
export type ZoneRow = typeof zones.$inferSelect;

export const records = tenantTable('dns_records', {
  zoneId: uuid('zone_id').notNull(),
  name: text('name').notNull(),
  sortKey: text('sort_key').notNull(),
  typeRank: integer('type_rank').notNull(),
  type: text('type').notNull(),
  ttl: integer('ttl').notNull(),
  value: text('value').notNull(),
  comment: text('comment'),
});
export type RecordRow = typeof records.$inferSelect;

export const versions = tenantTable('dns_zone_versions', {
  zoneId: uuid('zone_id').notNull(),
  revision: integer('revision').notNull(),
  changeId: uuid('change_id').notNull(),
  operation: text('operation').notNull(),
  actor: jsonb('actor').$type<{ kind: string; id: string; name: string }>().notNull(),
  serial: bigint('serial', { mode: 'number' }).notNull(),
  changes: jsonb('changes').$type<SetChange[]>().notNull(),
});
export type VersionRow = typeof versions.$inferSelect;

export const servedZones = tenantTable('dns_served_zones', {
  name: text('name').notNull(),
  serial: bigint('serial', { mode: 'number' }).notNull(),
  soaTtl: integer('soa_ttl').notNull(),
  sets: jsonb('sets').$type<ServedSet[]>().notNull(),
});
