import { list, record, text } from './shapes.ts';

/** A rule as a controller of one's own keeps it. */
type Rule = Record<string, string | number | boolean | null>;
const match = (type: string, fields: Rule, not = false): Rule => ({ type, not, or: false, ...fields });
const drop: Rule = { type: 'ACTION_DROP' };

const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
const ROUTER_ADVERTISEMENT = 134;
const UDP = 17;

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

export const isGuarded = (rules: unknown): boolean => {
  const found = list(rules);
  return found.length === HYGIENE.length && HYGIENE.every((wanted, at) => isRule(found[at], wanted));
};
export const isGuardedSource = (source: unknown): boolean => text(source).trim() === HYGIENE_SOURCE.trim();
