import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Joined } from '../find.ts';
import type { FabricRow, RouteServerRow } from '../tables.ts';

const int = z.int();
const address = (family: 4 | 6) =>
  z.strictObject({
    address: family === 4 ? z.ipv4() : z.ipv6(),
    as_macro: z.string().optional(),
    max_prefix: int.optional(),
    routeserver: z.boolean(),
    services: z.array(z.strictObject({ type: z.enum(['ixroutecollector', 'ixrouteserver']), daemon: z.string().optional() })).optional(),
  });
const lan = (family: 4 | 6) => z.strictObject({ prefix: family === 4 ? z.ipv4() : z.ipv6(), mask_length: int });

/** The IX-F member export, version 1.0 (euro-ix/json-schemas): what of it we fill, with its names, types and what it demands. */
export const MemberExport = z
  .strictObject({
    version: z.literal('1.0'),
    timestamp: z.iso.datetime(),
    ixp_list: z.array(
      z.strictObject({
        ixp_id: int.meta({ help: 'Stays the same for a fabric' }),
        ixf_id: int.meta({ help: 'Of the exchange in the IX-F database; 0 when it is not there' }),
        peeringdb_id: int.optional(),
        shortname: z.string(),
        name: z.string(),
        vlan: z.array(z.strictObject({ id: int, name: z.string(), ipv4: lan(4).optional(), ipv6: lan(6) })),
      }),
    ),
    member_list: z.array(
      z.strictObject({
        asnum: int,
        member_type: z.enum(['peering', 'ixp', 'other']),
        name: z.string().optional(),
        peering_policy_url: z.url().optional(),
        member_since: z.iso.datetime().optional(),
        connection_list: z.array(
          z.strictObject({
            ixp_id: int,
            state: z.literal('active'),
            connected_since: z.iso.datetime(),
            vlan_list: z.array(z.strictObject({ vlan_id: int, ipv4: address(4).optional(), ipv6: address(6) })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ExchangeMemberExport' });
export type MemberExport = z.output<typeof MemberExport>;
type Member = MemberExport['member_list'][number];
type Connection = Member['connection_list'][number];

/** Fabrics have one LAN each. */
const VLAN = 1;

/** A number for what has an id: 31 of its random bits, so that it stays when others come and go. */
export const numberOf = (id: string): number => Number.parseInt(id.slice(-8), 16) % 2 ** 31 || 1;

function lanOf(prefix: string): { prefix: string; mask_length: number } {
  const [network, bits] = ipaddr.parseCIDR(prefix);
  return { prefix: network.toString(), mask_length: bits };
}

export interface Listed {
  fabrics: readonly FabricRow[];
  connections: readonly Joined[];
  servers: readonly RouteServerRow[];
}

const ixp = ({ id, slug, name, ixfId, peeringdbIxId, ipv4Prefix, ipv6Prefix }: FabricRow): MemberExport['ixp_list'][number] => ({
  ixp_id: numberOf(id),
  ixf_id: ixfId ?? 0,
  ...(peeringdbIxId === null ? {} : { peeringdb_id: peeringdbIxId }),
  shortname: slug,
  name,
  vlan: [{ id: VLAN, name, ...(ipv4Prefix === null ? {} : { ipv4: lanOf(ipv4Prefix) }), ipv6: lanOf(ipv6Prefix) }],
});

function port({ connection, fabric, participant }: Joined, routeserver: boolean): Connection {
  const { asSet, maxPrefixesV4, maxPrefixesV6 } = participant;
  const of = (ip: string, most: number | null) => ({
    address: ip,
    ...(asSet === null ? {} : { as_macro: asSet }),
    ...(most === null ? {} : { max_prefix: most }),
    routeserver,
  });
  return {
    ixp_id: numberOf(fabric.id),
    state: 'active',
    connected_since: connection.createdAt.toISOString(),
    vlan_list: [
      {
        vlan_id: VLAN,
        ...(connection.addressV4 === null ? {} : { ipv4: of(connection.addressV4, maxPrefixesV4) }),
        ipv6: of(connection.addressV6, maxPrefixesV6),
      },
    ],
  };
}

/** The exchange itself, by its route servers. */
function ofExchange({ id, rsAsn, name }: FabricRow, servers: readonly RouteServerRow[]): Member[] {
  const services = [{ type: 'ixrouteserver' as const, daemon: 'BIRD' }];
  const own = servers.filter(({ fabricId }) => fabricId === id);
  const connection = ({ addressV4, addressV6, createdAt }: RouteServerRow): Connection => ({
    ixp_id: numberOf(id),
    state: 'active',
    connected_since: createdAt.toISOString(),
    vlan_list: [
      {
        vlan_id: VLAN,
        ...(addressV4 === null ? {} : { ipv4: { address: addressV4, routeserver: false, services } }),
        ipv6: { address: addressV6, routeserver: false, services },
      },
    ],
  });
  return own.length === 0 ? [] : [{ asnum: rsAsn, member_type: 'ixp', name, connection_list: own.map(connection) }];
}

/** One entry for a network, with all its ports; its name unless it keeps that to itself. */
function ofNetworks(connections: readonly Joined[], served: (fabricId: string) => boolean): Member[] {
  const byAsn = Map.groupBy(connections, ({ participant }) => participant.asn);
  return [...byAsn].map(([asnum, own]) => {
    const { name, nameHidden, policyUrl, createdAt } = own[0]!.participant;
    const told = nameHidden ? {} : { name, ...(policyUrl === null ? {} : { peering_policy_url: policyUrl }) };
    return {
      asnum,
      member_type: 'peering',
      ...told,
      member_since: createdAt.toISOString(),
      connection_list: own.map((one) => port(one, served(one.fabric.id))),
    };
  });
}

/** Who is connected where, for the world: what is not active is nobody's business. */
export function memberExport({ fabrics, connections, servers }: Listed, at: Date): MemberExport {
  const active = connections.filter(({ connection }) => connection.state === 'active');
  const served = (fabricId: string): boolean => servers.some((server) => server.fabricId === fabricId);
  return {
    version: '1.0',
    timestamp: at.toISOString(),
    ixp_list: fabrics.map(ixp),
    member_list: [...fabrics.flatMap((fabric) => ofExchange(fabric, servers)), ...ofNetworks(active, served)],
  };
}
