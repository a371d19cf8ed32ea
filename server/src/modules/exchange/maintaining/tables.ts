import { integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { MaintenanceKind, MaintenanceState, Phase } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const windows = tenantTable('exchange_maintenance', {
  fabricId: uuid('fabric_id').notNull(),
  kind: text('kind').$type<MaintenanceKind>().notNull(),
  reason: text('reason').notNull(),
  startsAt: at('starts_at').notNull(),
  endsAt: at('ends_at').notNull(),
  state: text('state').$type<MaintenanceState>().notNull(),
  plannedBy: uuid('planned_by').notNull(),
  plannedByName: text('planned_by_name').notNull(),
  changeId: uuid('change_id'),
  beginChange: uuid('begin_change'),
  askedAt: at('asked_at'),
  beganAt: at('began_at'),
  endedAt: at('ended_at'),
  silentAt: at('silent_at'),
  outcome: text('outcome').$type<'ended' | 'cancelled' | 'failed'>().notNull().default('ended'),
  remindedAt: at('reminded_at'),
  problemCode: text('problem_code'),
  detail: text('detail'),
  version: integer('version').notNull().default(1),
});
export type WindowRow = typeof windows.$inferSelect;

export const drains = tenantTable('exchange_maintenance_servers', {
  maintenanceId: uuid('maintenance_id').notNull(),
  routeServerId: uuid('route_server_id').notNull(),
  phase: text('phase').$type<Phase>().notNull(),
  warnedAt: at('warned_at'),
  stoppedAt: at('stopped_at'),
  lookedAt: at('looked_at'),
  lost: jsonb('lost').$type<string[]>(),
});
export type DrainRow = typeof drains.$inferSelect;
