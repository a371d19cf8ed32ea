import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, desc, eq, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import type { SecurityWatch } from '../security/watch.ts';
import { anchors, auditEntries, segments, unsealed, type AuditRow } from '../tables.ts';
import { genesis, pack, type Link } from './links.ts';
import { contentHash, recordOf } from './record.ts';

/** Entries of one go, and of one segment. */
const BATCH = 2_000;
const SEGMENT = 1_000;
const EVERY_MS = 1_000;
/** The trails of persons are looked at now and then: every few seconds. */
const ROUNDS = 5;
/** Any constant: one sealer at a time in the whole installation. */
const LOCK = 7_305_801_121;
const NOTHING = Buffer.alloc(32);

/** Told of entries in the transaction that seals them, tenant by tenant and in order: each is seen exactly once. */
export type OnSealed = (db: Database, tenantId: string, entries: readonly AuditRow[]) => Promise<void>;

/** Last link of a tenant's chain. */
export async function headOf(db: Database, tenantId: string): Promise<{ seq: number; hash: Buffer }> {
  const [last] = await db
    .select({ firstSeq: segments.firstSeq, count: segments.count, hash: segments.hash })
    .from(segments)
    .where(eq(segments.tenantId, tenantId))
    .orderBy(desc(segments.firstSeq))
    .limit(1);
  if (last) return { seq: last.firstSeq + last.count - 1, hash: last.hash };
  // Where retention let all links go, the last anchor stands for them.
  const [anchor] = await db.select({ seq: anchors.seq, hash: anchors.hash }).from(anchors).where(eq(anchors.tenantId, tenantId)).orderBy(desc(anchors.seq)).limit(1); // prettier-ignore
  return anchor ?? { seq: 0, hash: genesis(tenantId) };
}

const linkOf = (seq: number, id: string, row: AuditRow | undefined): Link =>
  row ? { seq, id, kind: row.kept === 'reads' ? 'r' : 'e', content: contentHash(recordOf(row)) } : { seq, id, kind: 'x', content: NOTHING };

async function sealTenant(db: Database, tenantId: string, ids: readonly string[], rows: ReadonlyMap<string, AuditRow>, at: Date): Promise<void> {
  let { seq, hash } = await headOf(db, tenantId);
  for (let from = 0; from < ids.length; from += SEGMENT) {
    const links = ids.slice(from, from + SEGMENT).map((id, n) => linkOf(seq + n + 1, id, rows.get(id)));
    const packed = pack(hash, links);
    await db.insert(segments).values({ tenantId, id: newId(), ...packed, sealedAt: at });
    ({ hash } = packed);
    seq += links.length;
  }
}

/** Every row of the batch, read once. */
async function entriesOf(db: Database, ids: readonly string[]): Promise<Map<string, AuditRow>> {
  // The bounds are constants, so that partitions without any of them are not even opened.
  const within = and(sql`${auditEntries.id} between ${ids[0]} and ${ids.at(-1)}`, inArray(auditEntries.id, [...ids]));
  const rows = await db.select().from(auditEntries).where(within);
  return new Map(rows.map((row) => [row.id, row]));
}

async function tryLock(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`);
  return rows[0]!.mine;
}

const waitForLock = (db: Database): Promise<boolean> => db.execute(sql`select pg_advisory_xact_lock(${LOCK})`).then(() => true);

/**
 * Links what waits to the chains of its tenants, in one transaction: killed at any moment, it has either happened or not. Answers how
 * many entries it was; 0 also when another process is at it, unless it is to wait for that one (`lock`).
 */
const sealBatch = (databases: Databases, now: Clock, onSealed: OnSealed | undefined, lock: (db: Database) => Promise<boolean>): Promise<number> =>
  databases.platform('seal audit entries', async (db) => {
    if (!(await lock(db))) return 0;
    const waiting = await db.select().from(unsealed).orderBy(asc(unsealed.id)).limit(BATCH);
    if (waiting.length === 0) return 0;
    const ids = waiting.map(({ id }) => id);
    const entries = await entriesOf(db, ids);
    for (const [tenantId, mine] of Map.groupBy(waiting, (one) => one.tenantId)) {
      await sealTenant(db, tenantId, mine.map(({ id }) => id), entries, now()); // prettier-ignore
      await onSealed?.(db, tenantId, mine.flatMap(({ id }) => entries.get(id) ?? [])); // prettier-ignore
    }
    await db
      .delete(unsealed)
      .where(and(inArray(unsealed.tenantId, [...new Set(waiting.map(({ tenantId }) => tenantId))]), inArray(unsealed.id, ids)));
    return waiting.length;
  });

/** One batch, if no other process is at it. */
export const sealOnce = (databases: Databases, now: Clock, onSealed?: OnSealed): Promise<number> => sealBatch(databases, now, onSealed, tryLock);

/** Everything that waits at the moment of the call, whoever seals it: what is signed or read next has it all. */
export async function sealAll(databases: Databases, now: Clock, onSealed?: OnSealed): Promise<void> {
  while ((await sealBatch(databases, now, onSealed, waitForLock)) > 0) continue;
}

/** Seals on and on, within about a second of each commit. Answers a function that stops it. */
export function runSealer(
  databases: Databases,
  live: Live,
  now: Clock,
  onError: (error: Error) => void,
  security?: SecurityWatch,
): () => Promise<void> {
  let stopped = false;
  let wake = (): void => undefined;
  let rounds = 0;
  const running = (async () => {
    while (!stopped) {
      const count = await sealOnce(databases, now, security?.entries).catch((error: Error) => (onError(error), 0));
      if (--rounds <= 0) await security?.lines(now()).catch(onError);
      if (rounds <= 0) rounds = ROUNDS;
      await security?.act();
      if (count > 0) live.publish('audit:sealed');
      if (count === BATCH) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();
  return async () => {
    stopped = true;
    wake();
    await running;
  };
}
