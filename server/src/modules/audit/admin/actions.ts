import { jsonb, pgTable, text, timestamp, uuid } from '#kernel/columns.ts';
import { NO_TENANT } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { desc, eq } from '#kernel/drizzle.ts';
import type { AuditEntry, Steps } from '#kernel/gate-steps.ts';
import { canonicalJson, newId, sha256 } from '#kernel/ids.ts';
import { auditEntries } from '../tables.ts';

export const adminActions = pgTable('admin_actions', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  operator: text('operator').notNull(),
  operation: text('operation').notNull(),
  aboutTenantId: uuid('about_tenant_id'),
  reason: text('reason'),
  ticket: text('ticket'),
  approver: text('approver'),
  before: jsonb('before').$type<unknown>(),
  after: jsonb('after').$type<unknown>(),
});
export type AdminAction = typeof adminActions.$inferSelect;

/** An act at the server, by an account of its operating system. Nothing in it may be secret. */
export type Act = Omit<AdminAction, 'tenantId' | 'id' | 'reason' | 'ticket' | 'approver' | 'before' | 'after' | 'aboutTenantId'> &
  Partial<Pick<AdminAction, 'aboutTenantId' | 'reason' | 'ticket' | 'approver' | 'before' | 'after'>> & { targets?: AuditEntry['targets'] };

/** What the entry's hash of the input is made of. */
const digestOf = ({
  id,
  operator,
  operation,
  aboutTenantId,
  reason,
  ticket,
  approver,
  before,
  after,
}: Omit<AdminAction, 'at' | 'tenantId'>): string =>
  sha256(canonicalJson({ id, operator, operation, aboutTenantId, reason, ticket, approver, before, after }));

const entryOf = (row: AdminAction, targets: AuditEntry['targets']): AuditEntry => ({
  decisionId: row.id, requestId: row.id,
  actor: { kind: 'system', id: 'system:server-cli', name: `operating-system user ${row.operator}`, email: null, tenantId: NO_TENANT, tenantSlug: '', credentialId: null, permissionCap: null, ip: null },
  surface: 'cli', operation: row.operation, permission: 'installation:manage', risk: 'high', sensitive: true, result: 'success', reason: null, targets, grantId: null, rules: [],
  inputHash: digestOf(row), changeId: null, comment: row.reason, at: row.at, durationMs: 0, timings: {},
}); // prettier-ignore

/** Writes down an act of the operator, before it is done: without it, it is not done. */
export async function recordAct({ databases, audit }: { databases: Databases; audit: Pick<Steps['audit'], 'write'> }, { targets = [], ...act }: Act): Promise<void> {
  const row: AdminAction = { aboutTenantId: null, reason: null, ticket: null, approver: null, before: null, after: null, ...act, tenantId: NO_TENANT, id: newId() };
  await databases.tenant({ tenantId: NO_TENANT, operation: act.operation }, async (db) => {
    await db.insert(adminActions).values(row);
    await audit.write(db, entryOf(row, targets));
  });
} // prettier-ignore

/** The newest acts; `altered` where the row is not what its entry was written for. */
export async function actsNow(db: Database, limit: number): Promise<(AdminAction & { altered: boolean })[]> {
  const rows = await db
    .select({ action: adminActions, inputHash: auditEntries.inputHash })
    .from(adminActions)
    .leftJoin(auditEntries, eq(auditEntries.decisionId, adminActions.id))
    .orderBy(desc(adminActions.id))
    .limit(limit);
  return rows.map(({ action, inputHash }) => ({ ...action, altered: inputHash !== digestOf(action) }));
}
