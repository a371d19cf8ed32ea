import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** The other side did not answer, not in time, or with a failure of its own: worth trying again. */
export class Unreachable extends Error {
  /** Seconds that the other side asked us to wait (RFC 9110, Retry-After); undefined when it did not say. */
  retryAfterSeconds?: number;
}
/** The address is one that we must not call. */
export class Forbidden extends Error {}

/** `laboratory`: this machine and its network too. `private`: networks that are not on the internet, but never this machine. */
export type Allowed = boolean | 'laboratory' | 'private';

export interface OutgoingOptions {
  /** Why an address must not be called, or null. `allowPrivate`: addresses that are not on the internet are fine. */
  addressFault: (address: string, allowPrivate: boolean) => string | null;
  /** A laboratory: plain HTTP, and private addresses for everybody. */
  allowPrivateTargets: boolean;
}

/** Who named the address: whoever runs the installation may mean a server of their own network, a tenant may not. */
export type Trust = 'operator' | 'tenant';

/** Never, whatever the platform allows: they hand out credentials of the machine we run on. */
const METADATA: ReadonlySet<string> = new Set(['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16']);
/** What a laboratory may allow. */
const LAB: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** What a tenant may open for itself: networks of its own, never the machine that we run on. */
const OPENED: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);
/** Interface identifiers that carry an IPv4 address through a tunnel (ISATAP, RFC 5214). */
const ISATAP = /^[^:]+(:[^:]+){3}:(0|200):5efe:/;
/** All that is given out on the internet (RFC 4291); what lies elsewhere translates into IPv4, or is nobody's. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Why an address must not be called, or null. `range` names are those of ipaddr.js; `true` is `laboratory`. */
export function addressFault(text: string, allowed: Allowed): string | null {
  if (!ipaddr.isValid(text)) return 'it is not an address';
  const address = ipaddr.process(text); // an IPv4 address mapped into IPv6 counts as what it is
  if (METADATA.has(address.toString())) return 'it is the metadata address of a cloud';
  const range = address.range();
  if (allowed && (allowed === 'private' ? OPENED : LAB).has(range)) return null;
  if (range !== 'unicast') return `it is ${LAB.has(range) ? `a ${range} address, which this installation does not allow` : `of range ${range}`}`;
  if (address instanceof ipaddr.IPv6 && (!address.match(GLOBAL_IPV6) || ISATAP.test(address.toNormalizedString())))
    return 'it is not an address of the internet';
  return null;
}

/** Whether an address is one of this machine. */
export const isOwn = (text: string): boolean => Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === text));

/** The same, and not this machine itself by an address that it has on the internet: what listens there for its neighbours trusts it. */
export const foreignFault: OutgoingOptions['addressFault'] = (text, allowPrivate) =>
  addressFault(text, allowPrivate) ?? (!allowPrivate && isOwn(ipaddr.process(text).toString()) ? 'it is an address of this machine' : null);

/** Below 1024 the web's own ports only; above it none at which machines commonly serve each other and not the public. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
const INNER_PORTS: ReadonlySet<number> = new Set([
  1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 4369, 5432, 5672, 5900, 5984, 5985, 5986, 6379, 6443, 8300, 8500, 9042, 9092, 9200, 9300,
  10_250, 10_255, 11_211, 15_672, 26_379, 27_017, 27_018, 27_019,
]); // prettier-ignore

/** Why a port must not be called, or null. */
export function portFault({ port, protocol }: URL): string | null {
  const number = port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
  return (number < 1024 && !WEB_PORTS.has(number)) || INNER_PORTS.has(number) ? `port ${number} is not one that is called` : null;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const isFineScheme = ({ protocol, hostname }: URL, allowPrivateTargets: boolean, plain: 'loopback' | 'anywhere'): boolean =>
  protocol === 'https:' || (protocol === 'http:' && allowPrivateTargets && (plain === 'anywhere' || isLoopback(hostname)));

const mayBePrivate = ({ allowPrivateTargets }: OutgoingOptions, trust: Trust): boolean => allowPrivateTargets || trust === 'operator';

/** The rule for addresses that `trust` named. */
export const faultFor =
  (options: OutgoingOptions, trust: Trust) =>
  (address: string): string | null =>
    options.addressFault(address, mayBePrivate(options, trust));

/** `[::1]` is `::1` to whoever looks it up. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * Why an address cannot be called, in words; null when it can. Names are looked up with each call only. `plain`: where a laboratory may
 * be called by plain HTTP.
 */
export function urlFault(address: string, options: OutgoingOptions, trust: Trust, plain: 'loopback' | 'anywhere' = 'loopback'): string | null {
  if (!URL.canParse(address)) return 'it is not an address';
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'it carries a password';
  if (!isFineScheme(url, options.allowPrivateTargets, plain)) return 'it is not https';
  const host = bareHost(url);
  if (/^(.+\.)?localhost\.?$/.test(host) && !mayBePrivate(options, trust)) return 'it is this machine';
  return isIP(host) === 0 ? null : faultFor(options, trust)(host);
}

export interface Found {
  address: string;
  family: number;
}
/** Looks a name up; IP addresses are their own. */
export type LookUp = (host: string) => Promise<Found[]>;
export const lookUpHere: LookUp = (host) => lookup(host, { all: true });

/** Every address that a name leads to, all of them allowed. Throws `Forbidden`, or whatever the look-up threw. */
export async function judged(host: string, fault: (address: string) => string | null, look: LookUp = lookUpHere): Promise<Found[]> {
  const found = await look(host);
  for (const { address } of found) {
    const why = fault(address);
    // Not which one: names of our own network are nobody's business to have looked up.
    if (why !== null) throw new Forbidden(`"${host}" leads to an address that must not be called: ${why}`);
  }
  return found;
}

/** Looks the name up and connects to what was judged, so that a second look-up cannot lead elsewhere (DNS rebinding). */
export const guardedLookup =
  (fault: (address: string) => string | null, look: LookUp = lookUpHere): LookupFunction =>
  (host, { all }, callback) => {
    /* oxlint-disable promise/no-callback-in-promise -- node:net asks with a callback, node:dns answers with a promise */
    judged(host, fault, look).then(
      (found) => (all ? callback(null, found) : callback(null, found[0]!.address, found[0]!.family)),
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
    /* oxlint-enable promise/no-callback-in-promise */
  };
