import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { addressFault, bareHost, isOwn, portFault } from './outbound.ts';

/** What a tenant has opened for itself: a network, or names; `ports` beside those that are open to everybody. */
export interface EgressException {
  kind: 'cidr' | 'host';
  /** `10.20.0.0/16`, `fd00:1::/48`, `netbox.corp.example`, `*.corp.example`. */
  value: string;
  ports: readonly number[];
}

export interface EgressRules {
  exceptions: readonly EgressException[];
  /** A laboratory: this machine and private networks, and any port that is none of the inner ones. */
  allowPrivateTargets: boolean;
  /** `address:port` of the platform's own parts, such as its database: nobody opens those. */
  closed?: ReadonlySet<string>;
  /** Private networks that whoever runs the installation lets tenants open, such as `10.20.0.0/16`; none when left out. */
  openable?: readonly string[];
}

/** Where requests of tenants go without further ado. */
export const WEB: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** And connections to databases: PostgreSQL, and the usual pooler in front of it. */
export const POSTGRES: ReadonlySet<number> = new Set([5432, 6432]);
/** MySQL and MariaDB. */
export const MYSQL: ReadonlySet<number> = new Set([3306]);

/** And to route servers. */
export const SSH: ReadonlySet<number> = new Set([22]);

const inNetwork = (address: string, cidr: string): boolean => {
  const [network, bits] = ipaddr.parseCIDR(cidr);
  const found = ipaddr.process(address);
  return found.kind() === network.kind() && found.match([network, bits] as [ipaddr.IPv4, number]);
};

/** Names as they are compared: in small letters, without the dot of the root. */
const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** `*.example.net` is whatever lies below it, at any depth, and not the name itself. */
const isNamed = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern;

const opens =
  (host: string, address: string) =>
  ({ kind, value }: EgressException): boolean =>
    kind === 'host' ? isNamed(plainHost(host), value) : inNetwork(address, value);

/** A tenant opened the name by itself. */
export const opensName = (host: string, { exceptions }: Pick<EgressRules, 'exceptions'>): boolean =>
  exceptions.some(({ kind, value }) => kind === 'host' && isNamed(plainHost(host), value));

const freePort = (port: number): boolean => portFault(new URL(`http://x:${port}`)) === null;
const portWhy = (port: number | null): string => `port ${port} is not one that is called`;

const isOpenPort = (port: number | null, fitting: readonly EgressException[], usual: ReadonlySet<number>, isLab: boolean): boolean =>
  port === null || usual.has(port) || fitting.some(({ ports }) => ports.includes(port)) || (isLab && freePort(port));

const isClosed = (plain: string, port: number | null, { closed }: EgressRules): boolean => port !== null && closed?.has(`${plain}:${port}`) === true;

const mayBeOpened = (address: string, { openable = [] }: EgressRules): boolean => openable.some((cidr) => inNetwork(address, cidr));

/**
 * Why `address`, to which `host` leads, must not be called at `port`, or null. The last word before a connection is made. Null for `port`:
 * nothing that listens is called, as by a ping (RFC 792), so what is said of ports does not count and what is said of addresses does.
 */
export function egressFault(host: string, address: string, port: number | null, rules: EgressRules, usual = WEB): string | null {
  if (!ipaddr.isValid(address)) return 'it is not an address';
  const { exceptions, allowPrivateTargets } = rules;
  const fitting = exceptions.filter(opens(host, address));
  if (!isOpenPort(port, fitting, usual, allowPrivateTargets)) return portWhy(port);
  const fault = addressFault(address, allowPrivateTargets ? 'laboratory' : fitting.length > 0 && mayBeOpened(address, rules) && 'private');
  if (fault !== null) return fault;
  const plain = ipaddr.process(address).toString();
  if (isClosed(plain, port, rules)) return 'it is a part of this installation';
  // What listens at the platform's own addresses trusts its neighbours.
  return !allowPrivateTargets && isOwn(plain) ? 'it is an address of this machine' : null;
}

/** The port of an address of the web, said or not. */
export const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port));

/** Why a host as it is written must not be called, or null; a name is judged again when it is looked up. */
export function egressHostFault(host: string, port: number | null, rules: EgressRules, usual = WEB): string | null {
  if (isIP(host) !== 0) return egressFault(host, host, port, rules, usual);
  if (/^(.+\.)?localhost\.?$/i.test(host) && !rules.allowPrivateTargets) return 'it is this machine';
  // A network that is opened may make the port a good one, once it is known where the name leads.
  return port === null || usual.has(port) || rules.allowPrivateTargets || rules.exceptions.some(({ ports }) => ports.includes(port))
    ? null
    : portWhy(port);
}

/** Why an address of the web as it is written must not be called, or null. */
export function egressUrlFault(text: string, rules: EgressRules): string | null {
  if (!URL.canParse(text)) return 'it is not an address';
  const url = new URL(text); // brings decimal, octal, hexadecimal and look-alike spellings of hosts into one form
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it is neither http nor https';
  if (url.username !== '' || url.password !== '') return 'it carries a password';
  return egressHostFault(bareHost(url), portOf(url), rules);
}

const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** Bits; larger networks are somebody else's too. */
const LARGEST = { ipv4: 8, ipv6: 16 } as const;

const isWithin = (network: string, bits: number, cidr: string): boolean => inNetwork(network, cidr) && bits >= ipaddr.parseCIDR(cidr)[1];

/**
 * Why a tenant must not open this, or null: machines' own addresses and those of metadata stay closed, whatever is opened, and so do
 * private networks unless whoever runs the installation says that they may be opened (`openable`).
 */
export function exceptionFault({ kind, value }: Pick<EgressException, 'kind' | 'value'>, openable: readonly string[] = []): string | null {
  if (kind === 'host') return HOST.test(value) ? null : 'it is not a name such as netbox.example.net or *.example.net';
  if (!ipaddr.isValidCIDR(value)) return 'it is not a network such as 10.20.0.0/16';
  const [network, bits] = ipaddr.parseCIDR(value);
  const ip = network.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = ip.networkAddressFromCIDR(value).toString();
  if (first !== network.toString()) return `the network of this address is ${first}/${bits}`;
  if (bits < LARGEST[network.kind()]) return 'it is too large a network';
  const isPublic = addressFault(first, false) === null;
  if (isPublic || openable.some((cidr) => isWithin(first, bits, cidr))) return addressFault(first, 'private');
  return (
    addressFault(first, 'private') ?? 'whoever runs this installation does not let tenants open this private network (SWITCHYARD_EGRESS_NETWORKS)'
  );
}
