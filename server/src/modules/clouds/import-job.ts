import { and, eq, inArray } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { ask, send, type Place } from './calls.ts';
import { catalogOf, findConnection } from './connection-rows.ts';
import type { Catalog, ObservedServer } from './providers/port.ts';
import { isPowered, statusOf } from './rules.ts';
import type { Server } from './schemas.ts';
import { serversById, serverView } from './server-rows.ts';
import { findings, servers } from './tables.ts';

/** What a finding shows of a server that is not managed. */
export type Candidate = Pick<ObservedServer, 'name' | 'size' | 'region' | 'image' | 'status'>;

interface Import {
  connectionId: string;
  serverId: string;
  externalId: string;
  environment: string | null | undefined;
}

/** What it is now is what it should be. */
function importedRow(work: Work, { connectionId, serverId, externalId }: Import, seen: ObservedServer, catalog: Catalog) {
  const size = catalog.sizes.find(({ id }) => id === seen.size);
  if (!size) throw new Problem('size-unavailable', `"${seen.name}" has the size ${seen.size}, which is not in the catalog; run clouds.sync first.`);
  const { name, region, zone, image, diskGb, publicIpv4, publicIpv6, labels, protection } = seen;
  return {
    tenantId: work.tenantId,
    id: serverId,
    connectionId,
    externalId,
    name,
    status: statusOf(seen.status, 'unknown'),
    region,
    zone,
    size: size.id,
    image,
    architecture: catalog.images.find(({ id }) => id === image)?.architecture ?? size.architecture,
    vcpus: size.vcpus,
    reservedVcpus: size.vcpus,
    memoryMb: size.memoryMb,
    diskGb,
    publicIpv4,
    publicIpv6,
    labels,
    protected: protection.delete,
    desired: { name, size: size.id, labels, protected: protection.delete, power: isPowered(seen.status) },
    observed: seen,
    managed: 'imported' as const,
    monthlyAmount: size.monthly.amount,
    currency: size.monthly.currency,
    madeBy: work.changeId,
    createdBy: work.actor.id,
  };
}

async function insertImported(place: Place, work: Work, wish: Import, seen: ObservedServer): Promise<Server> {
  const { db, tenantId, now, emit } = place;
  const { connectionId, serverId, externalId, environment } = wish;
  const [already] = await serversById(place, [serverId]);
  if (already) return serverView(already);
  const connection = await findConnection(place, connectionId);
  const row = importedRow(work, wish, seen, await catalogOf(place, connection));
  const at = now();
  const [stored] = await db
    .insert(servers)
    .values({ ...row, environment: environment === undefined ? connection.environment : environment, observedAt: at, createdAt: at, updatedAt: at })
    .returning();
  const standing = and(eq(findings.connectionId, connectionId), eq(findings.externalId, externalId), inArray(findings.status, ['open', 'ignored']));
  await db
    .update(findings)
    .set({ status: 'adopted', closedAt: at, updatedAt: at, decidedBy: work.actor.id })
    .where(and(eq(findings.tenantId, tenantId), standing));
  emit('server.imported', { id: serverId, name: seen.name, connectionId, externalId });
  return serverView(stored!);
}

/** Marks one server as ours and takes it into the tables as it is. */
export async function importOne(work: Work, wish: Import): Promise<Server> {
  const { connectionId, serverId, externalId } = wish;
  const mark = { id: serverId, change: work.changeId };
  await work.step(`mark:${externalId}`, `Mark ${externalId}`, () =>
    send(work, {
      connectionId,
      serverId,
      key: 'mark',
      input: { externalId, mark },
      sequenceBefore: null,
      act: (cloud) => cloud.servers.update(externalId, { mark }),
      find: () => Promise.resolve(undefined),
    }),
  );
  const seen = await ask(work, connectionId, (cloud) => cloud.servers.get(externalId));
  if (!seen) throw new Problem('resource-gone', `Server ${externalId} vanished at the provider while it was imported.`);
  return work.tx((place) => insertImported(place, work, wish, seen));
}
