import type { Database } from '#kernel/database.ts';
import { and, asc, count, eq, gt, inArray } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { asProblem } from '#kernel/problem.ts';
import type { Actor } from '#kernel/context.ts';
import { compileExpression } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import { NodeError } from '../../nodes/declare.ts';
import type { Accepted } from '../../providers/port.ts';
import { workflowTriggers, type TriggerRow } from '../../tables.ts';
import type { Surroundings } from '../../surroundings.ts';
import { EventTrigger } from '../config.ts';
import { heldTrigger, isPassing, launch, NotStarted, principalOf, type LaunchDeps } from '../launch.ts';
import { workflowEventStarts, type EventStartRow } from '../tables.ts';
import { causeOf } from './causes.ts';
import { errorPayload } from './error.ts';
import { groupsOf } from './groups.ts';
import { mayHear } from './sight.ts';

export type EventDeps = LaunchDeps & Pick<Surroundings, 'hearing'> & { publicUrl: string };
type Trigger = Pick<EventStartRow, 'tenantId' | 'triggerId'>;

/** workflows.md 8.4. */
const CHAIN = 8;
const OWN_PER_MINUTE = 10;
const MOST_ATTEMPTS = 20;

const waitingOf = ({ tenantId, triggerId }: Trigger) =>
  and(eq(workflowEventStarts.tenantId, tenantId), eq(workflowEventStarts.triggerId, triggerId), eq(workflowEventStarts.state, 'waiting'));

const settle = (db: Database, rows: readonly EventStartRow[], at: Date, said: Partial<EventStartRow>) =>
  db.update(workflowEventStarts).set({ ...said, updatedAt: at }).where(and(eq(workflowEventStarts.tenantId, rows[0]!.tenantId), inArray(workflowEventStarts.id, rows.map(({ id }) => id)))); // prettier-ignore

/** Only what is certainly wanted starts: an expression that cannot be evaluated wants nothing. */
function passes(row: TriggerRow, { event, tenantId }: EventStartRow, now: Date): boolean {
  if (row.kind !== 'event') return true;
  const { filter } = EventTrigger.parse(row.config);
  if (filter === undefined) return true;
  const trigger: Json = { kind: 'event', event: { ...event } };
  const scope = { input: trigger, trigger, nodes: {}, vars: {}, execution: {}, workflow: { id: row.workflowId }, tenant: { id: tenantId }, actor: {}, extra: { event: { ...event } } }; // prettier-ignore
  try {
    return compileExpression(filter).evaluate(scope, { seed: event.id, now }) === true;
  } catch (error) {
    if (error instanceof NodeError) return false;
    throw error;
  }
}

async function startedByItself(db: Database, { tenantId, workflowId }: EventStartRow, now: Date): Promise<number> {
  const table = workflowEventStarts;
  const mine = and(eq(table.tenantId, tenantId), eq(table.workflowId, workflowId), eq(table.causeWorkflowId, workflowId), eq(table.state, 'started'));
  const [found] = await db.select({ count: count() }).from(table).where(and(mine, gt(table.updatedAt, new Date(now.getTime() - 60_000)))); // prettier-ignore
  return found!.count;
}

/** Why a chain of workflows that start each other goes no further; undefined when it may. */
async function loopFault(db: Database, row: EventStartRow, cause: Awaited<ReturnType<typeof causeOf>>, now: Date): Promise<string | undefined> {
  if (!cause) return undefined;
  if (cause.depth > CHAIN) return `${cause.depth} executions led to this event; a chain ends at ${CHAIN}.`;
  if (cause.workflowId !== row.workflowId || (await startedByItself(db, row, now)) < OWN_PER_MINUTE) return undefined;
  return `The workflow started itself more than ${OWN_PER_MINUTE} times in a minute.`;
}

const eventPayload = (rows: readonly EventStartRow[]): Record<string, Json> => {
  const events = rows.map(({ event }) => ({ ...event }));
  return { kind: 'event', event: events.at(-1)!, ...(events.length > 1 ? { events } : {}) };
};

const UNREADABLE = 'The account that the workflow runs as may not read what the event is about.';

/** Those of the events that the workflow may hear of, by the rights of the account that it runs as; the others are over. */
async function heard(deps: EventDeps, db: Database, principal: Actor, rows: readonly EventStartRow[], now: Date): Promise<EventStartRow[]> {
  const [may, not]: [EventStartRow[], EventStartRow[]] = [[], []];
  for (const row of rows) ((await mayHear(deps, { db, tenantId: row.tenantId }, principal, row.event)) ? may : not).push(row);
  if (not.length > 0) await settle(db, not, now, { state: 'filtered', reason: UNREADABLE });
  return may;
}

/** One start for one or several events, in one transaction. */
async function startIn(deps: EventDeps, db: Database, group: readonly EventStartRow[], principal: Actor): Promise<Accepted | undefined> {
  const now = deps.now();
  const last = group.at(-1)!;
  const row = await heldTrigger(db, last);
  const ids = group.map(({ id }) => id);
  const rows = await db.select().from(workflowEventStarts).where(and(waitingOf(last), inArray(workflowEventStarts.id, ids))).orderBy(asc(workflowEventStarts.createdAt), asc(workflowEventStarts.id)).for('update'); // prettier-ignore
  const wanted = await heard(deps, db, principal, rows.filter((one) => passes(row, one, now)), now); // prettier-ignore
  const others = rows.filter((one) => !passes(row, one, now));
  if (others.length > 0) await settle(db, others, now, { state: 'filtered' });
  const newest = wanted.at(-1);
  if (!newest) return undefined;
  const cause = await causeOf(db, newest.tenantId, newest.event);
  const said = { depth: cause?.depth ?? 0, causeWorkflowId: cause?.workflowId ?? null };
  const fault = await loopFault(db, newest, cause, now);
  if (fault !== undefined) {
    await settle(db, wanted, now, { ...said, state: 'stopped', reason: fault });
    await appendEvents(db, row.tenantId, [{ type: 'workflow.event_loop_stopped', data: { workflowId: row.workflowId, triggerId: row.id, eventId: newest.eventId, eventType: newest.event.type, depth: said.depth, reason: fault } }], null); // prettier-ignore
    return undefined;
  }
  const kind = row.kind === 'error' ? 'error' : 'event';
  const payload = kind === 'error' ? await errorPayload(db, newest, deps.publicUrl) : eventPayload(wanted);
  const accepted = await launch(deps, db, row, principal, {
    kind,
    payload,
    dedupeKey: `event:${newest.eventId}:${row.id}`,
    causationDepth: said.depth,
  });
  await settle(db, wanted, now, { ...said, state: 'merged', executionId: accepted.executionId });
  await settle(db, [newest], now, { state: 'started' });
  return accepted;
}

async function notStarted({ databases, now, onError }: EventDeps, group: readonly EventStartRow[], error: unknown): Promise<void> {
  const at = now();
  const problem = asProblem(error);
  if (!(error instanceof NotStarted) && problem.slug === 'internal') onError(error as Error);
  const { attempts } = group[0]!;
  const reason = error instanceof NotStarted ? error.message : problem.message;
  const again = isPassing(error) && attempts < MOST_ATTEMPTS;
  const said = again ? { attempts: attempts + 1, reason, dueAt: new Date(at.getTime() + Math.min(300, 2 ** attempts) * 1_000) } : { state: 'failed' as const, reason };
  await databases.tenant({ tenantId: group[0]!.tenantId, operation: 'events.start' }, (db) => settle(db, group, at, said));
} // prettier-ignore

/** Starts what has come due of a trigger, each event once. */
export async function startEvents(deps: EventDeps, trigger: Trigger): Promise<void> {
  const { databases, engine, now } = deps;
  const { tenantId, triggerId } = trigger;
  const found = await databases.tenant({ tenantId, operation: 'events.look', readOnly: true }, async (db) => {
    const [row] = await db.select().from(workflowTriggers).where(and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.id, triggerId))); // prettier-ignore
    const rows = await db.select().from(workflowEventStarts).where(waitingOf(trigger)).orderBy(asc(workflowEventStarts.createdAt), asc(workflowEventStarts.id)).limit(1_000); // prettier-ignore
    return { row, rows };
  });
  if (found.rows.length === 0) return;
  const { groups, putOff } = groupsOf(found.row, found.rows, now());
  if (putOff) await databases.tenant({ tenantId, operation: 'events.putOff' }, (db) => settle(db, putOff.rows, now(), { dueAt: putOff.until })); // prettier-ignore
  for (const group of groups) {
    try {
      if (!found.row) throw new NotStarted('The trigger is gone.');
      const principal = await principalOf(deps, found.row);
      const accepted = await databases.tenant({ tenantId, operation: 'events.start' }, (db) => startIn(deps, db, group, principal));
      if (accepted) engine().begin(accepted);
    } catch (error) {
      await notStarted(deps, group, error);
    }
  }
}
