import { integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Scope } from '#kernel/scope.ts';
import type { AccessRequestStatus } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const accessRequests = tenantTable('access_requests', {
  requesterId: uuid('requester_id').notNull(),
  roleId: uuid('role_id').notNull(),
  permission: text('permission'),
  scope: jsonb('scope').$type<Scope>().notNull(),
  minutes: integer('minutes').notNull(),
  startAt: at('start_at'),
  reason: text('reason').notNull(),
  status: text('status').$type<AccessRequestStatus>().notNull(),
  expiresAt: at('expires_at').notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: at('decided_at'),
  comment: text('comment'),
  grantId: uuid('grant_id'),
  endsAt: at('ends_at'),
  endedBy: uuid('ended_by'),
  extendsId: uuid('extends_id'),
});
export type AccessRequestRow = typeof accessRequests.$inferSelect;
