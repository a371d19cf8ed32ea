import { plainNetwork } from '../../controllers/rules.ts';
import { list, record, text } from './shapes.ts';

/** A rule as a controller of one's own keeps it. */
type Rule = Record<string, string | number | boolean | null>;
const match = (type: string, fields: Rule, not = false): Rule => ({ type, not, or: false, ...fields });
const drop: Rule = { type: 'ACTION_DROP' };

const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
const ROUTER_ADVERTISEMENT = 134;
const TCP = 6;
const UDP = 17;
const BGP = 179;

/**
 * What protects a peering LAN: nothing but IPv4, ARP and IPv6 passes; nobody makes themselves a router by advertisement or hands out
 * addresses by DHCP.
 */
export const HYGIENE: readonly Rule[] = [
  match('MATCH_ETHERTYPE', { etherType: IPV4 }, true),
  match('MATCH_ETHERTYPE', { etherType: ARP }, true),
  match('MATCH_ETHERTYPE', { etherType: IPV6 }, true),
  drop,
  match('MATCH_ETHERTYPE', { etherType: IPV6 }),
  match('MATCH_ICMP', { icmpType: ROUTER_ADVERTISEMENT, icmpCode: null }),
  drop,
  match('MATCH_IP_PROTOCOL', { ipProtocol: UDP }),
  match('MATCH_IP_DEST_PORT_RANGE', { start: 67, end: 68 }),
  drop,
  { type: 'ACTION_ACCEPT' },
];

/** The same in the language that the hosted service compiles. */
export const HYGIENE_SOURCE = `# Switchyard: peering LAN
drop
  not ethertype ipv4
  and not ethertype arp
  and not ethertype ipv6
;
drop
  ethertype ipv6
  and icmp ${ROUTER_ADVERTISEMENT} -1
;
drop
  ipprotocol udp
  and dport 67-68
;
accept;
`;

/** A controller may answer more fields than it was given: those that we set are compared. */
const isRule = (found: unknown, wanted: Rule): boolean => {
  const rule = record(found);
  return Object.entries(wanted).every(([name, value]) => rule[name] === value || ((value === false || value === null) && rule[name] === undefined));
};

const PORTS = ['DEST', 'SOURCE'] as const;
/** No BGP between members of the LAN, so that their sessions expire before the work begins (RFC 8327): both ways, and nothing that only passes through. */
const cullRules = (prefix: string): Rule[] => {
  const family = prefix.includes(':') ? 'IPV6' : 'IPV4';
  return PORTS.flatMap((port) => [
    match(`MATCH_${family}_SOURCE`, { ip: prefix }),
    match(`MATCH_${family}_DEST`, { ip: prefix }),
    match('MATCH_IP_PROTOCOL', { ipProtocol: TCP }),
    match(`MATCH_IP_${port}_PORT_RANGE`, { start: BGP, end: BGP }),
    drop,
  ]);
};
const CULL_LENGTH = cullRules('::/0').length;

const cullSource = (prefix: string): string =>
  ['dport', 'sport'].map((port) => `drop\n  ipsrc ${prefix}\n  and ipdest ${prefix}\n  and ipprotocol tcp\n  and ${port} ${BGP}\n;\n`).join('');

/** Rules of a network, with those before them that drop BGP within these prefixes. */
export const rulesFor = (dropped: readonly string[]): Rule[] => [...dropped.flatMap(cullRules), ...HYGIENE];
export const sourceFor = (dropped: readonly string[]): string => dropped.map(cullSource).join('') + HYGIENE_SOURCE;

export interface Guard {
  /** Its rules are those that protect a peering LAN. */
  guarded: boolean;
  /** Prefixes within which members do not speak BGP with each other. */
  culled: string[];
}

const same = (found: readonly unknown[], wanted: readonly Rule[]): boolean =>
  found.length === wanted.length && wanted.every((rule, at) => isRule(found[at], rule));

/** Ours are told from those of others by their shape: the controller keeps no remarks. */
export function guardIn(rules: unknown): Guard {
  const found = list(rules);
  const culled: string[] = [];
  for (let at = 0; at < found.length; at += CULL_LENGTH) {
    const written = text(record(found[at])['ip']);
    const prefix = plainNetwork(written);
    if (prefix === undefined || !same(found.slice(at, at + CULL_LENGTH), cullRules(written))) break;
    culled.push(prefix);
  }
  return { guarded: same(found.slice(culled.length * CULL_LENGTH), HYGIENE), culled };
}
export function guardInSource(source: unknown): Guard {
  const found = text(source).trim();
  const culled = [...new Set([...found.matchAll(/^ {2}ipsrc (\S+)$/gm)].flatMap(([, prefix]) => plainNetwork(prefix) ?? []))];
  return { guarded: found === sourceFor(culled).trim(), culled };
}
