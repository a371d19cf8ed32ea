import { and, asc, eq, inArray } from '#kernel/drizzle.ts';
import { joined, type Place } from '../find.ts';
import { connections, fabrics, participants, routeServers } from '../tables.ts';
import type { Listed } from './ixf.ts';

/** The fabrics of a tenant that are published, and who is on them. */
export async function listedOf(place: Place): Promise<Listed> {
  const { db, tenantId } = place;
  const published = await db
    .select()
    .from(fabrics)
    .where(and(eq(fabrics.tenantId, tenantId), eq(fabrics.published, true)))
    .orderBy(asc(fabrics.slug));
  const ids = published.map(({ id }) => id);
  if (ids.length === 0) return { fabrics: [], connections: [], servers: [] };
  const there = await joined(place)
    .where(and(eq(connections.tenantId, tenantId), inArray(connections.fabricId, ids), eq(connections.state, 'active')))
    .orderBy(asc(participants.asn), asc(connections.id));
  const servers = await db
    .select()
    .from(routeServers)
    .where(and(eq(routeServers.tenantId, tenantId), inArray(routeServers.fabricId, ids)))
    .orderBy(asc(routeServers.handle));
  return { fabrics: published, connections: there, servers };
}
