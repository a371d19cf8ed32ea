import type { LaunchDeps } from '../launch.ts';
import { DUES_TOPIC } from '../topic.ts';
import { runLoop, type Loop } from '../loop.ts';
import { claimDues, makeDues, ROUND } from './make.ts';
import { startDues } from './start.ts';

/** Triggers that one process serves at a time. */
const AT_ONCE = 8;

/** One round: what has come due becomes rows, and rows whose moment has come are started. Answers whether there is more. */
export async function scheduleRound(deps: LaunchDeps): Promise<boolean> {
  const now = deps.now();
  const made = await deps.databases.platform('make due times', (db) => makeDues(db, now));
  const dues = await deps.databases.platform('claim due times', (db) => claimDues(db, deps.now()));
  // Those of one trigger one after the other, oldest first; several triggers at a time.
  const rows = [...Map.groupBy(dues, ({ triggerId }) => triggerId).values()];
  for (let at = 0; at < rows.length; at += AT_ONCE) await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => startDues(deps, row)));
  return made === ROUND || dues.length === ROUND;
}

/** Looks every second, and whenever a trigger has changed. */
export const runScheduler = (deps: LaunchDeps): Loop => runLoop({ ...deps, topics: [DUES_TOPIC], round: () => scheduleRound(deps) });
