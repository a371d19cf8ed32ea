import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, eq, exists, gt, isNull, sql } from '#kernel/drizzle.ts';
import { again, inRange } from '../replaying.ts';
import { callUp } from '../lanes.ts';
import { deliveries, payloads, replays, type ReplayRow } from '../tables.ts';

/** Deliveries that one transaction takes. */
const BATCH = 500;

async function goOn(db: Database, replay: ReplayRow, at: Date): Promise<void> {
  const { tenantId, id, webhookId, lastId } = replay;
  const found = await db
    .select({ id: deliveries.id, kept: sql<boolean>`${exists(db.select({ one: sql`1` }).from(payloads).where(and(eq(payloads.tenantId, tenantId), eq(payloads.id, deliveries.id))))}` })
    .from(deliveries)
    .where(and(inRange(replay), lastId === null ? undefined : gt(deliveries.id, lastId)))
    .orderBy(asc(deliveries.id))
    .limit(BATCH); // prettier-ignore
  const kept = found.flatMap((one) => (one.kept ? [one.id] : []));
  if (kept.length > 0) {
    await db.update(deliveries).set(again(at)).where(and(eq(deliveries.tenantId, tenantId), sql`${deliveries.id} = any(${sql.param(kept)}::uuid[])`)); // prettier-ignore
    await callUp({ db, tenantId, now: () => at }, webhookId);
  }
  const progress = {
    lastId: found.at(-1)?.id ?? lastId,
    replayed: replay.replayed + kept.length,
    skipped: replay.skipped + found.length - kept.length,
    endedAt: found.length < BATCH ? at : null,
    updatedAt: at,
  };
  await db.update(replays).set(progress).where(and(eq(replays.tenantId, tenantId), eq(replays.id, id))); // prettier-ignore
}

/** Goes on, by a batch, with the replay that has waited longest for one: a great many do not hold up the others. Answers whether there was one. */
export const replaySome = (databases: Databases, now: Clock): Promise<boolean> =>
  databases.platform('replay deliveries', async (db) => {
    const [replay] = await db.select().from(replays).where(isNull(replays.endedAt)).orderBy(asc(replays.updatedAt)).limit(1).for('update', { skipLocked: true }); // prettier-ignore
    if (replay) await goOn(db, replay, now());
    return replay !== undefined;
  });
