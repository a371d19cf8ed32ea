import { and, eq } from '#kernel/drizzle.ts';
import { LeaseLost } from '#kernel/jobs.ts';
import { Leases } from '#kernel/leases.ts';
import type { Outside, Place } from './calls.ts';
import { connections } from './tables.ts';

/** One interval of the clock that looks at connections: whoever is killed is stood in for within two. */
const LEASE_MS = 60_000;

export interface Turn {
  /** As before, but it ends with the lease, and writes nothing once a later one was given out. */
  outside: Outside;
  end: () => Promise<void>;
}

/** Notes the token, and holds the row until the transaction ends. */
async function fence({ db, tenantId }: Place, id: string, token: number): Promise<void> {
  const mine = and(eq(connections.tenantId, tenantId), eq(connections.id, id));
  const [row] = await db.select({ last: connections.leaseToken }).from(connections).where(mine).for('no key update');
  if (row && row.last > token) throw new LeaseLost('another process reads the connection by now');
  if (row && row.last < token) await db.update(connections).set({ leaseToken: token }).where(mine);
}

/** One at a time reads a connection, in the whole installation; undefined while another does. */
export async function takeTurn(outside: Outside, id: string): Promise<Turn | undefined> {
  const lease = await outside.provider(Leases).take(`health:${outside.tenantId}:${id}`, LEASE_MS);
  if (!lease) return undefined;
  return {
    outside: {
      ...outside,
      signal: AbortSignal.any([outside.signal, lease.signal]),
      tx: (work) =>
        outside.tx(async (place) => {
          await fence(place, id, lease.token);
          return work(place);
        }),
    },
    end: lease.release,
  };
}
