import type { Clock } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { and, count, eq, inArray } from '#kernel/drizzle.ts';
import type { BulkSubscriber, OutboxEvent } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { Json } from '../../graph.ts';
import { workflowTriggers, type TriggerRow } from '../../tables.ts';
import { ErrorTrigger, EventTrigger } from '../config.ts';
import { workflowEventStarts, type SeenEvent } from '../tables.ts';
import { matchesType } from './patterns.ts';
import { isAtLeast, severityOf } from './severity.ts';

interface FanOutDeps {
  now: Clock;
  /** There is something to start. */
  wake: () => void;
}

/** Never a reason to start anything: they tell of the work by which things are started. */
const OWN = /^(execution\.(queued|started|waiting)$|notification\.|workflow\.message_sent$)/;

const seenEvent = ({ id, type, time, changeId, data }: OutboxEvent): SeenEvent => ({
  id,
  type,
  time: time.toISOString(),
  changeId,
  data: data as Json,
});

const textOf = (data: Record<string, unknown>, name: string): string | undefined => (typeof data[name] === 'string' ? data[name] : undefined);

/** A workflow that is refused something must not start another that is refused as well, and so on: nothing would say what led to it. */
const isOfWorkflow = ({ type, data }: Pick<OutboxEvent, 'type' | 'data'>): boolean => type === 'access.denied' && data['surface'] === 'workflow';

type Listener = Pick<TriggerRow, 'kind' | 'config' | 'workflowId' | 'eventTypes'>;
type Heard = Pick<OutboxEvent, 'type' | 'data'>;

/** An error workflow is not started by itself, nor by another one. */
function wantsFailure(row: Listener, event: Heard): boolean {
  const { data } = event;
  if (textOf(data, 'trigger') === 'error' || data['test'] === true) return false;
  const { workflows, minSeverity } = ErrorTrigger.safeParse(row.config).data ?? { workflows: [], minSeverity: 'critical' as const };
  const failed = textOf(data, 'workflowId');
  if (failed === undefined || failed === row.workflowId || !isAtLeast(severityOf(event), minSeverity)) return false;
  return workflows === 'all' || workflows.includes(failed);
}

/** Does the trigger want the event? What only an expression can tell is asked when it starts. */
export function wants(row: Listener, event: Heard): boolean {
  if (row.kind !== 'event') return wantsFailure(row, event);
  const { types } = EventTrigger.pick({ types: true }).safeParse(row.config).data ?? { types: row.eventTypes };
  return !OWN.test(event.type) && !isOfWorkflow(event) && matchesType(types, event.type);
}

/** When it is to start: after the quiet that was asked for, or when its batch is full of time. */
function dueFor({ kind, config }: Pick<TriggerRow, 'kind' | 'config'>, now: Date): Date {
  if (kind !== 'event') return now;
  const parsed = EventTrigger.safeParse(config);
  const { debounceSeconds = 0, batch = { max: 1, windowSeconds: 0 } } = parsed.success ? parsed.data : {};
  return new Date(now.getTime() + Math.max(debounceSeconds, batch.max > 1 ? batch.windowSeconds : 0) * 1_000);
}

const listening = (db: Database, tenantIds: readonly string[]): Promise<TriggerRow[]> =>
  db
    .select()
    .from(workflowTriggers)
    .where(
      and(
        inArray(workflowTriggers.tenantId, [...tenantIds]),
        inArray(workflowTriggers.kind, ['event', 'error']),
        eq(workflowTriggers.state, 'active'),
      ),
    );

/** Rows of one statement, which has ten parameters for each. */
const AT_ONCE = 1_000;

/** Keeps each event for each trigger that wants it, in the transaction that dispatches the events; told twice it is kept once. */
export function createTriggerFanOut({ now, wake }: FanOutDeps): BulkSubscriber {
  return async (db, batch) => {
    const triggers = await listening(db, [...new Set(batch.map(({ tenantId }) => tenantId))]);
    if (triggers.length === 0) return undefined;
    const byTenant = Map.groupBy(triggers, ({ tenantId }) => tenantId);
    const found = batch.flatMap((event) => (byTenant.get(event.tenantId) ?? []).filter((row) => wants(row, event)).map((row) => ({ event, row })));
    if (found.length === 0) return undefined;
    const at = now();
    const rows = found.map(({ event, row }) => ({
      tenantId: row.tenantId, id: newId(), workflowId: row.workflowId, triggerId: row.id, eventId: event.id, event: seenEvent(event),
      state: 'waiting' as const, dueAt: dueFor(row, at), createdAt: at, updatedAt: at,
    })); // prettier-ignore
    for (let from = 0; from < rows.length; from += AT_ONCE) await db.insert(workflowEventStarts).values(rows.slice(from, from + AT_ONCE)).onConflictDoNothing(); // prettier-ignore
    await hurry(
      db,
      [...new Set(found.map(({ row }) => row))].filter(({ kind }) => kind === 'event'),
      at,
    );
    return wake;
  };
}

/** A batch that is full waits no longer. */
async function hurry(db: Database, triggers: readonly TriggerRow[], now: Date): Promise<void> {
  for (const { tenantId, id, config } of triggers) {
    const max = EventTrigger.safeParse(config).data?.batch.max ?? 1;
    if (max === 1) continue;
    const waiting = and(eq(workflowEventStarts.tenantId, tenantId), eq(workflowEventStarts.triggerId, id), eq(workflowEventStarts.state, 'waiting'));
    const [found] = await db.select({ waiting: count() }).from(workflowEventStarts).where(waiting);
    if (found!.waiting >= max) await db.update(workflowEventStarts).set({ dueAt: now }).where(waiting);
  }
}
