import { bigint, boolean, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Finding } from '../applying/schemas.ts';
import type { AccessState } from './schemas.ts';

export const accesses = tenantTable('exchange_route_server_access', {
  routeServerId: uuid('route_server_id').notNull(),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  user: text('user_name').notNull(),
  hostKey: text('host_key').notNull(),
  publicKey: text('public_key').notNull(),
  /** Sealed. */
  privateKey: text('private_key_sealed').notNull(),
  state: text('state').$type<AccessState>().notNull(),
  problemCode: text('problem_code'),
  detail: text('detail'),
  birdVersion: text('bird_version'),
  loadedGeneration: bigint('loaded_generation', { mode: 'number' }),
  currentGeneration: bigint('current_generation', { mode: 'number' }),
  checkedAt: timestamp('checked_at', { withTimezone: true }),
  readyAt: timestamp('ready_at', { withTimezone: true }),
  version: integer('version').notNull().default(1),
  follow: boolean('follow').notNull().default(false),
  followedBy: uuid('followed_by'),
  followedByName: text('followed_by_name'),
  applyOrder: integer('apply_order').notNull().default(100),
  dirtySince: timestamp('dirty_since', { withTimezone: true }),
  dirtyAt: timestamp('dirty_at', { withTimezone: true }),
  dirtyCount: bigint('dirty_count', { mode: 'number' }).notNull().default(0),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }),
  applyingChange: uuid('applying_change'),
  applyingUntil: timestamp('applying_until', { withTimezone: true }),
  holdUntil: timestamp('hold_until', { withTimezone: true }),
  holdReason: text('hold_reason'),
  /** Its sessions were looked at before. */
  sessionsKnown: boolean('sessions_known').notNull().default(true),
  findings: jsonb('findings').$type<Finding[]>().notNull().default([]),
});
export type AccessRow = typeof accesses.$inferSelect;
