import { text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { FindingClass, FindingState, Mode, Severity } from './schemas.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const findings = tenantTable('exchange_findings', {
  subject: text('subject').notNull(),
  fabricId: uuid('fabric_id'),
  routeServerId: uuid('route_server_id'),
  controllerId: uuid('controller_id'),
  requestId: uuid('request_id'),
  networkId: text('network_id'),
  nodeId: text('node_id'),
  class: text('class').$type<FindingClass>().notNull(),
  severity: text('severity').$type<Severity>().notNull(),
  mode: text('mode').$type<Mode>().notNull(),
  state: text('state').$type<FindingState>().notNull(),
  detail: text('detail').notNull(),
  changeId: uuid('change_id'),
  reason: text('reason'),
  ignoredBy: text('ignored_by'),
  ignoredUntil: at('ignored_until'),
  firstSeenAt: at('first_seen_at').notNull(),
  lastSeenAt: at('last_seen_at').notNull(),
  endedAt: at('ended_at'),
});
export type FindingRow = typeof findings.$inferSelect;
