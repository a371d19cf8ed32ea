import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Place } from './calls.ts';
import { markDeleted } from './deletion.ts';
import { wholeServer } from './server-rows.ts';
import { servers, type FindingRow, type ServerRow } from './tables.ts';

async function decidable(place: Place, finding: FindingRow): Promise<ServerRow> {
  const row = await wholeServer(place, finding.serverId!, true);
  if (row.changeId)
    throw new Problem('operation-in-progress', `${row.changeNumber ?? 'Another Change'} is at work on "${row.name}".`, { changeId: row.changeId });
  return row;
}

/** The columns and the desired value that a changed field stands for. */
function asSeen(row: ServerRow, { field, after }: FindingRow): Partial<ServerRow> {
  const desired = row.desired;
  if (field === 'name') return { name: String(after), desired: { ...desired, name: String(after) } };
  if (field === 'size') return { desired: { ...desired, size: String(after) } };
  if (field === 'labels') return { labels: after as Record<string, string>, desired: { ...desired, labels: after as Record<string, string> } };
  return { protected: after === true, desired: { ...desired, protected: after === true } };
}

/** What was changed outside is wanted from now on. */
export async function adoptField(place: Place, finding: FindingRow): Promise<void> {
  const row = await decidable(place, finding);
  await place.db
    .update(servers)
    .set({ ...asSeen(row, finding), version: row.version + 1, updatedAt: place.now() })
    .where(and(eq(servers.tenantId, place.tenantId), eq(servers.id, row.id)));
}

/** A server that was deleted outside is deleted here, too. */
export async function forgetServer(place: Place, finding: FindingRow): Promise<void> {
  const row = await decidable(place, finding);
  if (row.status !== 'missing')
    throw new Problem('invalid-state', `"${row.name}" is ${row.status}, not missing.`, { state: row.status, allowedFrom: ['missing'] });
  await markDeleted(place, row);
}
