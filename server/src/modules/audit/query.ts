import { and, desc, eq, gte, ilike, lt, or, sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { idAt } from './chain/times.ts';
import type { AuditEntryView, auditFilters } from './schemas.ts';
import { auditEntries, type AuditRow } from './tables.ts';

type Filters = z.output<z.ZodObject<typeof auditFilters>>;

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function conditions(tenantId: string, filters: Filters): SQL | undefined {
  const { actorId, operation, result, risk, targetId, changeId, from, to, q } = filters;
  const { id } = auditEntries;
  return and(
    eq(auditEntries.tenantId, tenantId),
    actorId !== undefined ? eq(auditEntries.actorId, actorId) : undefined,
    operation !== undefined ? eq(auditEntries.operation, operation) : undefined,
    result && eq(auditEntries.result, result),
    risk && eq(auditEntries.risk, risk),
    changeId !== undefined ? eq(auditEntries.changeId, changeId) : undefined,
    targetId !== undefined ? sql`${auditEntries.targets} @> ${JSON.stringify([{ id: targetId }])}::jsonb` : undefined,
    from !== undefined ? gte(id, idAt(new Date(from))) : undefined,
    to !== undefined ? lt(id, idAt(new Date(to))) : undefined,
    q !== undefined
      ? or(
          sql`${auditEntries.reason}->>'text' ilike ${pattern(q)}`,
          ilike(auditEntries.comment, pattern(q)),
          ilike(auditEntries.actorName, pattern(q)),
        )
      : undefined,
  );
}

/** Newest first, from before `cursor`. */
export const findEntries = (
  db: Database,
  tenantId: string,
  filters: Filters,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<AuditRow[]> =>
  db
    .select()
    .from(auditEntries)
    .where(and(conditions(tenantId, filters), before === undefined ? undefined : lt(auditEntries.id, before)))
    .orderBy(desc(auditEntries.id))
    .limit(limit);

export const viewOf = (row: AuditRow): AuditEntryView => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName, email: row.actorEmail },
  roles: row.roles,
  surface: row.surface,
  operation: row.operation,
  risk: row.risk,
  permission: row.permission,
  result: row.result,
  reason: row.reason ?? null,
  targets: row.targets,
  changeId: row.changeId,
  approvalId: row.approvalId,
  approverIds: row.approverIds,
  jobId: row.jobId,
  rules: row.rules,
  decisionId: row.decisionId,
  requestId: row.requestId,
  ip: row.ip,
  comment: row.comment,
  durationMs: row.durationMs,
  occurrences: row.occurrences,
});
