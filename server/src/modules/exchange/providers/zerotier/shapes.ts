import ipaddr from 'ipaddr.js';
import { Problem } from '#kernel/problem.ts';
import '../../controllers/problems.ts';
import { NETWORK_ID, NODE_ID, type Member, type MemberWish, type Network, type NetworkWish, type Route } from './port.ts';

type Found = Record<string, unknown>;

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const whole = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) ? value : 0);
export const record = (value: unknown): Found => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Found) : {});
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** One way to write an address, however it came; undefined when it is none. */
export function plainAddress(value: unknown): string | undefined {
  const bare = text(value).split('/')[0]!;
  return ipaddr.isValid(bare) ? ipaddr.parse(bare).toString() : undefined;
}

/** One way to write a network with its length. */
export function plainNetwork(value: unknown): string | undefined {
  const given = text(value);
  if (!ipaddr.isValidCIDR(given)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(given);
  return `${address.toString()}/${bits}`;
}

const routeOf = (value: unknown): Route[] => {
  const { target, via } = record(value);
  const plain = plainNetwork(target);
  return plain === undefined ? [] : [{ target: plain, via: plainAddress(via) ?? null }];
};
export const routesOf = (value: unknown): Route[] => list(value).flatMap(routeOf);
export const addressesOf = (value: unknown): string[] => list(value).flatMap((one) => plainAddress(one) ?? []);

/** What a network hands out by itself, in the shape that both kinds of controller share. */
export const assignsIn = (config: Found): boolean => {
  const { zt, rfc4193, '6plane': sixPlane } = record(config['v6AssignMode']);
  return [record(config['v4AssignMode'])['zt'], zt, rfc4193, sixPlane].some((one) => one === true) || list(config['ipAssignmentPools']).length > 0;
};

export function networkIn(id: string, config: Found, guarded: boolean): Network {
  return {
    id,
    name: text(config['name']),
    private: config['private'] === true,
    mtu: whole(config['mtu']),
    broadcast: config['enableBroadcast'] === true,
    multicastLimit: whole(config['multicastLimit']),
    assigns: assignsIn(config),
    routes: routesOf(config['routes']),
    guarded,
  };
}

/** The fields that both kinds take, with those routes of others that are there. */
export function networkFields(wish: NetworkWish, present: readonly Route[]) {
  const ours = wish.prefixes.map((prefix) => ({ target: plainNetwork(prefix)!, via: null }));
  const others = present.filter(({ target, via }) => via !== null || !ours.some((one) => one.target === target));
  return {
    name: wish.name,
    private: true,
    mtu: wish.mtu,
    enableBroadcast: wish.broadcast,
    multicastLimit: wish.multicastLimit,
    v4AssignMode: { zt: false },
    v6AssignMode: { zt: false, rfc4193: false, '6plane': false },
    ipAssignmentPools: [],
    routes: [...ours, ...others],
  };
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

export function memberIn(memberId: string, nodeId: string, config: Found): Member {
  return {
    memberId,
    nodeId,
    authorized: config['authorized'] === true,
    addresses: addressesOf(config['ipAssignments']),
    revision: whole(config['revision']),
  };
}

export const memberFields = ({ authorized, addresses }: MemberWish) => ({
  authorized,
  noAutoAssignIps: true,
  ipAssignments: [...addresses],
  activeBridge: false,
});

/** Nothing but ids ever stands in a path. */
export function checked(id: string, nodeId?: string): void {
  if (!NETWORK_ID.test(id)) throw new Problem('network-id-invalid', `"${id.slice(0, 32)}" is not the id of a network.`);
  if (nodeId !== undefined && !NODE_ID.test(nodeId)) throw new Problem('node-id-invalid', `"${nodeId.slice(0, 32)}" is not the id of a node.`);
}

/** Writes and reads back until it is so; the second time that it is not, it never will be. */
export async function written(write: () => Promise<void>, read: () => Promise<Member | null>, wish: MemberWish): Promise<Member> {
  for (let attempt = 0; attempt < 2; attempt++) {
    await write();
    const member = await read();
    if (member && isAsWished(member, wish)) return member;
  }
  throw new Problem('controller-readback-mismatch', 'The controller took what it was told and answers something else when it is asked again.');
}
