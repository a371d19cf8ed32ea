import ipaddr from 'ipaddr.js';
import type { Member, MemberWish, Network, NetworkWish, Route } from '../providers/zerotier/port.ts';

/** One way to write an address, however it came; undefined when it is none. */
export function plainAddress(value: unknown): string | undefined {
  const bare = (typeof value === 'string' ? value : '').split('/')[0]!;
  return ipaddr.isValid(bare) ? ipaddr.parse(bare).toString() : undefined;
}

/** One way to write a network with its length. */
export function plainNetwork(value: unknown): string | undefined {
  const given = typeof value === 'string' ? value : '';
  if (!ipaddr.isValidCIDR(given)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(given);
  return `${address.toString()}/${bits}`;
}

/** Names of what differs from the wish; empty when the network is as it should be. */
export function differences(network: Network, wish: NetworkWish): string[] {
  const lacks = wish.prefixes.some((prefix) => !network.routes.some(({ target, via }) => via === null && target === plainNetwork(prefix)));
  const differs: Record<string, boolean> = {
    name: network.name !== wish.name,
    private: !network.private,
    mtu: network.mtu !== wish.mtu,
    broadcast: network.broadcast !== wish.broadcast,
    multicastLimit: network.multicastLimit < wish.multicastLimit,
    assigns: network.assigns,
    routes: lacks,
    rules: !network.guarded,
    maintenance:
      network.culled.toSorted().join(' ') !== (wish.culls ? wish.prefixes.map((prefix) => plainNetwork(prefix)!) : []).toSorted().join(' '),
  };
  return Object.keys(differs).filter((name) => differs[name]);
}

/** Routes that nobody here asked for. */
export const foreignRoutes = ({ routes }: Pick<Network, 'routes'>, prefixes: readonly string[]): Route[] =>
  routes.filter(({ target, via }) => via !== null || !prefixes.some((prefix) => plainNetwork(prefix) === target));

const sorted = (addresses: readonly string[]): string => addresses.map((one) => plainAddress(one) ?? one).toSorted().join(' '); // prettier-ignore

/** Is the member what was wished for? Addresses are compared as addresses, in any order. */
export const isAsWished = (member: Pick<Member, 'authorized' | 'addresses'> | null, wish: Pick<MemberWish, 'authorized' | 'addresses'>): boolean =>
  member !== null && member.authorized === wish.authorized && sorted(member.addresses) === sorted(wish.addresses);
