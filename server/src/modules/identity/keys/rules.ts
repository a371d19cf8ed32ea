import ipaddr from 'ipaddr.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** platform.md 19. Days and hours. */
export const KEYS = {
  defaultDays: 90,
  maxDays: 365,
  perTenant: 200,
  defaultOverlapHours: 24,
  maxOverlapHours: 72,
  cidrs: 50,
  touchedEvery: 60_000,
} as const;

const unmapped = (address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;

/** A network in its shortest form, `192.0.2.0/24`; an address alone is a network of one. Undefined for what is neither, or has bits set behind the prefix. */
export function networkText(text: string): string | undefined {
  const [host = '', length] = text.split('/');
  if (!ipaddr.isValid(host) || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const address = ipaddr.parse(host);
  // `127.1` and octal spellings are addresses to some and something else to others.
  if (address instanceof ipaddr.IPv4 && !ipaddr.IPv4.isValidFourPartDecimal(host)) return undefined;
  const bits = address instanceof ipaddr.IPv4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  const kind = address instanceof ipaddr.IPv4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = kind.networkAddressFromCIDR(`${address.toString()}/${prefix}`);
  return network.toString() === address.toString() ? `${network.toString()}/${prefix}` : undefined;
}

/** Is the key good from this address? A key that is bound to networks is good from no address that we do not know. */
export function isFrom(ip: string | null, cidrs: readonly string[]): boolean {
  if (cidrs.length === 0) return true;
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = unmapped(ipaddr.parse(ip));
  return cidrs.some((cidr) => {
    const [network, prefix] = ipaddr.parseCIDR(cidr);
    return network.kind() === address.kind() && address.match(network, prefix);
  });
}

/** When a key ends that is to live for so many days, by the tenant's own maximum. Undefined when that is too long. */
export function keyEnd(days: number | undefined, tenantMax: number, at: Date): Date | undefined {
  const most = Math.min(KEYS.maxDays, tenantMax);
  const wanted = days ?? Math.min(KEYS.defaultDays, most);
  return wanted > most ? undefined : new Date(at.getTime() + wanted * DAY);
}

interface Lifetime {
  createdAt: Date;
  expiresAt: Date;
}

/** The successor lives as long as the key was made for, within the tenant's maximum; the key itself ends after the overlap, if not before. */
export function rotation({ createdAt, expiresAt }: Lifetime, overlapHours: number, tenantMax: number, at: Date): { newEnd: Date; oldEnd: Date } {
  const life = Math.min(expiresAt.getTime() - createdAt.getTime(), Math.min(KEYS.maxDays, tenantMax) * DAY);
  return { newEnd: new Date(at.getTime() + life), oldEnd: new Date(Math.min(expiresAt.getTime(), at.getTime() + overlapHours * HOUR)) };
}
