import { and, eq, inArray, isNotNull, isNull, lt, lte, ne, sql } from '#kernel/drizzle.ts';
import { LeaseLost } from '#kernel/jobs.ts';
import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import { ask, send, type Outside, type Place } from './calls.ts';
import { findConnection } from './connection-rows.ts';
import { fullPass, lightPass } from './pass.ts';
import { CloudProviders } from './providers/port.ts';
import { setStatus } from './reachability.ts';
import type { PassReport } from './schemas.ts';
import { connections, servers, type ConnectionRow, type ServerRow } from './tables.ts';
import { takeTurn } from './turns.ts';

const PROBE_MS = 15 * 60_000;
const SILENT_MS = 15 * 60_000;
/** A tenant's turn, so that a provider that hangs holds no other tenant up; what is left over comes with the next. */
const TURN_MS = 20_000;

const mine = (tenantId: string, id: string) => and(eq(connections.tenantId, tenantId), eq(connections.id, id));

/** A pass that failed says why, and marks nothing missing. */
async function noteFailure(place: Place, connection: ConnectionRow, problem: Problem): Promise<void> {
  const { db, tenantId, now } = place;
  const report: PassReport = {
    at: now().toISOString(),
    complete: false,
    seen: 0,
    known: 0,
    opened: 0,
    closed: 0,
    problem: scrub(problem.message, tenantId),
  };
  await db.update(connections).set({ lastPass: report }).where(mine(tenantId, connection.id));
  const silent = new Date(now().getTime() - SILENT_MS);
  const statusReason = { code: 'not-observed', text: 'The provider has not shown it for a quarter of an hour.', at: now().toISOString() };
  await db
    .update(servers)
    .set({ status: 'unknown', statusReason, updatedAt: now() })
    .where(
      and(eq(servers.tenantId, tenantId), eq(servers.connectionId, connection.id), isNull(servers.changeId), isNull(servers.deletedAt), inArray(servers.status, ['running', 'stopped']), lt(servers.observedAt, silent)),
    ); // prettier-ignore
}

const isDue = (row: ConnectionRow, now: Date): boolean =>
  row.lastSyncAt === null || now.getTime() - row.lastSyncAt.getTime() >= row.syncMinutes * 60_000;

/** A refused credential is tried now and then; when it is accepted the connection works again. */
async function probe(outside: Outside, connection: ConnectionRow): Promise<void> {
  if (connection.probedAt && outside.now().getTime() - connection.probedAt.getTime() < PROBE_MS) return;
  await outside.tx(
    async ({ db, tenantId, now }) => void (await db.update(connections).set({ probedAt: now() }).where(mine(tenantId, connection.id))),
  );
  await ask(outside, connection.id, (cloud) => cloud.identify());
  await outside.tx(async (place) => setStatus(place, await findConnection(place, connection.id, true), 'active', null));
}

/** Servers whose time of grace is over are deleted at the provider, in the name of the Change that asked for it. */
async function purge(outside: Outside, connection: ConnectionRow): Promise<void> {
  const due = await outside.tx(({ db, tenantId, now }) =>
    db
      .select()
      .from(servers)
      .where(
        and(eq(servers.tenantId, tenantId), eq(servers.connectionId, connection.id), eq(servers.status, 'pending_delete'), isNotNull(servers.purgeAfter), lte(servers.purgeAfter, now()), isNull(servers.changeId)),
      )
      .limit(50),
  ); // prettier-ignore
  for (const row of due) await purgeOne({ ...outside, changeId: row.purgeChange }, row);
}

async function purgeOne(outside: Outside, row: ServerRow): Promise<void> {
  const externalId = row.externalId!;
  await send(outside, {
    connectionId: row.connectionId,
    serverId: row.id,
    key: `purge:${row.version}`,
    input: { externalId },
    sequenceBefore: row.observed?.sequence ?? null,
    act: async (cloud) => ((await cloud.servers.get(externalId)) ? cloud.servers.delete(externalId) : { externalId, action: null }),
    find: async (cloud) => ((await cloud.servers.get(externalId)) ? undefined : { externalId, action: null }),
  });
  await outside.tx(async ({ db, tenantId, now, emit }) => {
    const own = and(eq(servers.tenantId, tenantId), eq(servers.id, row.id), eq(servers.status, 'pending_delete'));
    const hit = await db.update(servers).set({ status: 'deleting', updatedAt: now(), version: sql`${servers.version} + 1` }).where(own); // prettier-ignore
    if (hit.rowCount === 1) emit('server.state_changed', { id: row.id, name: row.name, before: 'pending_delete', after: 'deleting' });
  });
}

/** One connection's turn: what is in motion always, everything when it is due. */
export async function tend(free: Outside, connection: ConnectionRow): Promise<void> {
  const turn = await takeTurn(free, connection.id);
  if (!turn) return;
  const { outside } = turn;
  try {
    if (connection.status === 'auth_failed') return await probe(outside, connection);
    await lightPass(outside, connection);
    await purge(outside, connection);
    if (isDue(connection, outside.now())) await fullPass(outside, connection);
  } catch (error) {
    if (error instanceof LeaseLost) return; // another process is at it
    if (!(error instanceof Problem)) throw error;
    await outside.tx((place) => noteFailure(place, connection, error));
  } finally {
    await turn.end();
  }
}

export const outsideOf = (job: TenantJob, signal: AbortSignal): Outside => ({
  ...job,
  changeId: null,
  signal,
  checkpoint: async () => signal.throwIfAborted(),
  hurried: true,
});

/** Each minute, for each tenant: all its connections that have servers and are not paused. */
export async function reconcile(job: TenantJob): Promise<void> {
  const { kinds } = job.provider(CloudProviders);
  const rows = await job.tx(({ db, tenantId }) =>
    db
      .select()
      .from(connections)
      .where(
        and(eq(connections.tenantId, tenantId), inArray(connections.kind, [...kinds] as ConnectionRow['kind'][]), ne(connections.status, 'paused')),
      ),
  );
  const turn = new AbortController();
  const over = setTimeout(
    () => turn.abort(new Problem('provider-timeout', 'The pass took too long and was ended; the next one begins anew.')),
    TURN_MS,
  );
  const outside = outsideOf(job, turn.signal);
  const results = await Promise.allSettled(rows.map((row) => tend(outside, row)));
  clearTimeout(over);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
