import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { ZoneState } from './schemas.ts';
import { zones } from './tables.ts';

type Health = 'healthy' | 'unhealthy' | 'unknown';
const OF_ZONE: Partial<Record<ZoneState, Health>> = { active: 'healthy', error: 'unhealthy', missing: 'unhealthy' };

/** How zones are, as their servers last showed them; of one that is being changed nothing is known. */
export async function zoneHealth(db: Database, tenantId: string, _type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Health>> {
  const rows = await db
    .select({ id: zones.id, state: zones.state })
    .from(zones)
    .where(and(eq(zones.tenantId, tenantId), inArray(zones.id, [...ids])));
  return new Map(rows.map(({ id, state }) => [id, OF_ZONE[state] ?? 'unknown']));
}
