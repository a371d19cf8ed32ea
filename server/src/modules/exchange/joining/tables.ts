import { bigint, boolean, inet, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Status, WaitsFor } from './rules.ts';
import type { Failure, Stage } from './schemas.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const requests = tenantTable('exchange_join_requests', {
  fabricId: uuid('fabric_id').notNull(),
  asn: bigint('asn', { mode: 'number' }).notNull(),
  requesterId: uuid('requester_id').notNull(),
  requesterName: text('requester_name').notNull(),
  rightSource: text('right_source').$type<'peeringdb' | 'local'>().notNull(),
  rightVerifiedAt: at('right_verified_at').notNull(),
  networkName: text('network_name'),
  nodeId: text('node_id'),
  roleStrict: boolean('role_strict').notNull(),
  notes: text('notes'),
  status: text('status').$type<Status>().notNull(),
  statusSeq: integer('status_seq').notNull().default(1),
  statusAt: at('status_at').notNull(),
  reason: text('reason'),
  decidedBy: text('decided_by'),
  decidedAt: at('decided_at'),
  decisionSource: text('decision_source').$type<'person' | 'policy'>(),
  decisionRule: text('decision_rule'),
  /** Of a fabric under a rule: why the rule has not agreed. */
  waitsFor: text('waits_for').$type<WaitsFor>(),
  changeId: uuid('change_id'),
  connectionId: uuid('connection_id'),
  addressV6: inet('address_v6'),
  addressV4: inet('address_v4'),
  provisionedAt: at('provisioned_at'),
  failedStage: text('failed_stage').$type<Stage>(),
  lastError: jsonb('last_error').$type<Failure>(),
  retryCount: integer('retry_count').notNull().default(0),
  version: integer('version').notNull().default(1),
});
export type RequestRow = typeof requests.$inferSelect;
