import type { Config } from '#kernel/config.ts';
import { provide, providerOf, type Adapters, type Port } from '#kernel/port.ts';
import { findConnection } from '#modules/clouds/connection-rows.ts';
import { asSystem } from '#modules/clouds/credentials.ts';
import { openConnection } from '#modules/clouds/providers/open.ts';
import { outgoingHosts } from '#modules/clouds/providers/outgoing.ts';
import type { ConnectionValidators } from '#modules/clouds/validation.ts';
import { Lookups, systemLookups } from '#modules/dns/check/servers.ts';
import { startNameServer, type NameServer } from '#modules/dns/embedded/server.ts';
import { zoneFinder } from '#modules/dns/embedded/store.ts';
import { DnsConnections, DnsServers, type DnsCredentials } from '#modules/dns/providers/port.ts';
import { probeSettings } from '#modules/dns/providers/probe.ts';
import { dnsServers } from '#modules/dns/providers/servers.ts';
import type { Parts } from './core.ts';

const KINDS: Record<string, 'rfc2136' | 'embedded'> = { rfc2136: 'rfc2136', 'embedded-dns': 'embedded' };
const LOOPBACK = '127.0.0.1';

export const hostsFor = (config: Config) => outgoingHosts({ allowPrivate: config.allowPrivateTargets || config.demo });

/** Reads a connection of module clouds as the name server that it is. */
const credentialsOf = (kind: string, config: Record<string, unknown>, credential: Record<string, string> | null): DnsCredentials =>
  KINDS[kind] === 'rfc2136'
    ? {
        kind: 'rfc2136',
        server: String(config['address'] ?? config['server']),
        port: Number(config['port']),
        tsig: { name: String(config['tsigName']), algorithm: config['tsigAlgorithm'] as 'hmac-sha256', secret: credential?.['tsigSecret'] ?? '' },
      }
    : { kind: 'embedded' };

/** What module dns talks to: name servers by connection, the one that we bring along, and the resolvers of this machine. */
export function dnsAdapters({ databases, now }: Parts, config: Config, adapters: () => Adapters): readonly (readonly [Port<unknown>, unknown])[] {
  const hosts = hostsFor(config);
  const connections: DnsConnections = {
    async find(db, tenantId, connectionId) {
      const row = await findConnection({ db, tenantId }, connectionId).catch(() => undefined);
      const kind = row && KINDS[row.kind];
      return kind ? { kind, name: row.name, environment: row.environment } : undefined;
    },
    async open(tenantId, connectionId, changeId) {
      const deps = { databases, provider: providerOf(adapters()), hosts, now };
      const { kind, config: settings, credential } = await openConnection(deps, tenantId, connectionId, asSystem('dns', changeId));
      return credentialsOf(kind, settings, credential);
    },
  };
  const embedded = { databases, endpoint: { address: LOOPBACK, port: config.dnsPort } };
  return [
    provide(DnsConnections, connections),
    provide(DnsServers, dnsServers({ connections, embedded, pin: hosts.pin })),
    provide(Lookups, systemLookups()),
  ];
}

/** Checks connections to name servers for module clouds. */
export const dnsValidators = (config: Config): ConnectionValidators => ({
  async validate(kind, { config: settings, credential }, signal) {
    if (kind === 'embedded-dns') {
      const checks = [{ name: 'reach', ok: true, detail: `Zones are served at ${LOOPBACK} port ${config.dnsPort}.`, remedy: null }];
      return { ok: true, identity: `${LOOPBACK}:${config.dnsPort}`, checks, warnings: [] };
    }
    const found = kind === 'rfc2136' ? credentialsOf(kind, settings, credential) : undefined;
    if (found?.kind !== 'rfc2136') return undefined;
    const zone = typeof settings['zone'] === 'string' ? settings['zone'] : undefined;
    const checks = await probeSettings(found, zone, signal);
    const warnings = zone === undefined ? ['Name a zone to have the key and updates tried too.'] : [];
    return { ok: checks.every(({ ok }) => ok), identity: `${found.server}:${found.port}`, checks, warnings };
  },
});

/** The name server that we bring along, for the demo: on loopback, answering what the tables say. */
export const startDns = ({ databases, log }: Pick<Parts, 'databases' | 'log'>, config: Config): Promise<NameServer> =>
  startNameServer({
    address: LOOPBACK,
    port: config.dnsPort,
    find: zoneFinder(databases),
    onError: (error) => log.warn({ err: error }, 'name server'),
  });
