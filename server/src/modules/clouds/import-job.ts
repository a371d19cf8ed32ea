import { and, eq, inArray } from 'drizzle-orm';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { ask, send, type Place } from './calls.ts';
import { catalogOf, findConnection } from './connection-rows.ts';
import type { ObservedServer } from './providers/port.ts';
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

async function insertImported(
  place: Place,
  work: Work,
  { connectionId, serverId, externalId, environment }: Import,
  seen: ObservedServer,
): Promise<Server> {
  const { db, tenantId, now, emit } = place;
  const [already] = await serversById(place, [serverId]);
  if (already) return serverView(already);
  const connection = await findConnection(place, connectionId);
  const catalog = await catalogOf(place, connection);
  const size = catalog.sizes.find(({ id }) => id === seen.size);
  const image = catalog.images.find(({ id }) => id === seen.image);
  if (!size) throw new Problem('size-unavailable', `"${seen.name}" has the size ${seen.size}, which is not in the catalog; run clouds.sync first.`);
  const [row] = await db
    .insert(servers)
    .values({
      tenantId,
      id: serverId,
      connectionId,
      externalId,
      name: seen.name,
      status: statusOf(seen.status, 'unknown'),
      region: seen.region,
      zone: seen.zone,
      size: seen.size,
      image: seen.image,
      architecture: image?.architecture ?? size.architecture,
      vcpus: size.vcpus,
      reservedVcpus: size.vcpus,
      memoryMb: size.memoryMb,
      diskGb: seen.diskGb,
      publicIpv4: seen.publicIpv4,
      publicIpv6: seen.publicIpv6,
      environment: environment === undefined ? connection.environment : environment,
      labels: seen.labels,
      protected: seen.protection.delete,
      desired: { name: seen.name, size: seen.size, labels: seen.labels, protected: seen.protection.delete, power: isPowered(seen.status) },
      observed: seen,
      observedAt: now(),
      managed: 'imported',
      monthlyAmount: size.monthly.amount,
      currency: size.monthly.currency,
      madeBy: work.changeId,
      createdBy: work.actor.id,
      createdAt: now(),
      updatedAt: now(),
    })
    .returning();
  await db
    .update(findings)
    .set({ status: 'adopted', closedAt: now(), updatedAt: now(), decidedBy: work.actor.id })
    .where(
      and(
        eq(findings.tenantId, tenantId),
        eq(findings.connectionId, connectionId),
        eq(findings.externalId, externalId),
        inArray(findings.status, ['open', 'ignored']),
      ),
    );
  emit('server.imported', { id: serverId, name: seen.name, connectionId, externalId });
  return serverView(row!);
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
