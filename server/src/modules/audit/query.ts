import type { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gte, ilike, isNotNull, like, lt, or, sql, type SQL } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import type { AuditEntryView, auditFilters, Severity } from './schemas.ts';
import { auditEntries, type AuditRow } from './tables.ts';

export type Filters = z.output<z.ZodObject<typeof auditFilters>>;

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Acts that leave no harm to be seen and after which nothing is as before: values are out. */
const GRAVE = ['secrets.export', 'secrets.exports.download'];

/** How serious an entry is: refusals and failures are warnings, what failed at high risk or in ourselves is critical, as are exports of secrets. */
export const severityOf = ({ operation, risk, result }: Pick<AuditRow, 'operation' | 'risk' | 'result'>): Severity => {
  if (result === 'error' || (risk === 'high' && result === 'failure')) return 'critical';
  if (GRAVE.includes(operation) && (result === 'success' || result === 'pending')) return 'critical';
  if (result === 'denied' || result === 'failure') return 'warning';
  return risk === 'read' ? 'info' : 'notice';
};
const grave = sql`operation in (${sql.join(
  GRAVE.map((one) => sql`${one}`),
  sql`, `,
)})`;
const SEVERE: Record<Severity, SQL> = {
  critical: sql`(result = 'error' or (risk = 'high' and result = 'failure') or (${grave} and result in ('success', 'pending')))`,
  warning: sql`(result = 'denied' or (result = 'failure' and risk <> 'high'))`,
  notice: sql`(result in ('success', 'pending') and risk <> 'read' and not ${grave})`,
  info: sql`(result in ('success', 'pending') and risk = 'read' and not ${grave})`,
};

/** Who it was: by id or address exactly, by name in part. */
const byActor = (who: string): SQL | undefined =>
  or(eq(auditEntries.actorId, who), eq(auditEntries.actorEmail, who), ilike(auditEntries.actorName, pattern(who)));
const holds = (target: object): SQL => sql`${auditEntries.targets} @> ${JSON.stringify([target])}::jsonb`;
const equals = (column: PgColumn, value: string | undefined): SQL | undefined => (value === undefined ? undefined : eq(column, value));

const BY_COLUMN = {
  actorId: auditEntries.actorId,
  operation: auditEntries.operation,
  result: auditEntries.result,
  risk: auditEntries.risk,
  changeId: auditEntries.changeId,
  approvalId: auditEntries.approvalId,
  requestId: auditEntries.requestId,
  ip: auditEntries.ip,
};
const { id } = auditEntries;
const { reason, operation } = auditEntries;

/** What each of the other filters asks for. */
const CLAUSES: { [name in Exclude<keyof Filters, keyof typeof BY_COLUMN>]-?: (value: NonNullable<Filters[name]>) => SQL | undefined } = {
  actor: byActor,
  eventType: (type) => (type.endsWith('*') ? like(operation, pattern(type.slice(0, -1)).slice(1)) : eq(operation, type)),
  severity: (severity) => SEVERE[severity],
  targetId: (target) => holds({ id: target }),
  resource: (resource) => or(holds({ id: resource }), holds({ type: resource })),
  environment: (environment) => holds({ environment }),
  from: (from) => gte(id, idAt(new Date(from))),
  start: (from) => gte(id, idAt(new Date(from))),
  to: (to) => lt(id, idAt(new Date(to))),
  end: (to) => lt(id, idAt(new Date(to))),
  text: (text) => and(isNotNull(reason), sql`to_tsvector('simple', ${reason} ->> 'text') @@ plainto_tsquery('simple', ${text})`),
  q: (q) => or(sql`${reason}->>'text' ilike ${pattern(q)}`, ilike(auditEntries.comment, pattern(q)), ilike(auditEntries.actorName, pattern(q))),
};

/** What the filters ask for, within one tenant. */
export const conditions = (tenantId: string, filters: Filters): SQL | undefined =>
  and(
    eq(auditEntries.tenantId, tenantId),
    ...Object.entries(BY_COLUMN).map(([name, column]) => equals(column, filters[name as keyof typeof BY_COLUMN])),
    ...Object.entries(CLAUSES).map(([name, clause]) => {
      const value = filters[name as keyof typeof CLAUSES];
      return value === undefined ? undefined : (clause as (value: string) => SQL | undefined)(value);
    }),
  );

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
  severity: severityOf(row),
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
