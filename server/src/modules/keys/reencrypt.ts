import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, gt, inArray, lt, ne } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { JobRun, Jobs } from '#kernel/jobs.ts';
import type { SealedColumn } from '#kernel/module.ts';
import { SealFault, type KeyRing } from '#kernel/seal.ts';
import { dataKeys, HELD_MS } from '#kernel/seal-keys.ts';
import { countStale, keysIn, nameOf, nextStale, replace } from './stale.ts';
import { reencryptions, type Reencryption } from './tables.ts';

export interface KeysDeps {
  databases: Databases;
  jobs: Pick<Jobs, 'enqueue' | 'wake'>;
  sealer: KeyRing;
  /** Every column of every module that holds sealed values. */
  places: readonly SealedColumn[];
  now: Clock;
}

/** Values that are moved in one transaction: short, so that nobody who works with one of them waits. */
const BATCH = 100;
/** By then no process seals under a key that was not the newest when it looked, and what it was doing is done. */
const SETTLE_MS = HELD_MS + 10 * 60_000;

interface Ids {
  tenantId: string;
  id: string;
}
const rowOf = ({ tenantId, id }: Ids) => and(eq(reencryptions.tenantId, tenantId), eq(reencryptions.id, id));

const enqueue = ({ jobs }: KeysDeps, db: Database, { tenantId, id }: Ids, startAfter?: Date): Promise<string> =>
  jobs.enqueue(db, 'reencryption', { tenantId, reencryptionId: id }, startAfter ? { startAfter } : {});

/** Makes a new data key and the job that moves every value of the tenant to it. One that is under way is gone on with. */
export async function begin(deps: KeysDeps, tenantId: string): Promise<Reencryption> {
  const { databases, sealer, places, jobs } = deps;
  const begun = await databases.tenant({ tenantId }, async (db) => {
    const [open] = await db.select().from(reencryptions).where(and(eq(reencryptions.tenantId, tenantId), ne(reencryptions.state, 'done'))); // prettier-ignore
    if (open) {
      await enqueue(deps, db, open);
      return open;
    }
    const keyId = await sealer.renew(db, tenantId);
    const [newer] = await db.select({ id: dataKeys.id }).from(dataKeys).where(and(eq(dataKeys.tenantId, tenantId), gt(dataKeys.id, keyId))); // prettier-ignore
    if (newer) throw new Error('a data key of this tenant is from the future: set the clock of this machine, then try again');
    let total = 0;
    for (const place of places) total += await countStale(db, place, tenantId, keyId);
    const [made] = await db.insert(reencryptions).values({ tenantId, id: newId(), keyId, state: 'moving', total }).returning();
    await enqueue(deps, db, made!);
    return made!;
  });
  jobs.wake('reencryption');
  return begun;
}

/** A column that no module declares stands for the end. */
const END = '.';

/** Moves the next values of one column; answers what the row says then. Its lock keeps a second worker waiting. */
async function moveSome({ databases, sealer, places }: KeysDeps, ids: Ids): Promise<Reencryption | undefined> {
  return databases.tenant({ tenantId: ids.tenantId }, async (db) => {
    const [row] = await db.select().from(reencryptions).where(rowOf(ids)).for('update');
    if (!row || row.state === 'done') return undefined;
    const index = Math.max(0, places.findIndex((place) => nameOf(place) === row.place)); // prettier-ignore
    const at = places[index];
    if (!at) return row;
    const values = await nextStale(db, at, {
      tenantId: ids.tenantId,
      than: row.keyId,
      after: row.afterId,
      limit: BATCH,
      waits: row.state === 'settling',
    });
    // A pass from the beginning counts anew what does not open.
    let [moved, unreadable] = [row.moved, row.place === null || row.place === END ? 0 : row.unreadable];
    for (const value of values) {
      const sealed = await sealer.reseal(db, value.place, value.sealed, row.keyId).catch((error: unknown) => {
        if (error instanceof SealFault && error.reason !== 'master-key-gone') return undefined;
        throw error; // a master key that is not set opens them another time
      });
      if (sealed === undefined) unreadable++;
      else {
        await replace(db, at, value, sealed);
        moved++;
      }
    }
    const next = values.length < BATCH ? { place: nextName(places, index), afterId: null } : { place: nameOf(at), afterId: values.at(-1)!.id };
    const [updated] = await db.update(reencryptions).set({ ...next, moved, unreadable, updatedAt: new Date() }).where(rowOf(ids)).returning(); // prettier-ignore
    return updated;
  });
}

const nextName = (places: readonly SealedColumn[], index: number): string => (places[index + 1] ? nameOf(places[index + 1]!) : END);
const isOver = ({ place }: Reencryption, { places }: KeysDeps): boolean => place === END || places.length === 0;

/** From here on nobody begins to seal under an old key; those who have begun are given their time. */
async function settle(deps: KeysDeps, ids: Ids): Promise<void> {
  const settlesAt = new Date(deps.now().getTime() + SETTLE_MS);
  await deps.databases.tenant({ tenantId: ids.tenantId }, async (db) => {
    const set = { state: 'settling' as const, settlesAt, place: null, afterId: null, updatedAt: deps.now() };
    const changed = await db.update(reencryptions).set(set).where(and(rowOf(ids), eq(reencryptions.state, 'moving'))); // prettier-ignore
    if (changed.rowCount === 1) await enqueue(deps, db, ids, settlesAt);
  });
}

/** Destroys every older key under which nothing is sealed any more. */
async function finish({ databases, sealer, places, now }: KeysDeps, ids: Ids, keyId: string): Promise<void> {
  const { tenantId } = ids;
  const destroyed = await databases.tenant({ tenantId }, async (db) => {
    const used = new Set<string>();
    for (const place of places) for (const id of await keysIn(db, place, tenantId)) used.add(id);
    const older = await db.select({ id: dataKeys.id }).from(dataKeys).where(and(eq(dataKeys.tenantId, tenantId), lt(dataKeys.id, keyId))); // prettier-ignore
    const free = older.map(({ id }) => id).filter((id) => !used.has(id));
    if (free.length > 0) await db.delete(dataKeys).where(and(eq(dataKeys.tenantId, tenantId), inArray(dataKeys.id, free)));
    await db.update(reencryptions).set({ state: 'done', destroyed: free.length, endedAt: now(), updatedAt: now() }).where(rowOf(ids)); // prettier-ignore
    return free;
  });
  for (const id of destroyed) sealer.drop(tenantId, id);
}

/** Carries out a job of the queue `reencryption`, as far as it can go now. Safe to be killed, and to be run twice, at any point. */
export async function reencrypt(deps: KeysDeps, { data, signal }: Pick<JobRun, 'data' | 'signal'>): Promise<void> {
  const ids: Ids = { tenantId: data.tenantId, id: data['reencryptionId']! };
  const [found] = await deps.databases.tenant({ tenantId: ids.tenantId, readOnly: true }, (db) => db.select().from(reencryptions).where(rowOf(ids)));
  // The job of the time after it comes by itself.
  if (found?.state === 'settling' && found.settlesAt! > deps.now()) return;
  for (;;) {
    signal.throwIfAborted();
    const row = await moveSome(deps, ids);
    if (!row) return;
    if (isOver(row, deps)) return row.state === 'moving' ? settle(deps, ids) : finish(deps, ids, row.keyId);
  }
}

/** Gives a job to those that have none any more: the queue gave it up, such as when the database was away for long. */
export async function resume(deps: KeysDeps): Promise<void> {
  const { databases, now, jobs } = deps;
  const quietSince = new Date(now().getTime() - 2 * SETTLE_MS);
  const open = await databases.platform('look for values on their way to a new key', (db) =>
    db.select({ tenantId: reencryptions.tenantId, id: reencryptions.id }).from(reencryptions).where(and(ne(reencryptions.state, 'done'), lt(reencryptions.updatedAt, quietSince))),
  ); // prettier-ignore
  for (const ids of open) await databases.tenant({ tenantId: ids.tenantId }, (db) => enqueue(deps, db, ids));
  if (open.length > 0) jobs.wake('reencryption');
}
