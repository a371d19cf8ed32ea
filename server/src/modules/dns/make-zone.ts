import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { storeChange } from './content.ts';
import { asProblems } from './faults.ts';
import { withContent, type FirstContent } from './new-zone.ts';
import type { SetChange } from './sets.ts';
import { diffSets } from './sets.ts';
import { zones, type ZoneRow } from './tables.ts';
import { openServer, patiently, sendAll } from './zone-change.ts';
import { findZone, gone, holdZone, setZone, thisZone } from './zone-rows.ts';

interface Begun {
  zoneId: string;
  /** From nothing to what the zone has when all is done: the first version. */
  whole: SetChange[];
  /** What of it must still be sent. */
  rest: SetChange[];
  soa: { ttl: number; value: string };
  serial: number;
  least?: number;
}

const mine = (work: Work): Promise<ZoneRow | undefined> =>
  work.tx(async ({ db, tenantId, changeId }) => {
    const [row] = await db
      .select()
      .from(zones)
      .where(and(eq(zones.tenantId, tenantId), eq(zones.changeId, changeId!)));
    return row;
  });

/** Makes or adopts a zone at its server and records what is in it as its first version. */
export async function makeZone(work: Work, content: FirstContent): Promise<ZoneRow> {
  const zoneId = await work.step('reserve', 'Find the reserved zone', async () => (await mine(work))?.id);
  const zone = await work.tx((ctx) => findZone(ctx, zoneId!));
  const server = await openServer(work, zone);
  await work.step('create', server.ownsZones ? `Make ${zone.name} at the server` : `Find ${zone.name} at the server`, async () => {
    await work.tx((ctx) => setZone(ctx, zone.id, { sent: true }));
    await asProblems(() => patiently(work, 'the name server', () => server.create(zone.name, zone.defaultTtl)));
    return true;
  });
  const begun = await work.step('prepare', `Read what ${zone.name} has`, async (): Promise<Begun> => {
    const { records, serial, soa } = await asProblems(() => patiently(work, 'the transfer', () => server.read(zone.name, work.signal)));
    const { before, after, serial: least } = withContent(zone, records, content);
    return {
      zoneId: zone.id,
      whole: diffSets(new Map(), after),
      rest: diffSets(before, after),
      soa,
      serial,
      ...(least === undefined ? {} : { least }),
    };
  });
  const sent = await sendAll(work, server, zone, server.parts(zone.name, begun.rest), 'send', begun.least);
  await work.step('record', 'Record the first version', () =>
    work.tx(async (ctx) => {
      const now = await findZone(ctx, zone.id, { lock: true });
      const serial = sent ?? begun.serial;
      const { revision } = await storeChange(ctx, {
        zone: { ...now, soa: null },
        operation: 'dns.createZone',
        changes: begun.whole,
        serial,
        soa: begun.soa,
      });
      ctx.emit('dns.zone.created', {
        id: now.id,
        name: now.name,
        connectionId: now.connectionId,
        environment: now.environment,
        records: begun.whole.length,
      });
      return { revision };
    }),
  );
  return work.tx((ctx) => findZone(ctx, zone.id));
}

/** Takes a zone away again: one that was never finished, or one that a Change made and nobody has touched since. */
export async function unmakeZone(work: Work): Promise<void> {
  const finished = (await work.recorded('record')) !== undefined;
  const zoneId = (await work.recorded<string>('reserve')) ?? (await mine(work))?.id;
  if (zoneId === undefined) return;
  const zone = await work.tx(async (ctx) => {
    const row = finished ? await holdZone(ctx, zoneId, ctx.changeId!, 'deleting') : await findZone(ctx, zoneId);
    if (row.revision > 1)
      throw new Problem('zone-drifted', `${row.name} has been changed since it was made. Delete it with dns.deleteZone if that is what you want.`);
    return row;
  });
  if (zone.sent || finished) {
    const server = await openServer(work, zone);
    if (server.ownsZones)
      await work.step('remove', `Take ${zone.name} away at the server`, () =>
        asProblems(() => patiently(work, 'the name server', () => server.remove(zone.name))),
      );
  }
  await work.tx(async (ctx) => {
    if (finished) await setZone(ctx, zoneId, gone(ctx.now(), zone.version));
    else await ctx.db.delete(zones).where(thisZone(ctx.tenantId, zoneId));
    if (finished) ctx.emit('dns.zone.deleted', { id: zoneId, name: zone.name });
  });
}
