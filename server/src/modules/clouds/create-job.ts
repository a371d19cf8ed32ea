import { and, eq } from '#kernel/drizzle.ts';
import type { Work } from '#kernel/work.ts';
import { resumed, send } from './calls.ts';
import { withAlternatives } from './capacity.ts';
import { deleteForGood, markDeleted } from './deletion.ts';
import type { Mutation } from './journal.ts';
import { actionsEnd, observe, seenAs, set } from './outside-steps.ts';
import { holdForUndo } from './restore.ts';
import { ask } from './calls.ts';
import type { Accepted, CloudProvider, ObservedServer, ServerSpec } from './providers/port.ts';
import { Problem } from '#kernel/problem.ts';
import { serversById, wholeServer } from './server-rows.ts';
import { servers, type ServerRow } from './tables.ts';

/** Ids of the servers this Change made, noted in its first step so that a later Change can undo them. */
export const madeHere = (work: Work): Promise<string[]> =>
  work.step('servers', 'Note what is to be made', () =>
    work.tx(async ({ db, tenantId }) => {
      const rows = await db
        .select({ id: servers.id })
        .from(servers)
        .where(and(eq(servers.tenantId, tenantId), eq(servers.madeBy, work.changeId)))
        .orderBy(servers.createdAt, servers.id);
      return rows.map(({ id }) => id);
    }),
  );

const specOf = (row: ServerRow): ServerSpec => ({
  name: row.name,
  region: row.region,
  zone: row.zone ?? undefined,
  size: row.size,
  image: row.image,
  labels: row.labels,
  protection: { delete: row.protected },
  start: row.desired.power === 'on',
});

/** The server that carries our mark, with the action that makes it. Of duplicates the oldest is ours; the pass reports the others. */
async function byMark(cloud: CloudProvider, id: string): Promise<Accepted | undefined> {
  const [found] = (await cloud.servers.find(id)).toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  if (!found) return undefined;
  const latest = await cloud.servers.latest(found.externalId);
  return { externalId: found.externalId, action: latest?.method === 'create' ? latest.token : null };
}

/** Asks the provider for one server, and notes what it is called there. */
export async function makeServer(work: Work, row: ServerRow): Promise<Accepted> {
  const spec = specOf(row);
  const mutation: Mutation = {
    connectionId: row.connectionId,
    serverId: row.id,
    key: 'create',
    input: spec,
    sequenceBefore: null,
    act: (cloud) => cloud.servers.create(spec, { id: row.id, change: work.changeId }),
    find: (cloud) => byMark(cloud, row.id),
  };
  const accepted = await work.step(
    `create:${row.id}`,
    `Create ${row.name}`,
    () => withAlternatives(work, row, row.size, send(work, mutation)),
    () => resumed(work, mutation),
  );
  await work.tx(async ({ db, tenantId, now }) => {
    await db
      .update(servers)
      .set({ externalId: accepted.externalId, status: 'creating', updatedAt: now() })
      .where(and(eq(servers.tenantId, tenantId), eq(servers.id, row.id)));
  });
  return accepted;
}

/** All of them run, or are off as asked. */
export async function madeSeen(work: Work, rows: readonly ServerRow[], accepted: readonly Accepted[]): Promise<Map<string, ObservedServer>> {
  await actionsEnd(work, rows[0]!.connectionId, accepted, `Creation of ${rows.length === 1 ? rows[0]!.name : `${rows.length} servers`}`);
  const seen = new Map<string, ObservedServer>();
  const made = await work.tx((place) => serversById(place, rows.map(({ id }) => id))); // prettier-ignore
  for (const row of made) {
    const wanted = row.desired.power === 'on' ? 'running' : 'stopped';
    seen.set(row.id, await seenAs(work, row, `See ${row.name} ${wanted}`, ({ status }) => status === wanted));
  }
  return seen;
}

/** Takes back one server that a Change made, wherever its making stood. */
async function unmake(work: Work, id: string): Promise<void> {
  const deleted = await work.tx(async (place) => (await wholeServer(place, id)).deletedAt !== null);
  if (deleted) return;
  const held = await holdForUndo(work, id);
  if (held.protected && held.madeBy !== work.changeId) {
    throw new Problem('deletion-protected', `"${held.name}" is protected against deletion. Lift that first with servers.protect.`);
  }
  const found =
    held.externalId === null ? await ask(work, held.connectionId, (cloud) => byMark(cloud, id)) : { externalId: held.externalId, action: null };
  const row = { ...held, externalId: found?.externalId ?? null };
  if (row.externalId === null) {
    await work.tx(async (place) => markDeleted(place, await wholeServer(place, id, true)));
    return;
  }
  const seen = await observe(work, row);
  if (seen?.status === 'creating') await seenAs(work, row, `Wait for ${row.name}`, ({ status }) => status !== 'creating');
  if (seen?.protection.delete)
    await set(work, row, `unprotect:${id}`, `Lift the protection of ${row.name}`, (calls, externalId) =>
      calls.protect(externalId, { delete: false }),
    );
  await deleteForGood(work, row, `undo-create:${id}`);
}

/** Rollback of a creation: nothing that it made is left, here or there. */
export async function unmakeAll(work: Work): Promise<void> {
  const noted = await work.recorded<string[]>('servers');
  for (const id of noted ?? (await madeHere(work))) await unmake(work, id);
}
