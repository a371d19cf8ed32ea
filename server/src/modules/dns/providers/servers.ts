import { parseName } from '../names.ts';
import { tsigSecret } from '../wire/tsig.ts';
import { embeddedServer, firstSets, type EmbeddedOptions } from './embedded.ts';
import type { DnsConnections, DnsServers } from './port.ts';
import { rfc2136 } from './rfc2136.ts';

export interface ServersOptions {
  connections: Pick<DnsConnections, 'open'>;
  embedded: EmbeddedOptions;
  /** Answers an address that may be connected to, for a host name or an address; throws for those that may not. */
  pin: (host: string) => Promise<string>;
}

/** The adapter that operations get: a server by connection. */
export const dnsServers = ({ connections, embedded, pin }: ServersOptions): DnsServers => ({
  async open(tenantId, connectionId, changeId) {
    const found = await connections.open(tenantId, connectionId, changeId);
    if (found.kind === 'embedded') return embeddedServer(embedded, tenantId);
    const { server, port, tsig } = found;
    const address = await pin(server);
    return rfc2136({ endpoint: { address, port }, key: { name: parseName(tsig.name), algorithm: tsig.algorithm, secret: tsigSecret(tsig.secret) } });
  },
  initial: (kind, zone, defaultTtl) =>
    kind === 'rfc2136'
      ? []
      : firstSets(zone, defaultTtl, embedded.endpoint.address).flatMap(({ values, ...set }) => values.map((value) => ({ ...set, value }))),
});
