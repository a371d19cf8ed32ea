import { and, eq, sql } from '#kernel/drizzle.ts';
import type { Reader } from './store.ts';
import { Surroundings } from './providers/port.ts';
import { lanes } from './tables.ts';
import type { Context } from '#kernel/context.ts';

const laneOf = ({ tenantId }: Reader, id: string) => and(eq(lanes.tenantId, tenantId), eq(lanes.id, id));

/** There is something to send: whoever works next looks at it. In the transaction that made it, so that a lane that is let go of at the same moment waits for it. */
export async function callUp(at: Reader & { now: () => Date }, id: string): Promise<void> {
  const due = sql`least(${lanes.dueAt}, ${at.now().toISOString()}::timestamptz)`;
  await at.db.update(lanes).set({ dueAt: due }).where(laneOf(at, id));
}

/** The receiver is thought well of again, and what waits for it is due. */
export async function reopen(ctx: Context, id: string): Promise<void> {
  const fresh = { failures: 0, failedAt: null, failingSince: null, closedUntil: null, earned: 1, dueAt: ctx.now() };
  await ctx.db.update(lanes).set(fresh).where(laneOf(ctx, id));
  ctx.provider(Surroundings).wake();
}
