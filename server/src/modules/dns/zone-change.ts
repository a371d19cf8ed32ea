import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { isStored, loadSets, storeChange } from './content.ts';
import { asProblems } from './faults.ts';
import type { Wanted } from './plans.ts';
import { DnsServerFault, DnsServers, type DnsServer } from './providers/port.ts';
import { diffSets, invert, sameAnswer, setKey, type SetChange } from './sets.ts';
import { zones, type ZoneRow } from './tables.ts';
import { findZone, holdZone, setZone } from './zone-rows.ts';

/** What the first step of a job worked out: it stays the same through every crash, and is what an undo goes by. */
interface Prepared {
  zoneId: string;
  changes: SetChange[];
  serial?: number | undefined;
}

/** How long a server that does not answer is waited for before the Change is given up. */
const PATIENCE_SECONDS = 120;

export const openServer = (work: Work, { connectionId }: ZoneRow): Promise<DnsServer> =>
  asProblems(() => work.provider(DnsServers).open(work.tenantId, connectionId, work.changeId));

/** Tries until the server answers, as long as it is only out of reach. A cancel ends the wait. */
export async function patiently<T>(work: Work, title: string, talk: () => Promise<T>): Promise<T> {
  let last: unknown;
  const attempt = async (): Promise<{ result: T } | undefined> => {
    try {
      return { result: await talk() };
    } catch (error) {
      if (!(error instanceof DnsServerFault) || (error.kind !== 'unavailable' && error.kind !== 'timeout')) throw error;
      if (last === undefined) await work.log(`The name server is out of reach and is tried again: ${error.message}`, 'warn');
      last = error;
      return undefined;
    }
  };
  try {
    return (await work.until(title, attempt, { everyMs: 1_000, timeoutSeconds: PATIENCE_SECONDS })).result;
  } catch (error) {
    throw last !== undefined && error instanceof Problem && error.slug === 'deadline-exceeded' ? last : error;
  }
}

/** One part of a change, sent once in effect: what was sent before a crash is found done by the server itself. */
function send(
  work: Work,
  server: DnsServer,
  zone: ZoneRow,
  part: readonly SetChange[],
  { key, title, serial, first }: { key: string; title: string; serial?: number | undefined; first: boolean },
): Promise<number> {
  const attempt = async (): Promise<number> => {
    await work.tx((ctx) => setZone(ctx, zone.id, { sent: true }));
    try {
      return await server.apply(zone.name, part, { signal: work.signal, serial });
    } catch (error) {
      // Nothing of this part was written, so with nothing before it there is nothing to undo.
      if (first && error instanceof DnsServerFault && error.kind !== 'unknown') await work.tx((ctx) => setZone(ctx, zone.id, { sent: false }));
      throw error;
    }
  };
  return work.step(key, title, () => asProblems(() => patiently(work, title, attempt)));
}

export async function sendAll(
  work: Work,
  server: DnsServer,
  zone: ZoneRow,
  parts: readonly (readonly SetChange[])[],
  prefix: string,
  serial?: number,
): Promise<number | undefined> {
  let last: number | undefined;
  for (const [at, part] of parts.entries()) {
    const which = parts.length > 1 ? ` (part ${at + 1} of ${parts.length})` : '';
    last = await send(work, server, zone, part, {
      key: `${prefix}:${at + 1}`,
      title: `Send ${part.length} record set(s) of ${zone.name}${which}`,
      serial,
      first: at === 0,
    });
    await work.progress(10 + Math.round(((at + 1) / parts.length) * 80));
  }
  return last;
}

/** The body of every job that changes records: work out, send, record. */
export async function carryOut(
  work: Work,
  operation: string,
  wanted: (ctx: WorkContext) => Promise<Wanted>,
): Promise<{ zone: ZoneRow; changes: SetChange[] }> {
  const prepared = await work.step('prepare', 'Work out the record sets', () =>
    work.tx(async (ctx): Promise<Prepared> => {
      const { zone, before, after, serial } = await wanted(ctx);
      return { zoneId: zone.id, changes: diffSets(before, after), ...(serial === undefined ? {} : { serial }) };
    }),
  );
  const zone = await work.tx((ctx) => findZone(ctx, prepared.zoneId));
  const server = await openServer(work, zone);
  const parts = server.parts(zone.name, prepared.changes);
  const serial = (await sendAll(work, server, zone, parts, 'send', prepared.serial)) ?? zone.serial ?? 0;
  await record(work, operation, prepared, serial);
  return { zone: await work.tx((ctx) => findZone(ctx, prepared.zoneId)), changes: prepared.changes };
}

const record = (work: Work, operation: string, { zoneId, changes }: Prepared, serial: number): Promise<{ revision: number }> =>
  work.step('record', 'Record the new version', () =>
    work.tx(async (ctx) => {
      const zone = await findZone(ctx, zoneId, { lock: true });
      const { revision } = await storeChange(ctx, { zone, operation, changes, serial });
      return { revision };
    }),
  );

/** Lets go of whatever zone this Change holds. */
export const letGo = (work: Work, patch: Partial<ZoneRow> = {}): Promise<void> =>
  work.tx(async ({ db, tenantId, now, changeId }) => {
    await db
      .update(zones)
      .set({ state: 'active', ...patch, changeId: null, changeNumber: null, sent: false, updatedAt: now() })
      .where(and(eq(zones.tenantId, tenantId), eq(zones.changeId, changeId!)));
  });

/** Puts the earlier record sets back: at the server, and here when they had been recorded. */
export async function undoChange(work: Work): Promise<void> {
  const prepared = await work.recorded<Prepared>('prepare');
  if (!prepared) return letGo(work);
  const recorded = (await work.recorded('record')) !== undefined;
  const zone = await work.tx((ctx) => (recorded ? heldForUndo(ctx, prepared) : findZone(ctx, prepared.zoneId)));
  if (!zone || (!recorded && !zone.sent)) return letGo(work);
  const server = await openServer(work, zone);
  const parts = server.parts(zone.name, prepared.changes).toReversed().map(invert);
  const serial = await sendAll(work, server, zone, parts, 'unsend');
  if (recorded) await record(work, UNDO, { ...prepared, changes: invert(prepared.changes) }, serial ?? zone.serial ?? 0);
  else await letGo(work, serial === undefined ? {} : { serial });
}

const UNDO = 'changes.rollback';

/** Undoing what was recorded is a change of its own: the sets must still be as that Change left them. Undefined when it is done already. */
async function heldForUndo(ctx: WorkContext, { zoneId, changes }: Prepared): Promise<ZoneRow | undefined> {
  if (await isStored(ctx, zoneId, UNDO)) return undefined;
  const zone = await holdZone(ctx, zoneId, ctx.changeId!, 'updating');
  const now = await loadSets(ctx, zoneId);
  const other = changes.find((change) => !sameAnswer(now.get(setKey(change)) ?? null, change.after));
  if (other)
    throw new Problem('zone-drifted', `${setKey(other)} was changed again since. Undo the later change first, or restore a version of the zone.`);
  return zone;
}
