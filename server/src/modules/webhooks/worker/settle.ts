import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, eq, inArray } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import { attemptRow } from '../attempts.ts';
import type { Sent } from '../providers/port.ts';
import { delayAfter } from '../rules.ts';
import { attempts, lanes, webhooks, type LaneRow } from '../tables.ts';
import { giveUpWaiting } from '../waiting.ts';
import { judge, type Health } from './health.ts';

export interface Due {
  tenantId: string;
  id: string;
  webhookId: string;
  eventId: string;
  type: string;
  attempts: number;
  round: number;
  occurredAt: Date;
  /** Null when it is no longer kept. */
  body: string | null;
}

/** One attempt, or null where there was nothing left to send. */
interface Settlement {
  due: Due;
  url: string;
  sent: Sent | null;
}

interface SettleDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  /** From 0 to 1. */
  chance: () => number;
}

type Next = { state: 'waiting'; code: string; nextAt: Date } | { state: 'delivered' | 'failed'; code: string | null; nextAt: null };

/** What becomes of a delivery after an attempt. */
function nextOf({ due, sent }: Settlement, at: Date, chance: number): Next {
  if (sent === null) return { state: 'failed', code: 'expired', nextAt: null };
  if (sent.outcome === 'delivered') return { state: 'delivered', code: null, nextAt: null };
  if (sent.abort) return { state: 'failed', code: 'aborted', nextAt: null };
  if (sent.status === 410) return { state: 'failed', code: 'gone', nextAt: null };
  const delay = delayAfter(due.round + 1, chance, sent.retryAfterMs);
  return delay === undefined ? { state: 'failed', code: 'exhausted', nextAt: null } : { state: 'waiting', code: sent.outcome, nextAt: new Date(at.getTime() + delay) }; // prettier-ignore
}

/** What a smallint holds: a delivery that was replayed ever again must not fail its whole batch, in which others' are. */
const MOST_COUNTED = 32_767;
const counted = (before: number, { sent }: Settlement): number => Math.min(before + (sent === null ? 0 : 1), MOST_COUNTED);

const SETTLE = {
  name: 'webhooks_settle',
  text: `
update webhook_deliveries d set state = t.state, code = t.code, next_at = t.next_at, status = t.status, attempts = t.attempts, round = t.round,
  settled_at = case when t.state = 'waiting' then null else $9::timestamptz end, updated_at = $9
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::smallint[], $7::smallint[], $8::smallint[])
  as t (tenant_id, id, state, code, next_at, status, attempts, round)
where d.tenant_id = t.tenant_id and d.id = t.id and d.state = 'waiting' and d.attempts <= t.attempts`,
};

const STILL_THERE = {
  name: 'webhooks_still_there',
  text: `select d.id from webhook_deliveries d where (d.tenant_id, d.id) in (select * from unnest($1::uuid[], $2::uuid[])) order by d.tenant_id, d.id for no key update skip locked`,
};

/** Those whose webhook was not deleted in the meantime, and is not being deleted; they stay until this transaction ends. */
async function stillThere(db: Database, batch: readonly Settlement[]): Promise<Settlement[]> {
  const values = [batch.map(({ due }) => due.tenantId), batch.map(({ due }) => due.id)];
  const { rows } = await db.$client.query<{ id: string }>({ ...STILL_THERE, values });
  const ids = new Set(rows.map(({ id }) => id));
  return batch.filter(({ due }) => ids.has(due.id));
}

async function settleDeliveries(db: Database, settled: readonly { of: Settlement; next: Next }[], at: Date): Promise<void> {
  await db.$client.query({
    ...SETTLE,
    values: [
      settled.map(({ of }) => of.due.tenantId),
      settled.map(({ of }) => of.due.id),
      settled.map(({ next }) => next.state),
      settled.map(({ next }) => next.code),
      settled.map(({ next }) => next.nextAt),
      settled.map(({ of }) => of.sent?.status ?? null),
      settled.map(({ of }) => counted(of.due.attempts, of)),
      settled.map(({ of }) => counted(of.due.round, of)),
      at,
    ],
  });
}

const LANES = {
  name: 'webhooks_settle_lanes',
  text: `update webhook_lanes l set earned = t.earned, closed_until = t.closed_until, failures = t.failures, failed_at = t.failed_at, failing_since = t.failing_since
from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::timestamptz[], $5::int[], $6::timestamptz[], $7::timestamptz[])
  as t (tenant_id, id, earned, closed_until, failures, failed_at, failing_since) where l.tenant_id = t.tenant_id and l.id = t.id`,
};

interface Judged {
  lane: LaneRow;
  name: string;
  before: Health;
  after: Health;
}

async function judgeLanes(db: Database, batch: readonly Settlement[], at: Date): Promise<Judged[]> {
  const ids = [...new Set(batch.map(({ due }) => due.webhookId))];
  const rows = await db
    .select({ lane: lanes, name: webhooks.name, state: webhooks.state, reason: webhooks.stateReason })
    .from(lanes)
    .innerJoin(webhooks, and(eq(webhooks.tenantId, lanes.tenantId), eq(webhooks.id, lanes.id)))
    .where(and(inArray(lanes.tenantId, [...new Set(batch.map(({ due }) => due.tenantId))]), inArray(lanes.id, ids)))
    .orderBy(asc(lanes.tenantId), asc(lanes.id))
    .for('update', { of: lanes });
  const judged = rows.map(({ lane, name, state, reason }): Judged => {
    const { failures, failedAt, failingSince, closedUntil, earned } = lane;
    const before: Health = { state, reason, failures, failedAt, failingSince, closedUntil, earned };
    const sents = batch.filter(({ due }) => due.webhookId === lane.id).flatMap(({ sent }) => (sent ? [sent] : []));
    return { lane, name, before, after: sents.reduce((health, sent) => judge(health, sent, at), before) };
  });
  if (judged.length === 0) return [];
  const all = <T>(pick: (of: Judged) => T): T[] => judged.map(pick);
  await db.$client.query({
    ...LANES,
    values: [
      all(({ lane }) => lane.tenantId), all(({ lane }) => lane.id), all(({ after }) => after.earned), all(({ after }) => after.closedUntil),
      all(({ after }) => after.failures), all(({ after }) => after.failedAt), all(({ after }) => after.failingSince),
    ],
  }); // prettier-ignore
  return judged;
}

/** Says it where a webhook has come into another state; what waits for one that is disabled is given up. */
async function move(db: Database, { lane: { tenantId, id }, name, before, after }: Judged, at: Date): Promise<Emitted[]> {
  if (before.state === after.state) return [];
  const mine = and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, id), eq(webhooks.state, before.state));
  // Whoever has changed its state since has the last word. Nor is anybody waited for who changes it just now, as long as a challenge takes
  // perhaps: others are in this batch. The next attempt says the same again.
  const free = await db.select({ id: webhooks.id }).from(webhooks).where(mine).for('no key update', { skipLocked: true });
  if (free.length === 0) return [];
  await db.update(webhooks).set({ state: after.state, stateReason: after.reason, stateAt: at }).where(mine);
  if (after.state !== 'disabled') return [];
  await giveUpWaiting(db, tenantId, id, at);
  return [{ type: 'webhook.disabled', data: { webhookId: id, name, reason: after.reason } }];
}

const exhausted = ({ of: { due, sent }, next }: { of: Settlement; next: Next }): Emitted[] =>
  // Of announcements about webhooks none is announced, or receivers that are down would keep each other busy.
  next.code === 'exhausted' && !due.type.startsWith('webhook.')
    ? [{ type: 'webhook.exhausted', data: { webhookId: due.webhookId, deliveryId: due.id, eventId: due.eventId, type: due.type, attempts: due.round + 1, status: sent?.status ?? null } }]
    : []; // prettier-ignore

async function settleIn(db: Database, all: readonly Settlement[], { now, chance }: SettleDeps): Promise<{ closed: Set<string>; told: Set<string> }> {
  const at = now();
  const judged = await judgeLanes(db, all, at);
  const batch = await stillThere(db, all);
  const settled = batch.map((of) => ({ of, next: nextOf(of, at, chance()) }));
  await settleDeliveries(db, settled, at);
  const rows = batch.flatMap((of) => (of.sent ? [attemptRow({ tenantId: of.due.tenantId, deliveryId: of.due.id, webhookId: of.due.webhookId, number: counted(of.due.attempts, of), url: of.url }, of.sent)] : [])); // prettier-ignore
  if (rows.length > 0) await db.insert(attempts).values(rows);
  const told = new Set<string>();
  const announce = async (tenantId: string, emitted: readonly Emitted[]): Promise<void> => {
    if ((await appendEvents(db, tenantId, emitted, null)) > 0) told.add(tenantId);
  };
  for (const lane of judged) await announce(lane.lane.tenantId, await move(db, lane, at));
  for (const one of settled) await announce(one.of.due.tenantId, exhausted(one));
  const closed = judged.filter(({ after }) => after.state !== 'active' || (after.closedUntil !== null && after.closedUntil > at));
  return { closed: new Set(closed.map(({ lane }) => lane.id)), told };
}

/**
 * Writes down what came of attempts, many in one transaction: whatever comes in while one is under way goes with the next. Answers each
 * whether its webhook may have another attempt now. The disk may follow later: what a crash of the database takes back is sent again.
 */
export function createSettler(deps: SettleDeps) {
  const MOST = 200;
  let waiting: { of: Settlement; done: (mayGoOn: boolean) => void; fail: (error: unknown) => void }[] = [];
  let running: Promise<void> | undefined;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      const write = () => deps.databases.platform('settle webhooks', (db) => settleIn(db, batch.map(({ of }) => of), deps), { flush: 'later' }); // prettier-ignore
      try {
        // Once more where somebody who changes a webhook at this moment was in the way; what is not written down is sent again.
        const { closed, told } = await write().catch(write);
        for (const tenantId of told) deps.live.publish(`tenant:${tenantId}`);
        if (told.size > 0) deps.live.publish('outbox');
        for (const { of, done } of batch) done(!closed.has(of.due.webhookId));
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    running = undefined;
  }

  return (of: Settlement): Promise<boolean> =>
    new Promise((done, fail) => {
      waiting.push({ of, done, fail });
      running ??= flush();
    });
}
export type Settle = ReturnType<typeof createSettler>;
