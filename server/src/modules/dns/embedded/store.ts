import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Name } from '../names.ts';
import { parentOf } from '../names.ts';
import { servedZones } from '../tables.ts';
import { indexZone, type ServedSet, type ZoneIndex } from './zone.ts';

const REASON = 'embedded name server';
const MAX_CACHED = 100;

/**
 * Zones for the name server, looked up for every query: a change that another process made, or one made before a crash, is
 * answered at once. Only what has not changed is taken from memory.
 */
export function zoneFinder(databases: Databases): (names: readonly Name[]) => Promise<ZoneIndex | undefined> {
  const known = new Map<string, ZoneIndex>();
  return (names) =>
    databases.platform(REASON, async (db) => {
      const [head] = await db
        .select({ id: servedZones.id, tenantId: servedZones.tenantId, name: servedZones.name, serial: servedZones.serial })
        .from(servedZones)
        .where(inArray(servedZones.name, [...names]))
        .orderBy(sql`length(${servedZones.name}) desc`)
        .limit(1);
      if (!head) return undefined;
      const key = `${head.id} ${head.serial}`;
      const cached = known.get(key);
      if (cached) return cached;
      const [row] = await db
        .select()
        .from(servedZones)
        .where(and(eq(servedZones.tenantId, head.tenantId), eq(servedZones.id, head.id)));
      if (!row) return undefined;
      const index = indexZone(row.name, row.serial, row.soaTtl, row.sets);
      if (known.size >= MAX_CACHED) known.delete(known.keys().next().value!);
      known.set(`${row.id} ${row.serial}`, index);
      return index;
    });
}

export interface Served {
  serial: number;
  soaTtl: number;
  sets: ServedSet[];
}

/** Serial for today (RFC 1912 2.2, YYYYMMDDnn), or one more than the last. */
export const nextSerial = (last: number, now: Date): number => Math.max(last + 1, Number(now.toISOString().slice(0, 10).replaceAll('-', '')) * 100);

export async function readServed(db: Database, tenantId: string, name: Name, lock = false): Promise<(Served & { id: string }) | undefined> {
  const query = db
    .select()
    .from(servedZones)
    .where(and(eq(servedZones.tenantId, tenantId), eq(servedZones.name, name)));
  const [row] = await (lock ? query.for('update') : query);
  return row && { id: row.id, serial: row.serial, soaTtl: row.soaTtl, sets: row.sets };
}

export async function writeServed(db: Database, tenantId: string, id: string, serial: number, sets: ServedSet[]): Promise<void> {
  await db
    .update(servedZones)
    .set({ serial, sets, updatedAt: new Date() })
    .where(and(eq(servedZones.tenantId, tenantId), eq(servedZones.id, id)));
}

export const removeServed = async (db: Database, tenantId: string, name: Name): Promise<void> =>
  void (await db.delete(servedZones).where(and(eq(servedZones.tenantId, tenantId), eq(servedZones.name, name))));

/**
 * Takes a name for a tenant. Nobody may have it, hold a zone above it (it would be theirs to delegate) or below it (it would hide
 * theirs), unless it is the same tenant. Answers false when someone else stands in the way, without telling who.
 */
export function takeName(databases: Databases, tenantId: string, name: Name, zone: Served): Promise<boolean> {
  return databases.platform(REASON, async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(hashtext('dns_served_zones'))`);
    const above: Name[] = [];
    for (let at: Name | undefined = name; at !== undefined && at !== ''; at = parentOf(at)) above.push(at);
    const near = await db
      .select({ tenantId: servedZones.tenantId, name: servedZones.name })
      .from(servedZones)
      .where(sql`${servedZones.name} = any(${sql.param(above)}::text[]) or right(${servedZones.name}, ${name.length + 1}) = ${`.${name}`}`);
    if (near.some((other) => other.tenantId !== tenantId)) return false;
    if (near.some((other) => other.name === name)) return true;
    await db.insert(servedZones).values({ tenantId, id: newId(), name, ...zone });
    return true;
  });
}
