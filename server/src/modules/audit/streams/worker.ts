import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { scrub } from '#kernel/taint.ts';
import { readAfter, type Stretch } from '../chain/read.ts';
import type { Carried, Streaming } from './port.ts';
import { backoff, SAID_AFTER } from './rules.ts';
import { streams, type StreamRow } from './tables.ts';

export const STREAMS_TOPIC = 'audit:streams';
/** Published by the sealer: there are new links. */
const SEALED_TOPIC = 'audit:sealed';

export interface WorkerDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  onError: (error: Error) => void;
  streaming: () => Streaming;
  /** Tenants that are not suspended. */
  openTenants: () => Promise<readonly string[]>;
}

/** Streams that one process sends at once, links of one go by kind, and goes until somebody else has their turn. */
const ROOM = 4;
const LINKS: Record<StreamRow['kind'], number> = { syslog: 1_000, webhook: 100 };
const GOES = 20;
/** Seconds: a worker that has not been heard of for so long is gone, and its streams are another's. */
const LEASE = 15;
/** Milliseconds between two signs of life. */
const BEAT = 4_000;
/** Milliseconds; new links wake us before. */
const POLL = 5_000;

/** Streams whose chain is ahead of their cursor, for as many as there is room. */
const CLAIM = `
update audit_streams s set holder = $1, held_until = now() + interval '${LEASE} seconds'
from (select tenant_id, id from audit_streams t
  where state in ('active', 'failing') and next_at <= $2 and (holder is null or held_until < now()) and tenant_id = any ($3::uuid[])
    and t.cursor < (select g.first_seq + g.count - 1 from audit_segments g where g.tenant_id = t.tenant_id order by g.first_seq desc limit 1)
  order by next_at limit $4 for update skip locked) due
where s.tenant_id = due.tenant_id and s.id = due.id returning s.tenant_id as "tenantId", s.id`;

/** How far a stretch has come: the cursor and how many were gone, where only the first `arrived` entries have. */
export function progress({ entries, through, trimmed, missing }: Stretch, arrived: number): { cursor: number; gone: number } | undefined {
  if (arrived === entries.length) return { cursor: through, gone: trimmed + missing.length };
  const last = entries[arrived - 1];
  return last && { cursor: last.seq, gone: trimmed + missing.filter((seq) => seq < last.seq).length };
}

type Key = Pick<StreamRow, 'tenantId' | 'id'>;

/** Sends one stream on for a while. Every step asks first whether the stream is still this worker's: what is moved once is not moved back. */
async function serve(
  { databases, live, now, streaming, onError }: WorkerDeps,
  holder: string,
  { tenantId, id }: Key,
  stop: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const mine = and(eq(streams.tenantId, tenantId), eq(streams.id, id), eq(streams.holder, holder));
  const hold = { heldUntil: sql`now() + interval '${sql.raw(String(LEASE))} seconds'` };
  const work = { tenantId, operation: 'audit.stream' };
  const changed = (): void => [`tenant:${tenantId}`, 'outbox'].forEach((topic) => live.publish(topic));

  const load = () =>
    databases.tenant(work, async (db) => {
      const [row] = await db.select().from(streams).where(mine);
      if (!row || row.state === 'paused') return undefined;
      const destination = await streaming().destination(db, row);
      return { row, destination, stretch: await readAfter(db, tenantId, row.cursor, LINKS[row.kind], row.entries) };
    });

  const advance = (row: StreamRow, stretch: Stretch, arrived: number): Promise<void> =>
    databases.tenant(work, async (db) => {
      const moved = progress(stretch, arrived);
      if (!moved) return;
      // A cursor that somebody has set meanwhile is theirs.
      const still = and(mine, eq(streams.cursor, row.cursor));
      const at = now();
      const seen = arrived > 0 ? { sentAt: at, failures: 0, error: null, failedAt: null } : {};
      const state = arrived > 0 && row.state === 'failing' ? { state: 'active' as const } : {};
      await db
        .update(streams)
        .set({ ...hold, ...seen, ...state, cursor: moved.cursor, sent: row.sent + arrived, gone: row.gone + moved.gone, nextAt: at })
        .where(still);
      if ('state' in state) await appendEvents(db, tenantId, [{ type: 'audit.stream_recovered', data: { streamId: id, name: row.name } }], null);
    });

  const failed = (row: StreamRow, { fault, retryAfterMs }: Carried): Promise<void> =>
    databases.tenant(work, async (db) => {
      const failures = row.failures + 1;
      const at = now();
      const says = failures >= SAID_AFTER && row.state === 'active';
      const error = scrub(fault ?? 'it did not arrive', tenantId).slice(0, 500);
      const wait = { nextAt: new Date(at.getTime() + Math.max(backoff(failures), retryAfterMs)) };
      await db.update(streams).set({ ...wait, failures, error, failedAt: at, ...(says ? { state: 'failing' } : {}) }).where(mine); // prettier-ignore
      if (says) await appendEvents(db, tenantId, [{ type: 'audit.stream_failing', data: { streamId: id, name: row.name, error } }], null);
    });

  /** One go; whether there is more to send. */
  async function go(): Promise<boolean> {
    const found = await load();
    if (!found) return false;
    const { row, destination, stretch } = found;
    if (stretch.through === row.cursor) return false;
    const carried =
      stretch.entries.length === 0
        ? { arrived: 0, fault: null, retryAfterMs: 0 }
        : await streaming().carrier.send(destination, stretch.entries, signal);
    // What we broke off ourselves says nothing of the receiver.
    if (signal.aborted && carried.fault !== null) return false;
    if (carried.arrived > 0 || stretch.entries.length === 0) await advance(row, stretch, carried.arrived);
    if (carried.fault !== null) await failed(row, carried);
    if (carried.fault !== null || row.state === 'failing') changed();
    return carried.fault === null && stretch.through < stretch.head;
  }

  const beat = (): Promise<void> =>
    databases.tenant(work, async (db) => {
      const { rowCount } = await db.update(streams).set(hold).where(mine);
      if (rowCount === 0) lost.abort();
    });
  const beating = setInterval(() => void beat().catch(onError), BEAT);
  try {
    for (let goes = 0; goes < GOES && !signal.aborted && (await go()); goes += 1) continue;
  } finally {
    clearInterval(beating);
    await databases.tenant(work, (db) => db.update(streams).set({ holder: null, heldUntil: null }).where(mine));
  }
}

/** Sends what is sealed to where tenants want it, until it is stopped. */
export function runStreams(deps: WorkerDeps): () => Promise<void> {
  const { databases, live, now, onError } = deps;
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  let isWoken = false;
  let wake = (): void => undefined;
  const ring = (): void => {
    isWoken = true;
    wake();
  };
  const stops = [SEALED_TOPIC, STREAMS_TOPIC].map((topic) => live.subscribe(topic, ring));

  async function turn(): Promise<void> {
    const room = ROOM - running.size;
    if (room <= 0) return;
    const open = [...(await deps.openTenants())];
    const claim = async (holder: string) =>
      (await databases.platform('claim audit streams', (db) => db.$client.query<Key>(CLAIM, [holder, now(), open, room]))).rows;
    const holder = newId();
    for (const key of await claim(holder)) {
      const done = serve(deps, holder, key, abort.signal)
        .catch(onError)
        .finally(() => {
          running.delete(key.id);
          ring();
        });
      running.set(key.id, done);
    }
  }

  const loop = (async () => {
    while (!abort.signal.aborted) {
      isWoken = false;
      await turn().catch(onError);
      if (isWoken || abort.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();

  return async () => {
    stops.forEach((stop) => stop());
    abort.abort();
    wake();
    await loop;
    await Promise.all(running.values());
  };
}
