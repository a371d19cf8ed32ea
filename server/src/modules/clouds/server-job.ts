import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import type { Place } from './calls.ts';
import { catalogOf, findConnection } from './connection-rows.ts';
import { actionsEnd, act, gone, observe, seenAs } from './outside-steps.ts';
import type { ObservedServer } from './providers/port.ts';
import { differences, statusOf } from './rules.ts';
import type { DesiredServer, Server } from './schemas.ts';
import { serverView, wholeServer } from './server-rows.ts';
import { servers, type ServerRow } from './tables.ts';

/** The body of every job on one server. After a crash that came later than its end, the hold is gone and nothing is left to do. */
export async function onServer(work: Work, id: string, body: (row: ServerRow) => Promise<Server>): Promise<Server> {
  const row = await work.tx((place) => wholeServer(place, id));
  return row.changeId === work.changeId ? body(row) : serverView(row);
}

/** What a server was before a Change touched it: what its undoing goes back to. */
export interface Before {
  observed: ObservedServer;
  row: Pick<ServerRow, 'name' | 'description' | 'labels' | 'environment' | 'desired' | 'protected'>;
}

/** First step of every job on one server. */
export const lookBefore = (work: Work, row: ServerRow): Promise<Before> =>
  work.step('look', `Look at ${row.name}`, async () => {
    const observed = await observe(work, row);
    if (!observed) throw gone(row);
    const { name, description, labels, environment, desired, protected: guarded } = row;
    return { observed, row: { name, description, labels, environment, desired, protected: guarded } };
  });

/** The columns that follow from an observation. A size we do not know any more keeps the figures it had. */
async function observedColumns(
  place: Place,
  row: Pick<ServerRow, 'connectionId' | 'size' | 'status'>,
  observed: ObservedServer,
): Promise<Partial<ServerRow>> {
  const columns: Partial<ServerRow> = {
    externalId: observed.externalId,
    status: statusOf(observed.status, row.status),
    zone: observed.zone,
    size: observed.size,
    diskGb: observed.diskGb,
    publicIpv4: observed.publicIpv4,
    publicIpv6: observed.publicIpv6,
    observed,
    observedAt: place.now(),
  };
  if (observed.size === row.size) return columns;
  const { sizes } = await catalogOf(place, await findConnection(place, row.connectionId));
  const size = sizes.find(({ id }) => id === observed.size);
  if (!size) return columns;
  return {
    ...columns,
    vcpus: size.vcpus,
    reservedVcpus: size.vcpus,
    memoryMb: size.memoryMb,
    monthlyAmount: size.monthly.amount,
    currency: size.monthly.currency,
  };
}

/** Writes what is, ends the Change's hold on the server, and answers what is shown. */
export async function releaseIn(
  place: Place,
  changeId: string,
  id: string,
  observed: ObservedServer | undefined,
  patch: Partial<ServerRow>,
): Promise<Server> {
  const { db, tenantId, now, emit } = place;
  const row = await wholeServer(place, id, true);
  if (row.changeId !== changeId) return serverView(row);
  const columns = { statusReason: null, ...(observed ? await observedColumns(place, row, observed) : {}), ...patch };
  const [after] = await db
    .update(servers)
    .set({
      ...columns,
      reservedVcpus: columns.vcpus ?? row.vcpus,
      changeId: null,
      changeNumber: null,
      changedAt: now(),
      version: row.version + 1,
      updatedAt: now(),
    })
    .where(and(eq(servers.tenantId, tenantId), eq(servers.id, id)))
    .returning();
  if (after!.status !== row.status)
    emit('server.state_changed', { id, name: after!.name, before: row.status, after: after!.status, reason: after!.statusReason });
  return serverView(after!);
}
export const release = (work: Work, id: string, observed: ObservedServer | undefined, patch: Partial<ServerRow>): Promise<Server> =>
  work.tx((place) => releaseIn(place, work.changeId, id, observed, patch));

/** Throws when the provider shows something else than was wanted. */
export function requireAsDesired(name: string, desired: DesiredServer, observed: ObservedServer): void {
  const [first] = differences(desired, observed);
  if (!first) return;
  throw new Problem(
    'verification-failed',
    `"${name}": ${first.field} should be ${JSON.stringify(first.before)} and the provider shows ${JSON.stringify(first.after)}.`,
  );
}

/** What a power action leads to. */
const LEADS_TO = { start: 'running', poweroff: 'stopped', reboot: 'running', reset: 'running' } as const;

/** Sends a power action, waits for its end and for the state that it leads to. */
export async function switchPower(work: Work, row: ServerRow, action: keyof typeof LEADS_TO, key: string = action): Promise<ObservedServer> {
  const title = { start: 'Start', poweroff: 'Power off', reboot: 'Reboot', reset: 'Reset' }[action];
  const accepted = await act(work, row, {
    key,
    title: `${title} ${row.name}`,
    method: 'power',
    call: (calls, externalId) => calls.power(externalId, action),
  });
  await actionsEnd(work, row.connectionId, [accepted], `${title} ${row.name}`);
  return seenAs(work, row, `${title} ${row.name}`, ({ status }) => status === LEADS_TO[action]);
}

/** Signals the guest and waits; after the grace time it pulls the plug if it may. Undefined: the guest did not heed the signal. */
export async function bringDown(
  work: Work,
  row: ServerRow,
  { graceSeconds, force }: { graceSeconds: number; force: boolean },
): Promise<ObservedServer | undefined> {
  const signal = { key: 'shutdown', title: `Ask ${row.name} to shut down`, method: 'power' as const };
  const accepted = await act(work, row, { ...signal, call: (calls, externalId) => calls.power(externalId, 'shutdown') });
  await actionsEnd(work, row.connectionId, [accepted], signal.title);
  const { until } = await work.step('grace', `Give ${row.name} ${graceSeconds} s`, async () => ({
    until: work.now().getTime() + graceSeconds * 1_000,
  }));
  const title = `Wait for ${row.name} to stop`;
  const seen = await work.until(title, async () => {
    const now = await observe(work, row);
    if (!now) throw gone(row);
    return now.status === 'stopped' || work.now().getTime() >= until ? now : undefined;
  });
  if (seen.status === 'stopped') return seen;
  return force ? switchPower(work, row, 'poweroff') : undefined;
}
