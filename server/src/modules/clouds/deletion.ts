import { and, eq } from '#kernel/drizzle.ts';
import type { Work } from '#kernel/work.ts';
import type { Place } from './calls.ts';
import { act, actionsEnd, seenGone } from './outside-steps.ts';
import type { Server } from './schemas.ts';
import { serverView, wholeServer } from './server-rows.ts';
import { findings, servers, type ServerRow } from './tables.ts';

/** The row of a server that no longer exists: kept for history, out of lists, quota and cost. */
export async function markDeleted({ db, tenantId, now, emit }: Place, row: ServerRow): Promise<Server> {
  const at = now();
  const mine = and(eq(findings.tenantId, tenantId), eq(findings.serverId, row.id), eq(findings.status, 'open'));
  await db.update(findings).set({ status: 'closed', closedAt: at, updatedAt: at }).where(mine);
  const [after] = await db
    .update(servers)
    .set({
      status: 'deleted',
      statusReason: null,
      deletedAt: at,
      purgeAfter: null,
      openFindings: 0,
      changeId: null,
      changeNumber: null,
      changedAt: at,
      version: row.version + 1,
      updatedAt: at,
    })
    .where(and(eq(servers.tenantId, tenantId), eq(servers.id, row.id)))
    .returning();
  emit('server.deleted', { id: row.id, name: row.name, connectionId: row.connectionId, externalId: row.externalId });
  return serverView(after!);
}

/** Deletes at the provider and marks the row. What is gone already is deleted, too. */
export async function deleteForGood(work: Work, row: ServerRow, key = 'delete'): Promise<Server> {
  if (row.externalId !== null) {
    const title = `Delete ${row.name} at the provider`;
    const accepted = await act(work, row, { key, title, method: 'delete', call: (calls, externalId) => calls.delete(externalId) });
    await actionsEnd(work, row.connectionId, [accepted], title);
    await seenGone(work, row);
  }
  return work.tx(async (place) => markDeleted(place, await wholeServer(place, row.id, true)));
}
