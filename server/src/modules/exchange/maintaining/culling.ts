import { readyRoute } from '../controllers/letting.ts';
import { networkOf } from '../controllers/store.ts';
import { openController, tokenInUse, wishFor, type Outside } from '../controllers/talk.ts';
import { reachedOn } from '../applying/following.ts';
import { speaking } from '../ssh/talk.ts';
import type { FabricRow } from '../tables.ts';
import { Problem } from '#kernel/problem.ts';
import { DEFAULT_HOLD_SECONDS, longestHold } from './rules.ts';

/** Has the controller keep members from speaking BGP with each other, or lets them again: whichever the windows of the fabric say now. */
export async function writeNetwork(outside: Outside, fabric: FabricRow): Promise<void> {
  // Taken off its network, there is nothing left to be put back.
  if (!(await outside.tx((ctx) => networkOf(ctx, fabric.id)))) return;
  const { network, controller } = await outside.tx((ctx) => readyRoute(ctx, fabric, outside.now()));
  const wish = await outside.tx(({ db }) => wishFor(db, fabric));
  await openController(outside, controller, await tokenInUse(outside, controller)).ensureNetwork(network.networkId, wish);
}

/** The longest hold time that members agreed on with a route server; so long a session outlives what keeps it up. */
export async function holdSeconds(outside: Outside, fabric: FabricRow): Promise<number> {
  const found: number[] = [];
  for (const { access } of await outside.tx((ctx) => reachedOn(ctx, fabric.id))) {
    const hold = await speaking(outside, access, async (verbs) => longestHold(await verbs.status())).catch((error: unknown) => {
      // Out of reach: what BIRD offers is the most that may have been agreed on.
      if (error instanceof Problem) return DEFAULT_HOLD_SECONDS;
      throw error;
    });
    found.push(hold ?? 0);
  }
  return Math.max(...found, 0) || DEFAULT_HOLD_SECONDS;
}
