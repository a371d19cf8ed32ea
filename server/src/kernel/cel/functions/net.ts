import { IN } from '../spelling.ts';
import { Address, Network, Shape, Version } from '../scalars.ts';
import type { Handler } from '../dialect.ts';

/** Namespaces of functions; their only use is to be called on. */
export class IpFunctions extends Shape {}
export class SemverFunctions extends Shape {}

const within = (address: string, networks: unknown): boolean =>
  (Array.isArray(networks) ? networks : [networks]).some((network) => new Network(String(network)).contains(new Address(address)));

/** Addresses, networks and versions. */
export const net: Readonly<Record<string, Handler>> = {
  'ip(string): IP': (text: string) => new Address(text),
  'cidr(string): CIDR': (text: string) => new Network(text),
  'CIDR.contains(string): bool': (network: Network, address: string) => network.contains(new Address(address)),
  'CIDR.contains(IP): bool': (network: Network, address: Address) => network.contains(address),
  'string(IP): string': (address: Address) => address.toString(),
  'semver(string): Semver': (text: string) => new Version(text),
  [`IpFunctions.${IN}(string, dyn): bool`]: (_ip: unknown, address: string, networks: unknown) => within(address, networks),
  [`IP.${IN}(string): bool`]: (address: Address, network: string) => new Network(network).contains(address),
  'IpFunctions.version(string): int': (_ip: unknown, address: string) => (new Address(address).value.kind() === 'ipv4' ? 4n : 6n),
  'SemverFunctions.compare(string, string): int': (_semver: unknown, a: string, b: string) =>
    BigInt(Math.sign(new Version(a).compare(new Version(b)))),
};

const sameText = (a: unknown, b: unknown): boolean => String(a) === String(b);

export const comparisons: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  'IP == IP': sameText,
  'CIDR == CIDR': sameText,
  'Semver == Semver': (a: Version, b: Version) => a.compare(b) === 0,
  'Semver < Semver': (a: Version, b: Version) => a.compare(b) < 0,
  'Semver <= Semver': (a: Version, b: Version) => a.compare(b) <= 0,
  'Semver > Semver': (a: Version, b: Version) => a.compare(b) > 0,
  'Semver >= Semver': (a: Version, b: Version) => a.compare(b) >= 0,
};
