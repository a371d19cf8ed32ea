import { bigint, integer, boolean, inet, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { ControllerKind } from '../providers/zerotier/port.ts';
import type { ControllerState, Finding, Stage } from './schemas.ts';

export const controllers = tenantTable('exchange_controllers', {
  name: text('name').notNull(),
  kind: text('kind').$type<ControllerKind>().notNull(),
  baseUrl: text('base_url').notNull(),
  tokenReference: text('token_reference').notNull(),
  /** Sealed. */
  token: text('token'),
  tokenMark: text('token_mark'),
  nodeId: text('node_id'),
  software: text('software'),
  state: text('state').$type<ControllerState>().notNull(),
  blockedCode: text('blocked_code'),
  detail: text('detail'),
  remediation: text('remediation'),
  stages: jsonb('stages').$type<Stage[]>().notNull().default([]),
  findings: jsonb('findings').$type<Finding[]>().notNull().default([]),
  preflightAt: timestamp('preflight_at', { withTimezone: true }),
  readyAt: timestamp('ready_at', { withTimezone: true }),
  backupKeep: integer('backup_keep').notNull().default(14),
  backupDaily: boolean('backup_daily').notNull().default(true),
  restoringUntil: timestamp('restoring_until', { withTimezone: true }),
  /** The Change that puts it back to a backup. */
  restoringChange: uuid('restoring_change'),
  version: integer('version').notNull().default(1),
});
export type ControllerRow = typeof controllers.$inferSelect;

export const networks = tenantTable('exchange_networks', {
  fabricId: uuid('fabric_id').notNull(),
  controllerId: uuid('controller_id').notNull(),
  networkId: text('network_id').notNull(),
});
export type NetworkRow = typeof networks.$inferSelect;

export const members = tenantTable('exchange_members', {
  connectionId: uuid('connection_id').notNull(),
  fabricId: uuid('fabric_id').notNull(),
  nodeId: text('node_id').notNull(),
  authorized: boolean('authorized').notNull(),
  addresses: text('addresses').array().notNull(),
  revision: bigint('revision', { mode: 'number' }).notNull(),
  observedAt: timestamp('observed_at', { withTimezone: true }).notNull(),
});
export type MemberRow = typeof members.$inferSelect;

export const addressCounters = tenantTable('exchange_address_counters', {
  fabricId: uuid('fabric_id').notNull(),
  asn: bigint('asn', { mode: 'number' }).notNull(),
  lastSequence: integer('last_sequence').notNull(),
});

/** IPv4 addresses that were given up, and since when. */
export const addressRests = tenantTable('exchange_address_rests', {
  fabricId: uuid('fabric_id').notNull(),
  address: inet('address').notNull(),
  releasedAt: timestamp('released_at', { withTimezone: true }).notNull(),
});
