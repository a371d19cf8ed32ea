import { bigint, customType, jsonb, pgTable, text, timestamp, uuid } from './columns.ts';
import type { Database, Databases } from './database.ts';
import { and, asc, eq, inArray, isNull, sql } from './drizzle.ts';
import { adoptRestored } from './event-upkeep.ts';
import { newId } from './ids.ts';
import type { Jobs } from './jobs.ts';
import type { Live } from './live.ts';
import type { DeliveredEvent } from './module.ts';
import type { Registry } from './registry.ts';
import { scrubValue } from './taint.ts';
import type { WorkContext } from './work.ts';

export interface Emitted {
  type: string;
  data: Record<string, unknown>;
}

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

export const events = pgTable('events', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
  /** The transaction that announced it: what the log is read by (event-log.ts). */
  xid: xid8('xid')
    .notNull()
    .default(sql`pg_current_xact_id()`),
  type: text('type').notNull(),
  changeId: uuid('change_id'),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  dispatchedAt: timestamp('dispatched_at', { withTimezone: true }),
});

/** Writes announcements into the outbox, in the transaction of what they announce. */
export async function appendEvents(db: Database, tenantId: string, emitted: readonly Emitted[], changeId: string | null): Promise<number> {
  const rows = emitted.map(({ type, data }) => ({ tenantId, id: newId(), type, data: scrubValue(data, tenantId), changeId }));
  if (rows.length > 0) await db.insert(events).values(rows);
  return emitted.length;
}

const BATCH = 200;
/** Any constant; it only has to be the same in every process. */
const DISPATCH_LOCK = 7_305_801_121;

/** An event as the dispatcher hands it on; numbers of one resource's events grow with the transactions that announced them. */
export interface OutboxEvent extends DeliveredEvent {
  seq: number;
}
/**
 * Takes part in the dispatch of a batch, in its transaction: what it makes of the events exists if and only if they are dispatched.
 * Answers what to do once that is committed.
 */
export type BulkSubscriber = (db: Database, batch: readonly OutboxEvent[]) => Promise<(() => void) | undefined>;

const outboxEvent = ({ id, type, tenantId, createdAt, changeId, data, seq }: typeof events.$inferSelect): OutboxEvent => ({
  id,
  type,
  tenantId,
  time: createdAt,
  changeId,
  data,
  seq,
});

/**
 * Turns each waiting event into one job per subscriber, and hands the batch to each of `bulk`; all in one transaction, so none is lost
 * and none is sent twice. One process at a time, so that a batch is never overtaken by the one after it.
 */
export async function dispatch(
  databases: Databases,
  jobs: Jobs,
  subscribers: ReadonlyMap<string, readonly string[]>,
  bulk: readonly BulkSubscriber[] = [],
): Promise<number> {
  const afterwards: ((() => void) | undefined)[] = [];
  const count = await databases.platform('dispatch events', async (db) => {
    const { rows: turn } = await db.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${DISPATCH_LOCK}) as mine`);
    if (!turn[0]!.mine) return 0;
    const rows = await db
      .select()
      .from(events)
      .where(isNull(events.dispatchedAt))
      .orderBy(asc(events.seq))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    for (const row of rows) {
      for (const module of subscribers.get(row.type) ?? []) await jobs.enqueue(db, 'event', { tenantId: row.tenantId, eventId: row.id, module });
    }
    if (rows.length > 0) for (const one of bulk) afterwards.push(await one(db, rows.map(outboxEvent)));
    // By what the index of those that wait is made of: an id alone would have all that are kept looked through.
    const these = and(isNull(events.dispatchedAt), inArray(events.seq, rows.map(({ seq }) => seq))); // prettier-ignore
    if (rows.length > 0)
      await db
        .update(events)
        .set({ dispatchedAt: sql`now()` })
        .where(these);
    return rows.length;
  });
  if (count > 0) jobs.wake('event');
  for (const act of afterwards) act?.();
  return count;
}

/** Hands one event to one module, once: the delivery is recorded with the module's effect. Answers how much that announced in turn. */
export async function deliver(
  databases: Databases,
  registry: Registry,
  job: Record<string, string>,
  contextFor: (db: Database, event: DeliveredEvent, emitted: Emitted[]) => WorkContext,
): Promise<number> {
  const { tenantId, eventId, module: name } = job as { tenantId: string; eventId: string; module: string };
  return databases.tenant({ tenantId }, async (db) => {
    const [row] = await db
      .select()
      .from(events)
      .where(and(eq(events.tenantId, tenantId), eq(events.id, eventId)));
    const handler = row && registry.modules.find((module) => module.name === name)?.on?.[row.type];
    if (!row || !handler) return 0;
    const first = await db.execute(
      sql`insert into event_deliveries (tenant_id, id, subscriber) values (${tenantId}, ${eventId}, ${name}) on conflict do nothing`,
    );
    if (first.rowCount === 0) return 0;
    const event: DeliveredEvent = { id: row.id, type: row.type, tenantId, time: row.createdAt, changeId: row.changeId, data: row.data };
    const emitted: Emitted[] = [];
    await handler(contextFor(db, event, emitted), event);
    return appendEvents(db, tenantId, emitted, event.changeId);
  });
}

export const subscribersOf = (registry: Registry): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const module of registry.modules) for (const type of Object.keys(module.on ?? {})) found.set(type, [...(found.get(type) ?? []), module.name]);
  return found;
};

/** Dispatches on every hint and, as a net, each second. Answers a function that stops it. */
export function runDispatcher(
  databases: Databases,
  jobs: Jobs,
  registry: Registry,
  live: Live,
  onError: (error: Error) => void,
  bulk: readonly BulkSubscriber[] = [],
): () => Promise<void> {
  const subscribers = subscribersOf(registry);
  let stopped = false;
  let woken = false;
  let wake = (): void => undefined;
  const unsubscribe = live.subscribe('outbox', () => ((woken = true), wake()));
  const running = (async () => {
    await databases.platform('adopt restored events', adoptRestored).catch((error: Error) => onError(error));
    while (!stopped) {
      woken = false;
      const count = await dispatch(databases, jobs, subscribers, bulk).catch((error: Error) => (onError(error), 0));
      if (count === BATCH || woken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();
  return async () => {
    stopped = true;
    unsubscribe();
    wake();
    await running;
  };
}
