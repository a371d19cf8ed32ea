import { z } from 'zod';
import { IRR_MODES } from './render/irr.ts';
import { ACCESSES, APPROVAL_MODES } from './joining/rules.ts';
import { HEALTHS } from './observing/rules.ts';

export const IPV4_MODES = ['none', 'rfc8950', 'native'] as const;
export type Ipv4Mode = (typeof IPV4_MODES)[number];
export const RPKI_MODES = ['enforce', 'monitor'] as const;
export type RpkiMode = (typeof RPKI_MODES)[number];
export const CONNECTION_STATES = ['active', 'suspended'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export const health = z
  .enum(HEALTHS)
  .nullable()
  .meta({ help: 'Whether all, some or none of its BGP sessions are up; null while no route server has any' });
const dated = { version: z.int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() } as const;
const line = (title: string, most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'No control characters')
    .meta({ title });

/** All but 0, the last of 32 bits (RFC 7300) and AS_TRANS (RFC 6793). */
export const asn = z.coerce
  .number()
  .int()
  .min(1)
  .max(4_294_967_294)
  .refine((number) => number !== 23_456, 'AS23456 stands for others (RFC 6793)')
  .meta({ title: 'ASN', examples: [64_500] });
const prefixCount = (title: string) =>
  z.int().min(1).max(4_000_000).meta({ title, help: 'As the network announces it; the limit is a fifth above. 1,000 when left out' });

export const fabricFields = {
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'small letters, digits and "-", 2 to 32').meta({ title: 'Short name', help: 'Addresses it everywhere; it stays', examples: ['fra'] }), // prettier-ignore
  name: line('Name', 100).meta({ title: 'Name', examples: ['Frankfurt'] }),
  description: line('Description', 500).meta({ title: 'Description', widget: 'textarea' }),
  rsAsn: asn.meta({ title: 'ASN of the route servers', examples: [64_500] }),
  ipv6Prefix: z
    .string()
    .max(64)
    .meta({ title: 'IPv6 prefix', examples: ['2001:db8:100::/64'] }),
  ipv4Prefix: z
    .string()
    .max(32)
    .meta({ title: 'IPv4 prefix', help: 'Needed where IPv4 has sessions of its own', examples: ['192.0.2.0/24'] }),
  ipv4Mode: z.enum(IPV4_MODES).meta({ title: 'IPv4', help: '`none`: no IPv4 routes; `rfc8950`: over the IPv6 session; `native`: over a session of their own' }), // prettier-ignore
  mtu: z.int().min(1_280).max(9_216).meta({ title: 'MTU' }),
  rpkiMode: z.enum(RPKI_MODES).meta({ title: 'RPKI', help: '`enforce`: Invalid routes are refused; `monitor`: they are marked' }),
  irrMode: z.enum(IRR_MODES).meta({ title: 'Routing registries', help: '`off`: not looked at; `tag`: routes are marked by whether a registry has them; `enforce`: those that none has are refused' }),
  access: z.enum(ACCESSES).meta({ title: 'Who may ask to join', help: '`open`: whoever speaks for a network by PeeringDB; `restricted`: who was let in by name; `closed`: nobody' }),
  approvalMode: z.enum(APPROVAL_MODES).meta({ title: 'Who agrees to requests', help: '`manual_admin`: a person; `policy_auto`: a rule, in the name of whoever chooses it, where PeeringDB vouches for the network, the fabric is open, the network has fewer than two other ports, and its node was seen' }),
  allowPrivateAsns: z.boolean().meta({ title: 'Private AS numbers', help: 'May join; for laboratories' }),
  published: z.boolean().meta({ title: 'Show members to the world', help: 'Who is connected, by which addresses: the IX-F member export' }),
  lookingglassPublic: z.boolean().meta({ title: 'Show the looking glass to the world', help: 'Sessions and accepted routes, without a sign-in; only of a fabric whose members are shown' }),
  ixfId: z.int().min(1).max(2_147_483_647).meta({ title: 'IX-F id', help: 'Of the exchange in the IX-F database' }),
  peeringdbIxId: z.int().min(1).max(2_147_483_647).meta({ title: 'PeeringDB id', help: 'Of the exchange: the y in peeringdb.com/ix/y' }),
} as const; // prettier-ignore

export const Fabric = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    rsAsn: z.int(),
    ipv6Prefix: z.string(),
    ipv4Prefix: z.string().nullable(),
    ipv4Mode: z.enum(IPV4_MODES),
    mtu: z.int(),
    rpkiMode: z.enum(RPKI_MODES),
    irrMode: z.enum(IRR_MODES),
    access: z.enum(ACCESSES),
    approvalMode: z.enum(APPROVAL_MODES),
    approvalBy: z.string().nullable().meta({ help: 'In whose name the rule agrees' }),
    allowPrivateAsns: z.boolean(),
    published: z.boolean(),
    lookingglassPublic: z.boolean(),
    ixfId: z.int().nullable(),
    peeringdbIxId: z.int().nullable(),
    orphanedFrom: z
      .string()
      .nullable()
      .meta({ help: 'The ZeroTier network that it was taken off while members were on it; null when it is on one, or needs none' }),
    connections: z.int().meta({ help: 'How many networks are connected to it' }),
    ...dated,
  })
  .meta({ id: 'ExchangeFabric' });

export const participantFields = {
  name: line('Name', 100).meta({ title: 'Name', examples: ['Example Networks'] }),
  asSet: z
    .string()
    .max(100)
    .regex(/^(AS\d+:)*AS-[A-Z0-9_-]+(:AS-[A-Z0-9_-]+)*$/i, 'an AS-SET such as AS-EXAMPLE')
    .meta({ title: 'AS-SET', examples: ['AS-EXAMPLE'] }),
  maxPrefixesV4: prefixCount('IPv4 prefixes'),
  maxPrefixesV6: prefixCount('IPv6 prefixes'),
  nocEmail: z.email().max(254).meta({ title: 'Address of its NOC' }),
  policyUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({ title: 'Peering policy', help: 'Where it can be read' }),
  nameHidden: z.boolean().meta({ title: 'Keep the name out of public lists', help: 'The ASN is shown all the same' }),
} as const;

export const Participant = z
  .object({
    id: z.uuid(),
    asn: z.int(),
    name: z.string(),
    asSet: z.string().nullable(),
    maxPrefixesV4: z.int().nullable(),
    maxPrefixesV6: z.int().nullable(),
    nocEmail: z.string().nullable(),
    policyUrl: z.string().nullable(),
    nameHidden: z.boolean(),
    peeringdb: z
      .object({
        netId: z.int(),
        name: z.string(),
        asSet: z.string().nullable(),
        maxPrefixesV4: z.int().nullable(),
        maxPrefixesV6: z.int().nullable(),
        website: z.string().nullable(),
        nocEmail: z.string().nullable(),
        policyUrl: z.string().nullable(),
        neverViaRs: z.boolean(),
      })
      .nullable()
      .meta({ help: 'What PeeringDB says; what is set here goes before it' }),
    peeringdbAt: z.iso.datetime().nullable().meta({ help: 'When it said so' }),
    peeringdbProblem: z.string().nullable().meta({ help: 'Why it said nothing when it was asked last' }),
    effective: z
      .object({
        asSet: z.string().nullable(),
        maxPrefixesV4: z.int().nullable(),
        maxPrefixesV6: z.int().nullable(),
        nocEmail: z.string().nullable(),
        policyUrl: z.string().nullable(),
      })
      .meta({ help: 'What holds: what is set here, or else what PeeringDB says' }),
    ...dated,
  })
  .meta({ id: 'ExchangeParticipant' });

export const connectionFields = {
  addressV6: z
    .string()
    .max(64)
    .meta({ title: 'IPv6 address', help: 'On the peering LAN, without its length', examples: ['2001:db8:100::10'] }),
  addressV4: z
    .string()
    .max(32)
    .meta({ title: 'IPv4 address', help: 'Where IPv4 has sessions of its own', examples: ['192.0.2.10'] }),
  state: z.enum(CONNECTION_STATES).meta({ title: 'State', help: 'A suspended one keeps its address; route servers close its sessions' }),
  roleStrict: z.boolean().meta({ title: 'Role required', help: 'The member must say that it is a client of a route server (RFC 9234)' }),
} as const;

export const Connection = z
  .object({
    id: z.uuid(),
    fabricId: z.uuid(),
    fabric: z.string(),
    participantId: z.uuid(),
    participant: z.string(),
    asn: z.int(),
    tag: z.string().meta({ help: 'Part of the names on route servers' }),
    addressV6: z.string(),
    addressV4: z.string().nullable(),
    state: z.enum(CONNECTION_STATES),
    roleStrict: z.boolean(),
    health,
    ...dated,
  })
  .meta({ id: 'ExchangeConnection' });

export const fabricId = z.string().min(1).max(64).meta({ title: 'Fabric', help: 'Its id or its short name' });
export const participantId = z.string().min(1).max(64).meta({ title: 'Network', help: 'Its id or its ASN' });
export const connectionId = z.uuid().meta({ title: 'Connection' });

/** A validator that speaks RPKI-to-Router (RFC 8210), by its address. */
export const RtrServer = z.object({
  host: z
    .string()
    .max(64)
    .meta({ title: 'Address', examples: ['2001:db8:100::aa'] }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .meta({ title: 'Port', examples: [8_282] }),
});
export type RtrServer = z.output<typeof RtrServer>;

export const routeServerFields = {
  handle: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'small letters, digits and "-", 2 to 32').meta({ title: 'Short name', help: 'Addresses it everywhere; it stays', examples: ['rs1-fra'] }), // prettier-ignore
  name: line('Name', 100).meta({ title: 'Name', examples: ['Route server 1'] }),
  addressV6: z
    .string()
    .max(64)
    .meta({ title: 'IPv6 address', help: 'On the peering LAN, without its length', examples: ['2001:db8:100::1'] }),
  addressV4: z
    .string()
    .max(32)
    .meta({ title: 'IPv4 address', help: 'Where IPv4 has sessions of its own', examples: ['192.0.2.1'] }),
  routerId: z.string().max(32).meta({ title: 'Router id', help: 'Written like an IPv4 address; no other server of the fabric has it', examples: ['192.0.2.1'] }), // prettier-ignore
  rtrServers: z.array(RtrServer).max(4).meta({ title: 'RPKI validators', help: 'Needed where Invalid routes are refused' }),
} as const;

export const RouteServer = z
  .object({
    id: z.uuid(),
    fabricId: z.uuid(),
    fabric: z.string(),
    handle: z.string(),
    name: z.string(),
    addressV6: z.string(),
    addressV4: z.string().nullable(),
    routerId: z.string(),
    rtrServers: z.array(RtrServer),
    ...dated,
  })
  .meta({ id: 'ExchangeRouteServer' });

export const RouteServerConfig = z
  .object({
    routeServer: z.string(),
    sha256: z.string().meta({ help: 'Of all files with their names; the same as long as nothing changes' }),
    peers: z.int().meta({ help: 'Sessions that are configured' }),
    files: z.array(z.object({ path: z.string(), content: z.string() })),
  })
  .meta({ id: 'ExchangeRouteServerConfig' });

export const routeServerId = z.string().min(1).max(64).meta({ title: 'Route server', help: 'Its id or its short name' });
