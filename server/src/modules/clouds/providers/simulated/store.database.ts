import type { Database, Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { simulatedClouds } from '../../tables.ts';
import type { SimulatorSettings } from '../../simulator.ts';
import { initialState, type CloudState, type Control, type World } from './state.ts';
import type { CloudKey, SimulatorStore } from './store.ts';

/** Reads under a row lock, applies, writes. Of the two halves of a state only the one that changed is written. */
export async function transactIn<T>(
  db: Database,
  { tenantId, connectionId }: CloudKey,
  settings: SimulatorSettings,
  change: (state: CloudState) => { state: CloudState; result: T },
  now: () => number,
): Promise<T> {
  const own = and(eq(simulatedClouds.tenantId, tenantId), eq(simulatedClouds.id, connectionId));
  const load = () => db.select().from(simulatedClouds).where(own).for('update');
  let [row] = await load();
  if (!row) {
    const { control, world } = initialState(settings, now());
    await db.insert(simulatedClouds).values({ tenantId, id: connectionId, control, world }).onConflictDoNothing();
    [row] = await load();
  }
  const before: CloudState = { control: row!.control as Control, world: row!.world as World };
  const worldText = JSON.stringify(before.world);
  const { state, result } = change(before);
  const worldChanged = JSON.stringify(state.world) !== worldText;
  await db
    .update(simulatedClouds)
    .set({ control: state.control, ...(worldChanged ? { world: state.world } : {}), updatedAt: new Date(now()) })
    .where(own);
  return result;
}

/** Simulated clouds in PostgreSQL, each call in a transaction of its own: like a real cloud, it knows nothing of the caller's. */
export const databaseStore = (databases: Databases, now: () => number = Date.now): SimulatorStore => ({
  transact: (key, settings, change) => databases.tenant({ tenantId: key.tenantId }, (db) => transactIn(db, key, settings, change, now)),
});
