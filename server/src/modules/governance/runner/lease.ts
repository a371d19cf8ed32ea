import type { Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { LeaseLost } from '#kernel/jobs.ts';
import type { Live } from '#kernel/live.ts';
import { providerOf, type Adapters } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { changes, type ChangeRow } from '../tables.ts';

export interface RunnerDeps {
  databases: Databases;
  adapters: Adapters;
  live: Live;
  now: () => Date;
}

/** One worker's hold on one Change. Whatever it writes fails once another worker has raised the epoch. */
export interface Lease {
  change: ChangeRow;
  signal: AbortSignal;
  /** A short transaction that first checks the epoch and holds it still until it commits. */
  tx: <T>(work: (ctx: WorkContext, row: ChangeRow) => Promise<T>) => Promise<T>;
  deps: RunnerDeps;
}

export function takeLease(deps: RunnerDeps, change: ChangeRow, signal: AbortSignal): Lease {
  const { databases, adapters, live, now } = deps;
  const { tenantId, id, epoch, requesterId } = change;
  return {
    change,
    signal,
    deps,
    async tx(work) {
      if (signal.reason instanceof LeaseLost) throw signal.reason;
      const events: Emitted[] = [];
      const result = await databases.tenant({ tenantId, actorId: requesterId }, async (db) => {
        const [row] = await db.select().from(changes).where(and(eq(changes.tenantId, tenantId), eq(changes.id, id))).for('no key update'); // prettier-ignore
        if (row?.epoch !== epoch) throw new LeaseLost(`CHG-${change.number} was taken over by another worker`);
        const ctx: WorkContext = {
          actor: row.requester,
          tenantId,
          db,
          now,
          provider: providerOf(adapters),
          once: (_key, load) => load(),
          changeId: id,
          emit: (type, data) => void events.push({ type, data }),
        };
        const done = await work(ctx, row);
        await appendEvents(db, tenantId, events, id);
        return done;
      });
      live.publish(`tenant:${tenantId}`);
      if (events.length > 0) live.publish('outbox');
      return result;
    },
  };
}
