import type { Database } from '#kernel/database.ts';
import { and, asc, eq, lte, sql } from '#kernel/drizzle.ts';
import { runLoop, type Loop } from '../loop.ts';
import { workflowEventStarts } from '../tables.ts';
import { DUES_TOPIC } from '../topic.ts';
import { startEvents, type EventDeps } from './start.ts';

const ROUND = 200;
/** Milliseconds for which a process has an event to itself; when it dies another takes it afterwards. */
const HELD = 30_000;
/** Triggers that one process serves at a time. */
const AT_ONCE = 8;

/** Triggers with events that are due; nobody else gets those events for a while. As the platform. */
async function claimEvents(db: Database, now: Date): Promise<{ tenantId: string; triggerId: string }[]> {
  const { tenantId, id, triggerId, state, dueAt } = workflowEventStarts;
  const open = db
    .select({ tenantId, id })
    .from(workflowEventStarts)
    .where(and(eq(state, 'waiting'), lte(dueAt, now)))
    .orderBy(asc(dueAt))
    .limit(ROUND)
    .for('update', { skipLocked: true });
  const claimed = await db
    .update(workflowEventStarts)
    .set({ dueAt: new Date(now.getTime() + HELD) })
    .where(sql`(${tenantId}, ${id}) in ${open}`)
    .returning({ tenantId, triggerId });
  return [...new Map(claimed.map((one) => [one.triggerId, one])).values()];
}

/** One round; answers whether there may be more. */
export async function eventRound(deps: EventDeps): Promise<boolean> {
  const triggers = await deps.databases.platform('claim events for triggers', (db) => claimEvents(db, deps.now()));
  for (let at = 0; at < triggers.length; at += AT_ONCE) await Promise.all(triggers.slice(at, at + AT_ONCE).map((one) => startEvents(deps, one)));
  return triggers.length > 0;
}

export const runEventStarts = (deps: EventDeps): Loop => runLoop({ ...deps, topics: [DUES_TOPIC], round: () => eventRound(deps) });
