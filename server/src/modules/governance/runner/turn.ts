import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Leases, type Lease as Place } from '#kernel/leases.ts';
import { Machinery } from '../providers/port.ts';
import { deadlineOf } from '../rules.ts';
import { appendLog } from '../store.ts';
import { changes, type ChangeRow } from '../tables.ts';
import type { Lease, RunnerDeps } from './lease.ts';

/** After a worker's death its places are free again after so long. */
const PLACE_MS = 30_000;
/** At first each second; who has waited for long asks seldom, or a thousand that wait would be thousands of questions a second. */
const againMs = (tries: number): number => 1_000 * Math.min(5, 1 + Math.floor(tries / 10));
const DAY_MS = 86_400_000;

export interface Turns extends RunnerDeps {
  /** Changes of one person that run at a time (governance.md 9). */
  mostRunning: number;
  onError: (error: Error) => void;
}

/** Undoing and emergencies wait for nobody, nor does what another worker had begun. */
const waitsForNobody = ({ change: { startedAt, rollbackOf, emergency, state } }: Lease): boolean =>
  startedAt !== null || rollbackOf !== null || emergency || state === 'rolling_back';

/** It waits in its turn, not in vain: but for a day at most. */
const keepWaiting = async (db: Database, { tenantId, id, state, createdAt }: ChangeRow, now: Date): Promise<void> => {
  if (state !== 'running' || now.getTime() - createdAt.getTime() > DAY_MS) return;
  await db.update(changes).set({ deadlineAt: deadlineOf(state, now) }).where(and(eq(changes.tenantId, tenantId), eq(changes.id, id))); // prettier-ignore
};

/**
 * One of the places that a person has for Changes that run; `later` when none is free: then a new job has been made that tries again. Where
 * places cannot be counted the Change runs.
 */
export async function takePlace(turns: Turns, lease: Lease): Promise<Pick<Place, 'release'> | 'later'> {
  const { change } = lease;
  const nothing = { release: async () => undefined };
  if (waitsForNobody(lease)) return nothing;
  const name = `changes:${change.tenantId}:${change.requesterId}`;
  const leases = turns.adapters.get(Leases.port) as Leases;
  const place = await leases.takePlace(name, turns.mostRunning, PLACE_MS).catch((error: Error) => (turns.onError(error), nothing));
  if (place) return place;
  const { jobs } = turns.adapters.get(Machinery.port) as Machinery;
  await lease.tx(async ({ db, now }, row) => {
    await keepWaiting(db, row, now());
    const data = { tenantId: change.tenantId, changeId: change.id };
    await jobs.enqueue(db, 'change', data, { startAfter: new Date(now().getTime() + againMs(change.epoch)) });
    // Said once, not each second.
    if (change.epoch === 1)
      await appendLog(db, change.tenantId, change.id, 'log', { level: 'info', message: `Waits: ${turns.mostRunning} Changes of this person run already.` }); // prettier-ignore
  });
  return 'later';
}
