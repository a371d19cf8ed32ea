import type { Clock } from '#kernel/clock.ts';
import { NO_TENANT, type Actor } from '#kernel/context.ts';
import { isUuid, type Database, type Databases, type TenantWork } from '#kernel/database.ts';
import { and, count, eq, gt, sql } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { Call } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { rlsViolations } from '../tables.ts';
import { idsIn, severityOf, type Budget, createBudget } from './rules.ts';

export interface WatchDeps {
  databases: Databases;
  now: Clock;
  log: Log;
}

export interface Attempt {
  actor: Actor;
  operation: AnyOperation;
  call: Call;
  raw: unknown;
}

/** Fits what the engine room asks for. */
interface Watch {
  refused: (who: TenantWork, table: string) => void;
  missed: (attempt: Attempt) => void;
  settled: () => Promise<void>;
  counted?: ((detector: string, severity: string) => void) | undefined;
}

interface Found {
  table: string;
  tenantId: string;
  id: string;
}
type Violation = Omit<typeof rlsViolations.$inferInsert, 'id'>;

const HOUR = 3_600_000;
/** More waiting than this, and what comes next is not looked at: the answers have been given, and nobody may make us busy. */
const MOST_WAITING = 200;

/** Whose rows have these ids, in every table whose rows can be named. */
async function owners(db: Database, ids: readonly string[]): Promise<Found[]> {
  const { rows: tables } = await db.execute<{ schema: string; name: string }>(sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and has_column_privilege(c.oid, a.attnum, 'SELECT'))`);
  const wanted = sql.param([...ids]);
  const each = tables.map(
    ({ schema, name }) =>
      sql`select ${name}::text as "table", tenant_id as "tenantId", id from ${sql.identifier(schema)}.${sql.identifier(name)} where id = any(${wanted}::uuid[])`,
  );
  return each.length === 0 ? [] : (await db.execute<Found & Record<string, unknown>>(sql.join(each, sql` union all `))).rows;
}

/** What was named and belongs to others; an id that is ours too (a person in two tenants, a row out of Scope) is no crossing. */
const foreign = (found: readonly Found[], own: string): Found[] => {
  const ours = new Set(found.filter(({ tenantId }) => tenantId === own).map(({ id }) => id));
  const theirs = found.filter(({ id, tenantId }) => tenantId !== null && !ours.has(id));
  return [...new Map(theirs.map((one) => [one.id, one])).values()];
};

/** Those whose rows were aimed at hear that it happened, and neither who nor from where: that is the operator's to know. */
const announcements = (violation: Violation): [string, Emitted][] => [
  [NO_TENANT, { type: 'rls.violation', data: { detector: violation.detector, severity: violation.severity, table: violation.tableName, operation: violation.operation ?? null, blocked: violation.blocked } }],
  ...(violation.targetTenantId && violation.severity !== 'info'
    ? [[violation.targetTenantId, { type: 'security.event', data: { kind: 'foreign-access', severity: violation.severity, table: violation.tableName, rowId: violation.rowId ?? null, blocked: violation.blocked } }] satisfies [string, Emitted]]
    : []),
]; // prettier-ignore

/**
 * The detectors D1 and D2 of platform.md 7.4. Everything happens after the caller has got the ordinary answer, so neither its content
 * nor its time tells anything about other tenants.
 */
export function createWatch({ databases, now, log }: WatchDeps): Watch {
  const budget: Budget = createBudget(20, 60_000);
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  const later = (work: () => Promise<void>): void => {
    if (waiting >= MOST_WAITING) return;
    waiting += 1;
    last = last
      .then(work)
      .catch((error: unknown) => log.error({ err: error }, 'an attempt to cross tenants could not be looked into'))
      .finally(() => (waiting -= 1));
  };

  async function write(violation: Violation): Promise<void> {
    await databases.platform('record a crossing', async (db) => {
      await db.insert(rlsViolations).values({ id: newId(), ...violation });
      for (const [tenantId, emitted] of announcements(violation)) await appendEvents(db, tenantId, [emitted], null);
    });
    watch.counted?.(violation.detector, violation.severity);
    const level = violation.severity === 'critical' ? 'error' : violation.severity === 'warning' ? 'warn' : 'info';
    log[level](violation, `crossing of tenants (${violation.detector}), ${violation.blocked ? 'blocked' : 'not blocked'}`);
  }

  const recent = (actorId: string): Promise<number> =>
    databases.platform('crossings of the last hour', async (db) => {
      const since = new Date(now().getTime() - HOUR);
      const mine = and(eq(rlsViolations.actorId, actorId), eq(rlsViolations.detector, 'D2'), gt(rlsViolations.occurredAt, since));
      return (await db.select({ count: count() }).from(rlsViolations).where(mine))[0]!.count;
    });

  async function look({ actor, operation, call }: Attempt, ids: readonly string[]): Promise<void> {
    for (const { table, tenantId, id } of foreign(await databases.probe((db) => owners(db, ids)), actor.tenantId)) {
      await write({
        detector: 'D2', severity: severityOf(operation.risk, await recent(actor.id)), sessionTenantId: actor.tenantId, actorId: actor.id, targetTenantId: tenantId,
        tableName: table, rowId: id, operation: operation.name, surface: call.surface, requestId: call.requestId, ip: actor.ip, blocked: true, occurredAt: now(),
      }); // prettier-ignore
    }
  }

  const watch: Watch = {
    refused({ tenantId, actorId = '', requestId, operation }: TenantWork, table: string): void {
      later(() =>
        write({
          detector: 'D1', severity: 'critical', sessionTenantId: tenantId, actorId, tableName: table, requestId: requestId ?? null, operation: operation ?? null,
          blocked: true, occurredAt: now(),
        }),
      ); // prettier-ignore
    },
    missed(attempt: Attempt): void {
      const ids = idsIn(attempt.raw).filter(isUuid);
      if (ids.length > 0 && budget.take(attempt.actor.id, now())) later(() => look(attempt, ids));
    },
    settled: () => last,
  };
  return watch;
}
