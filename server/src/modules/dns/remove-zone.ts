import { isUniqueViolation, sqlError } from '#kernel/sql-errors.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { adopt, loadSets } from './content.ts';
import { asProblems } from './faults.ts';
import { diffSets } from './sets.ts';
import type { ZoneRow } from './tables.ts';
import { letGo, openServer, patiently, sendAll } from './zone-change.ts';
import { findZone, gone, holdZone, setZone } from './zone-rows.ts';

/** Takes a zone away at a server that makes zones, and marks it deleted here; its rows are kept for exports. */
export async function removeZone(work: Work, id: string): Promise<ZoneRow> {
  const zone = await work.tx((ctx) => findZone(ctx, id, { deleted: true }));
  const server = await openServer(work, zone);
  await work.step('remove', server.ownsZones ? `Take ${zone.name} away at the server` : `Let ${zone.name} go; the server keeps it`, async () => {
    await work.tx((ctx) => setZone(ctx, id, { sent: true }));
    if (server.ownsZones) await asProblems(() => patiently(work, 'the name server', () => server.remove(zone.name)));
    return true;
  });
  await work.step('record', 'Mark the zone deleted', () =>
    work.tx(async (ctx) => {
      const now = await findZone(ctx, id, { lock: true, deleted: true });
      if (now.deletedAt) return true;
      await setZone(ctx, id, gone(ctx.now(), now.version));
      ctx.emit('dns.zone.deleted', { id, name: now.name });
      return true;
    }),
  );
  return work.tx((ctx) => findZone(ctx, id, { deleted: true }));
}

/** Brings a deleted zone back, with all its records. */
export async function restoreZone(work: Work, id: string): Promise<void> {
  const zone = await work.tx((ctx) => holdZone(ctx, id, ctx.changeId!, 'updating', true));
  const recorded = (await work.recorded('record')) !== undefined;
  if (!zone.sent && !recorded) return letGo(work);
  if (zone.deletedAt) await reopen(work, zone);
  const server = await openServer(work, zone);
  if (server.ownsZones) {
    await work.step('create', `Make ${zone.name} at the server again`, async () => {
      await asProblems(() => patiently(work, 'the name server', () => server.create(zone.name, zone.defaultTtl)));
      return true;
    });
    const changes = await work.step('compare', 'Compare with the records kept here', async () => {
      const { records } = await asProblems(() => server.read(zone.name, work.signal));
      const wanted = await work.tx((ctx) => loadSets(ctx, id));
      return diffSets(adopt(records, wanted), wanted);
    });
    const serial = await sendAll(work, server, zone, server.parts(zone.name, changes), 'send', (zone.serial ?? 0) + 1);
    if (serial !== undefined) await work.tx((ctx) => setZone(ctx, id, { serial }));
  }
  await letGo(work);
  if (recorded) await work.tx(async (ctx) => ctx.emit('dns.zone.created', { id, name: zone.name, restored: true }));
}

/** The name may have been taken since, and the connection removed. */
async function reopen(work: Work, zone: ZoneRow): Promise<void> {
  try {
    await work.tx((ctx) => setZone(ctx, zone.id, { deletedAt: null, heldConnectionId: zone.connectionId, version: zone.version + 1 }));
  } catch (error) {
    if (sqlError(error)?.code === '23503') throw new Problem('zone-not-served', `The connection that served ${zone.name} has been removed.`);
    if (!isUniqueViolation(error)) throw error;
    throw new Problem('zone-exists', `The zone name ${zone.name} has been taken since it was deleted.`);
  }
}
