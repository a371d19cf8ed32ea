import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { act, actionsEnd, gone, observe, seenAs, set } from './outside-steps.ts';
import type { ObservedServer } from './providers/port.ts';
import { differences, isPowered } from './rules.ts';
import type { DesiredServer, Reason } from './schemas.ts';
import { release, switchPower, type Before } from './server-job.ts';
import { wholeServer } from './server-rows.ts';
import { servers, type ServerRow } from './tables.ts';

/** The Change that undoes takes hold of the server; during its own undoing a Change has it already. */
export const holdForUndo = (work: Work, id: string): Promise<ServerRow> =>
  work.tx(async (place) => {
    const row = await wholeServer(place, id, true);
    if (row.changeId && row.changeId !== work.changeId) {
      throw new Problem('operation-in-progress', `${row.changeNumber ?? 'Another Change'} is at work on "${row.name}".`, { changeId: row.changeId });
    }
    if (row.deletedAt)
      throw new Problem('invalid-state', `"${row.name}" was deleted for good and cannot be brought back.`, { state: row.status, allowedFrom: [] });
    await place.db
      .update(servers)
      .set({ changeId: work.changeId })
      .where(and(eq(servers.tenantId, place.tenantId), eq(servers.id, id)));
    return row;
  });

async function restoreSize(work: Work, row: ServerRow, now: ObservedServer, size: string): Promise<void> {
  if (now.status !== 'stopped') await switchPower(work, row, 'poweroff', 'undo-poweroff');
  const title = `Give ${row.name} its old size ${size}`;
  const accepted = await act(work, row, {
    key: 'undo-resize',
    title,
    method: 'resize',
    call: (calls, externalId) => calls.resize(externalId, size, false),
  });
  await actionsEnd(work, row.connectionId, [accepted], title);
}

/** An action may still be running there when its Change fails; nothing can be undone before it has ended. */
const settled = (work: Work, row: ServerRow): Promise<ObservedServer> =>
  seenAs(work, row, `Wait for ${row.name} to come to rest`, ({ status }) => status === 'running' || status === 'stopped');

async function restoreOutside(work: Work, row: ServerRow, wanted: DesiredServer, power: 'on' | 'off'): Promise<ObservedServer> {
  const now = await settled(work, row);
  // Only what this Change was to change: what somebody else did meanwhile is drift, not ours to undo.
  const touched = new Set(work.plan.changes.flatMap(({ fields }) => fields.map(({ path }) => path.split('.')[0])));
  const wrong = new Set(differences(wanted, now).map(({ field }) => field).filter((field) => touched.has(field))); // prettier-ignore
  if (wrong.has('size')) await restoreSize(work, row, now, wanted.size);
  if (wrong.has('name') || wrong.has('labels')) {
    await set(work, row, 'undo-update', `Give ${row.name} its old name and labels`, (calls, externalId) =>
      calls.update(externalId, { name: wanted.name, labels: wanted.labels }),
    );
  }
  if (wrong.has('protection'))
    await set(work, row, 'undo-protect', `Set the old protection of ${row.name}`, (calls, externalId) =>
      calls.protect(externalId, { delete: wanted.protected }),
    );
  const then = await settled(work, row);
  if (isPowered(then.status) === power) return then;
  return switchPower(work, row, power === 'on' ? 'start' : 'poweroff', 'undo-power');
}

/** Rollback of every job that changes one server: it gets back size, name, labels, protection and power as they were before. */
export async function restore(work: Work, id: string, reason: Reason | null = null): Promise<void> {
  const row = await holdForUndo(work, id);
  const before = await work.recorded<Before>('look');
  if (!before) {
    // Nothing was sent yet.
    const seen = await observe(work, row);
    await release(work, id, seen, seen ? {} : { status: 'unknown' });
    return;
  }
  if (!(await observe(work, row))) throw gone(row);
  const { observed, row: old } = before;
  const wanted: DesiredServer = {
    ...old.desired,
    name: observed.name,
    size: observed.size,
    labels: observed.labels,
    protected: observed.protection.delete,
  };
  const seen = await restoreOutside(work, row, wanted, isPowered(observed.status));
  await release(work, id, seen, { ...old, status: seen.status, purgeAfter: null, purgeChange: null, statusReason: reason });
}
