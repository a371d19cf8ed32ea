import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import { scrub } from '#kernel/taint.ts';
import { readAfter, type Stretch } from '../chain/read.ts';
import type { Carried, Destination, Streaming } from './port.ts';
import { backoff, progress, SAID_AFTER } from './rules.ts';
import { streams, type StreamRow } from './tables.ts';

export interface SendingDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  onError: (error: Error) => void;
  streaming: () => Streaming;
}

export type Key = Pick<StreamRow, 'tenantId' | 'id'>;

/** Links of one go by kind, and goes until somebody else has their turn. */
const LINKS: Record<StreamRow['kind'], number> = { syslog: 1_000, webhook: 100 };
const GOES = 20;
/** Seconds: a worker that has not been heard of for so long is gone, and its streams are another's. */
export const LEASE = 15;
/** Milliseconds between two signs of life. */
const BEAT = 4_000;

/** One stream in the hands of one worker. */
interface Held extends SendingDeps {
  key: Key;
  /** The stream, as long as it is this worker's. */
  mine: ReturnType<typeof and>;
}
interface Found {
  row: StreamRow;
  destination: Destination;
  stretch: Stretch;
}

const hold = { heldUntil: sql`now() + interval '${sql.raw(String(LEASE))} seconds'` };
const labelled = ({ tenantId }: Key) => ({ tenantId, operation: 'audit.stream' });
/** What somebody changed meanwhile is theirs: what came of sending as it was before is noted no more, and what was sent comes again. */
const asSeen = ({ mine }: Held, row: StreamRow) => and(mine, eq(streams.version, row.version));

const load = ({ databases, key, mine }: Held): Promise<StreamRow | undefined> =>
  databases.tenant(labelled(key), async (db) => {
    const [row] = await db.select().from(streams).where(mine);
    return row?.state === 'paused' ? undefined : row;
  });

const read = ({ databases, key, streaming }: Held, row: StreamRow): Promise<Found> =>
  databases.tenant(labelled(key), async (db) => ({
    row,
    destination: await streaming().destination(db, row),
    stretch: await readAfter(db, key.tenantId, row.cursor, LINKS[row.kind], row.entries),
  }));

const advance = (held: Held, { row, stretch }: Found, arrived: number): Promise<void> =>
  held.databases.tenant(labelled(held.key), async (db) => {
    const moved = progress(stretch, arrived);
    if (!moved) return;
    const at = held.now();
    const seen = arrived > 0 ? { state: 'active' as const, sentAt: at, failures: 0, error: null, failedAt: null } : {};
    const { rowCount } = await db
      .update(streams)
      .set({ ...hold, ...seen, cursor: moved.cursor, sent: row.sent + arrived, gone: row.gone + moved.gone, nextAt: at })
      .where(asSeen(held, row));
    if (rowCount === 1 && arrived > 0 && row.state === 'failing')
      await appendEvents(db, held.key.tenantId, [{ type: 'audit.stream_recovered', data: { streamId: row.id, name: row.name } }], null);
  });

const failed = (held: Held, row: StreamRow, fault: string, retryAfterMs: number): Promise<void> =>
  held.databases.tenant(labelled(held.key), async (db) => {
    const failures = row.failures + 1;
    const at = held.now();
    const says = failures >= SAID_AFTER && row.state === 'active';
    const error = scrub(fault, held.key.tenantId).slice(0, 500);
    const nextAt = new Date(at.getTime() + Math.max(backoff(failures), retryAfterMs));
    const { rowCount } = await db
      .update(streams)
      .set({ nextAt, failures, error, failedAt: at, ...(says ? { state: 'failing' as const } : {}) })
      .where(asSeen(held, row));
    if (rowCount === 1 && says)
      await appendEvents(db, held.key.tenantId, [{ type: 'audit.stream_failing', data: { streamId: row.id, name: row.name, error } }], null);
  });

/** The next stretch to where it goes; whether there is more to send. */
async function sendNext(held: Held, found: Found, signal: AbortSignal): Promise<boolean> {
  const { row, destination, stretch } = found;
  if (stretch.through === row.cursor) return false;
  const isEmpty = stretch.entries.length === 0;
  const carried: Carried = isEmpty
    ? { arrived: 0, fault: null, retryAfterMs: 0 }
    : await held.streaming().carrier.send(destination, stretch.entries, signal);
  if (carried.fault === null) await advance(held, found, carried.arrived);
  // What we broke off ourselves says nothing of the receiver.
  else if (!signal.aborted) await failed(held, row, carried.fault, carried.retryAfterMs);
  if (carried.fault !== null || row.state === 'failing') [`tenant:${held.key.tenantId}`, 'outbox'].forEach((topic) => held.live.publish(topic));
  return carried.fault === null && stretch.through < stretch.head;
}

async function go(held: Held, signal: AbortSignal): Promise<boolean> {
  const row = await load(held);
  if (!row) return false;
  let found: Found;
  try {
    found = await read(held, row);
  } catch (error) {
    // Ours to mend and not the receiver's; it waits all the same, and whoever owns it sees that it does.
    held.onError(error as Error);
    await failed(held, row, 'the entries, or the secret that signs them, could not be read here', 0);
    return false;
  }
  return sendNext(held, found, signal);
}

/** Sends one stream on for a while. Every step asks first whether the stream is still this worker's: what is moved once is not moved back. */
export async function sendStream(deps: SendingDeps, holder: string, key: Key, stop: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const mine = and(eq(streams.tenantId, key.tenantId), eq(streams.id, key.id), eq(streams.holder, holder));
  const held: Held = { ...deps, key, mine };
  const beat = (): Promise<void> =>
    deps.databases.tenant(labelled(key), async (db) => {
      const { rowCount } = await db.update(streams).set(hold).where(mine);
      if (rowCount === 0) lost.abort();
    });
  const beating = setInterval(() => void beat().catch(deps.onError), BEAT);
  try {
    for (let goes = 0; goes < GOES && !signal.aborted && (await go(held, signal)); goes += 1) continue;
  } finally {
    clearInterval(beating);
    await deps.databases.tenant(labelled(key), (db) => db.update(streams).set({ holder: null, heldUntil: null }).where(mine));
  }
}
