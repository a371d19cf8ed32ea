import { randomBytes } from 'node:crypto';
import type { Config } from '#kernel/config.ts';
import { provide } from '#kernel/port.ts';
import { Sealing } from '#modules/clouds/connection-rows.ts';
import { clouds, cloudsCreate } from '#modules/clouds/index.ts';
import { cloudProviders } from '#modules/clouds/providers/clouds.ts';
import { CloudProviders, SimulatorControl } from '#modules/clouds/providers/port.ts';
import { databaseStore } from '#modules/clouds/providers/simulated/store.database.ts';
import { ConnectionValidators, OutgoingHosts } from '#modules/clouds/validation.ts';
import { dnsAdapters, dnsValidators, hostsFor } from '../../dns.ts';
import { createWorld, type Person, type World, type WorldOptions } from '#test/world.ts';
import { Lookups } from './check/servers.ts';
import { startNameServer, type NameServer } from './embedded/server.ts';
import { zoneFinder } from './embedded/store.ts';
import type { Knot } from './fixtures/knot.ts';
import { freePort } from './fixtures/ports.ts';
import { dns, dnsCreateZone, dnsExport, dnsListRecords } from './index.ts';
import type { Record, Zone } from './schemas.ts';
import type { Endpoint } from './wire/exchange.ts';

export interface DnsWorldOptions extends Omit<WorldOptions, 'modules' | 'adapters'> {
  resolvers?: Endpoint[];
  addresses?: (host: string) => Promise<string[]>;
}

/** Real database, Gate and jobs, real connections of module clouds, and the embedded name server on a free port. */
export async function dnsWorld({ resolvers = [], addresses = async () => [], ...options }: DnsWorldOptions = {}) {
  const port = await freePort();
  const faults: string[] = [];
  const config = { dnsPort: port, allowPrivateTargets: true, demo: true } as Config;
  const world: World = await createWorld({
    modules: [clouds, dns],
    ...options,
    adapters: (parts) => [
      provide(CloudProviders, cloudProviders({ store: databaseStore(parts.databases) })),
      provide(Sealing, parts.sealer),
      provide(SimulatorControl, null),
      provide(OutgoingHosts, hostsFor(config)),
      provide(ConnectionValidators, dnsValidators(config)),
      ...dnsAdapters(parts, config, () => world.adapters),
      provide(Lookups, { resolvers, addresses }),
    ],
  });
  const server: NameServer = await startNameServer({ port, find: zoneFinder(world.databases), onError: (error) => void faults.push(error.message) });
  const tag = (): string => randomBytes(3).toString('hex');
  const made = async (operation: typeof dnsCreateZone, input: object, person: Person): Promise<Zone> => {
    const change = await world.settled(await world.accepted(operation, input, person), person);
    if (change.state !== 'succeeded') throw new Error(`${change.number} ${change.state}: ${JSON.stringify(change.problem)}`);
    return change.outcome as Zone;
  };
  return {
    ...world,
    dnsPort: port,
    dnsFaults: faults,
    embedded: async (person: Person, environment: string | null = null): Promise<string> =>
      (await world.done(cloudsCreate, { name: `dns-${tag()}`, kind: 'embedded-dns', environment }, person)).id,
    rfc2136: async (person: Person, knot: Pick<Knot, 'secret'> & { port: number }, zone?: string): Promise<string> =>
      (
        await world.done(
          cloudsCreate,
          {
            name: `knot-${tag()}`,
            kind: 'rfc2136',
            config: { server: '127.0.0.1', port: knot.port, tsigName: 'ours.', ...(zone ? { zone } : {}) },
            credential: { tsigSecret: knot.secret },
          },
          person,
        )
      ).id,
    zone: (person: Person, connectionId: string, name = `${tag()}.test`, more: object = {}): Promise<Zone> =>
      made(dnsCreateZone, { name, connectionId, ...more }, person),
    records: async (person: Person, id: string, more: object = {}): Promise<Record[]> =>
      (await world.done(dnsListRecords, { id, limit: 200, ...more }, person)).items,
    file: async (person: Person, id: string): Promise<string> => (await world.done(dnsExport, { id }, person)).content,
    async close() {
      await server.close();
      await world.close();
    },
  };
}
export type DnsWorld = Awaited<ReturnType<typeof dnsWorld>>;
