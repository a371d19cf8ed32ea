import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import type { BulkSubscriber } from '#kernel/events.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Json } from '../graph.ts';
import { executions, executionWaits, type CancelAsked, type ExecutionRow, type WaitRow } from './tables.ts';
import { unveiledOutputs } from './veil.ts';

/** Names that an event goes by where somebody waits for it: its own, and patterns with one or both parts left open. */
export function patternsOf(type: string): string[] {
  const [resource = '', ...rest] = type.split('.');
  return [type, `${resource}.*`, `*.${rest.join('.')}`, '*.*', '*'];
}

/** Waits for events that have just been announced: each is fired once. For the dispatcher, as the platform. */
export const createEventWaker =
  (nudge: (executionId: string) => void): BulkSubscriber =>
  async (db, batch) => {
    const wanted = batch.map(({ id, tenantId, type, time, data }) => ({ id, tenantId, patterns: patternsOf(type), key: String(data['key'] ?? data['subject'] ?? ''), woken: { kind: 'event', event: { id, type, time: time.toISOString(), data } } })); // prettier-ignore
    const changes = batch.filter(({ type, data }) => type === 'change.ended' && typeof data['changeId'] === 'string');
    const { rows } = await db.$client.query<{ execution_id: string }>({
      name: 'workflow_event_waits',
      text: `
with said as (select * from jsonb_to_recordset($1::jsonb) as r (id uuid, "tenantId" uuid, patterns text[], key text, woken jsonb)),
heard as (select distinct on (w.tenant_id, w.id) w.tenant_id, w.id, w.execution_id, s.woken from said s join execution_waits w
  on w.tenant_id = s."tenantId" and w.state = 'open' and w.kind = 'event' and w.event_types && s.patterns and (w.match_key is null or w.match_key = s.key)
  order by w.tenant_id, w.id),
fired as (update execution_waits w set state = 'fired', woken = h.woken, updated_at = now() from heard h where w.tenant_id = h.tenant_id and w.id = h.id and w.state = 'open'
  returning w.tenant_id, w.execution_id),
over as (select tenant_id, execution_id from execution_waits where state = 'open' and kind = 'change' and change_id = any ($2::uuid[]))
update workflow_executions e set nudged = true, wake_at = case when e.status in ('waiting', 'paused') then now() else e.wake_at end
from (select * from fired union select * from over) f where e.tenant_id = f.tenant_id and e.id = f.execution_id and e.ended_at is null
returning e.id as execution_id`,
      values: [JSON.stringify(wanted), changes.map(({ data }) => data['changeId'])],
    });
    return rows.length === 0 ? undefined : () => rows.forEach(({ execution_id: id }) => nudge(id));
  };

/** A wait that has come about, with what it brings. */
export interface Ready {
  wait: WaitRow;
  woken: Json;
}

interface Change {
  id: string;
  state: string;
  outcome: Json;
  problem: Json;
  endedAt: Date | null;
}

async function endedChanges(db: Database, tenantId: string, ids: readonly string[]): Promise<Map<string, Change>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; state: string; outcome: Json; problem: Json; ended_at: Date | null }>(
    sql`select id, state, outcome, problem, ended_at from changes where tenant_id = ${tenantId} and id = any (${sql.param(ids)}::uuid[]) and ended_at is not null`,
  );
  return new Map(rows.map(({ ended_at: endedAt, ...row }) => [row.id, { ...row, endedAt }]));
}

async function childrenOf(db: Database, sealer: Sealer, tenantId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { id: string; status: string; outputs: Json; error: Json; over: boolean }>();
  const found = await db
    .select({
      id: executions.id,
      status: executions.status,
      tenantId: executions.tenantId,
      outputs: executions.outputs,
      sealedOutputs: executions.sealedOutputs,
      error: executions.error,
      endedAt: executions.endedAt,
    })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), inArray(executions.id, [...ids])));
  const told = new Map<string, { id: string; status: string; outputs: Json; error: Json; over: boolean }>();
  for (const { id, status, error, endedAt, ...made } of found)
    told.set(id, {
      id,
      status,
      outputs: await unveiledOutputs(db, sealer, { id, ...made }),
      error: (error ?? null) as unknown as Json,
      over: endedAt !== null,
    });
  return told;
}

/** The first event since a wait began to count that it has not been woken by: what came before anybody listened. */
async function missedEvent(db: Database, wait: WaitRow): Promise<Json | undefined> {
  const { tenantId, executionId, nodeId, path, eventTypes, since, matchKey } = wait;
  const { rows } = await db.execute<{ id: string; type: string; created_at: Date; data: Record<string, Json> }>(sql`
    select e.id, e.type, e.created_at, e.data from events e where e.tenant_id = ${tenantId} and e.created_at >= ${since?.toISOString() ?? null}::timestamptz
      and array[e.type, split_part(e.type, '.', 1) || '.*', '*.' || substr(e.type, strpos(e.type, '.') + 1), '*.*', '*'] && ${sql.param(eventTypes)}::text[]
      and (${matchKey}::text is null or coalesce(e.data->>'key', e.data->>'subject', '') = ${matchKey})
      and not exists (select from execution_waits w where w.tenant_id = e.tenant_id and w.execution_id = ${executionId} and w.node_id = ${nodeId} and w.path = ${path}
        and w.woken->'event'->>'id' = e.id::text)
    order by e.seq limit 1`);
  const [found] = rows;
  return found && { kind: 'event', event: { id: found.id, type: found.type, time: new Date(found.created_at).toISOString(), data: found.data } };
}

type Found = { changes: Map<string, Change>; children: Awaited<ReturnType<typeof childrenOf>>; now: Date };

const byTime = ({ dueAt }: WaitRow, { now }: Found): Json | undefined => (dueAt !== null && dueAt <= now ? { kind: 'timer' } : undefined);

function byChange({ changeId }: WaitRow, { changes }: Found): Json | undefined {
  const change = changes.get(changeId ?? '');
  return change && { kind: 'change', changeId: change.id, state: change.state, result: change.outcome ?? null, error: change.problem ?? null };
}

function byChildren({ childIds }: WaitRow, { children }: Found): Json | undefined {
  const mine = (childIds ?? []).map((id) => children.get(id));
  if (!mine.every((one) => one?.over)) return undefined;
  return { kind: 'child', executions: mine.map((one) => ({ id: one!.id, status: one!.status, outputs: one!.outputs, error: one!.error })) };
}

/** What tells of each kind that it has come about; events and answers are written into the wait itself. */
const WOKEN: Partial<Record<WaitRow['kind'], (wait: WaitRow, found: Found) => Json | undefined>> = {
  timer: byTime, retry: byTime, merge: byTime, change: byChange, child: byChildren,
}; // prettier-ignore

const wokenBy = (wait: WaitRow, found: Found): Json | undefined => (wait.state === 'fired' ? wait.woken : WOKEN[wait.kind]?.(wait, found));

/** Waits of an execution that are open, and those that have come about, in the order in which they were laid. */
export async function readWaits(db: Database, sealer: Sealer, { tenantId, id }: { tenantId: string; id: string }, now: Date): Promise<{ open: WaitRow[]; ready: Ready[] }> {
  const open = await db
    .select()
    .from(executionWaits)
    .where(and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.executionId, id), inArray(executionWaits.state, ['open', 'fired'])))
    .orderBy(executionWaits.id);
  const changes = await endedChanges(db, tenantId, open.flatMap(({ changeId }) => changeId ?? [])); // prettier-ignore
  const children = await childrenOf(db, sealer, tenantId, open.flatMap(({ childIds }) => childIds ?? [])); // prettier-ignore
  const ready: Ready[] = [];
  for (const wait of open) {
    const woken = wokenBy(wait, { changes, children, now }) ?? (wait.kind === 'event' ? await missedEvent(db, wait) : undefined);
    if (woken === undefined) continue;
    // So that the same event is not found again by whoever waits for the next.
    if (wait.kind === 'event' && wait.state === 'open') await db.update(executionWaits).set({ state: 'fired', woken }).where(and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.id, wait.id))); // prettier-ignore
    ready.push({ wait, woken });
  }
  return { open, ready };
} // prettier-ignore

/** What was asked of an execution since it was looked at last, and what of its waits has come about. */
export interface News {
  ready: Ready[];
  cancel: CancelAsked | null;
  pause: unknown;
}

const ASKED = {
  name: 'workflow_asked',
  text: 'select cancel_asked as cancel, pause_asked as pause from workflow_executions where tenant_id = $1 and id = $2',
};
export const readNews = (databases: Databases, sealer: Sealer, { tenantId, id }: Pick<ExecutionRow, 'tenantId' | 'id'>): Promise<News> =>
  databases.tenant({ tenantId, operation: 'workflow waits' }, async (db) => {
    const { rows } = await db.$client.query<Omit<News, 'ready'>>({ ...ASKED, values: [tenantId, id] });
    const [asked] = rows;
    const { ready } = await readWaits(db, sealer, { tenantId, id }, new Date());
    return { ready, cancel: asked?.cancel ?? null, pause: asked?.pause ?? null };
  });
