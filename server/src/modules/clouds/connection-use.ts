import type { ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { connectionTarget, findConnection } from './connection-rows.ts';
import { findings, servers, type ConnectionRow } from './tables.ts';

interface Reader {
  db: Database;
  tenantId: string;
}

/** The connection, read once per call. */
export const oneConnection = (ctx: ReadContext, id: string): Promise<ConnectionRow> => ctx.once(`cloud:${id}`, () => findConnection(ctx, id));

/** Target resolver of every operation on one connection. */
export const connectionTargets = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  connectionTarget(await oneConnection(ctx, id)),
];

/** Names of the living servers on a connection, a few of them if there are many. */
export const serversOn = ({ db, tenantId }: Reader, connectionId: string, limit = 20) =>
  db
    .select({ id: servers.id, name: servers.name, status: servers.status })
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), eq(servers.connectionId, connectionId), isNull(servers.deletedAt)))
    .orderBy(asc(servers.name))
    .limit(limit);

export interface Counts {
  servers: number;
  openFindings: number;
}
/** Living servers and open findings by connection. */
export async function countsOf({ db, tenantId }: Reader, ids: readonly string[]): Promise<Map<string, Counts>> {
  const list = [...ids];
  const found = new Map(list.map((id) => [id, { servers: 0, openFindings: 0 }]));
  if (list.length === 0) return found;
  const living = await db
    .select({ id: servers.connectionId, n: count() })
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), inArray(servers.connectionId, list), isNull(servers.deletedAt)))
    .groupBy(servers.connectionId);
  const open = await db
    .select({ id: findings.connectionId, n: sql<number>`count(*)::int` })
    .from(findings)
    .where(and(eq(findings.tenantId, tenantId), inArray(findings.connectionId, list), eq(findings.status, 'open')))
    .groupBy(findings.connectionId);
  for (const { id, n } of living) found.get(id)!.servers = n;
  for (const { id, n } of open) found.get(id)!.openFindings = n;
  return found;
}

/** Refuses while a Change works on any server of the connection. */
export async function requireQuiet({ db, tenantId }: Reader, row: Pick<ConnectionRow, 'id' | 'name'>): Promise<void> {
  const [busy] = await db
    .select({ name: servers.name, changeId: servers.changeId, number: servers.changeNumber })
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), eq(servers.connectionId, row.id), isNotNull(servers.changeId)))
    .limit(1);
  if (busy)
    throw new Problem(
      'operation-in-progress',
      `${busy.number ?? 'A Change'} is at work on "${busy.name}" of connection "${row.name}". Wait for it, or cancel it.`,
      { changeId: busy.changeId },
    );
}
