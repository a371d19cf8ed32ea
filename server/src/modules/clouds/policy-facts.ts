import type { Database } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { quotaLines } from './quota.ts';
import type { ConnectionStatus, ServerStatus } from './schemas.ts';
import { connections, servers } from './tables.ts';

export type Health = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

const OF_CONNECTION: Record<ConnectionStatus, Health> = {
  active: 'healthy',
  degraded: 'degraded',
  auth_failed: 'unhealthy',
  unreachable: 'unhealthy',
  paused: 'unknown',
};
const OF_SERVER: Partial<Record<ServerStatus, Health>> = { running: 'healthy', stopped: 'healthy', error: 'unhealthy', missing: 'unhealthy' };

/** A server that is at rest is healthy, one that is not as it should be degraded; of one in motion nothing is known. */
export const serverHealth = ({ status, openFindings }: { status: ServerStatus; openFindings: number }): Health => {
  const health = OF_SERVER[status] ?? 'unknown';
  return health === 'healthy' && openFindings > 0 ? 'degraded' : health;
};

/** How servers are, and connections to clouds, as they were last seen. */
export async function cloudHealth(db: Database, tenantId: string, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Health>> {
  if (type === 'server') {
    const rows = await db
      .select({ id: servers.id, status: servers.status, openFindings: servers.openFindings })
      .from(servers)
      .where(and(eq(servers.tenantId, tenantId), inArray(servers.id, [...ids])));
    return new Map(rows.map((row) => [row.id, serverHealth(row)]));
  }
  const rows = await db
    .select({ id: connections.id, status: connections.status })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), inArray(connections.id, [...ids])));
  return new Map(rows.map(({ id, status }) => [id, OF_CONNECTION[status]]));
}

/** How many servers and vCPU the tenant may still have. */
export async function cloudRemaining(db: Database, tenantId: string): Promise<Record<string, number>> {
  const [ofServers, ofVcpus] = await quotaLines({ db, tenantId }, { servers: 0, vcpus: 0 });
  const left = ({ limit, before }: { limit: number | null; before: number }): number => Math.max(0, limit! - before);
  return { servers: left(ofServers!), vcpus: left(ofVcpus!) };
}
