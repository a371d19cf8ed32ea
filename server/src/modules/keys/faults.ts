import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import type { SealFault } from '#kernel/seal.ts';

/** Module secrets says by name which of its values does not open. */
const TOLD: ReadonlySet<string> = new Set(['secret_versions']);
/** A value that is asked for again and again does not open again and again. */
const QUIET_MS = 60_000;

export interface FaultDeps {
  databases: Databases;
  live: Pick<Live, 'publish'>;
  log: Log;
  now: Clock;
}

/** Says of each value that does not open where it stands and why: in the log, and to those who look after the tenant's security. */
export function createFaultTeller({ databases, live, log, now }: FaultDeps): (fault: SealFault) => void {
  const told = new Map<string, number>();

  async function announce({ place, reason }: SealFault): Promise<void> {
    const { tenantId, ...data } = place;
    // In a transaction of its own: that of the caller is about to fail.
    await databases.tenant({ tenantId, operation: 'sealing fault' }, (db) =>
      appendEvents(db, tenantId, [{ type: 'sealing.failed', data: { ...data, reason } }], null),
    );
    live.publish('outbox');
  }

  return (fault) => {
    const { tenantId, table, row, field } = fault.place;
    const at = now().getTime();
    const key = [tenantId, table, row, field].join(' ');
    if (TOLD.has(table) || at - (told.get(key) ?? 0) < QUIET_MS) return;
    if (told.size > 10_000) told.clear();
    told.set(key, at);
    log.error({ err: fault, tenantId, table, row, field, reason: fault.reason }, 'a sealed value does not open');
    announce(fault).catch((err: unknown) => log.error({ err }, 'a sealed value that does not open could not be announced'));
  };
}
