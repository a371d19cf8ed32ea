import { Problem } from '#kernel/problem.ts';
import '../../controllers/problems.ts';
import { isAsWished, plainAddress, plainNetwork } from '../../controllers/rules.ts';
import { NETWORK_ID, NODE_ID, type Member, type MemberWish, type Network, type NetworkWish, type Route } from './port.ts';

type Found = Record<string, unknown>;

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const whole = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) ? value : 0);
export const record = (value: unknown): Found => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Found) : {});
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

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

export function networkIn(id: string, config: Found, guard: Pick<Network, 'guarded' | 'culled'>): Network {
  return {
    id,
    name: text(config['name']),
    private: config['private'] === true,
    mtu: whole(config['mtu']),
    broadcast: config['enableBroadcast'] === true,
    multicastLimit: whole(config['multicastLimit']),
    assigns: assignsIn(config),
    routes: routesOf(config['routes']),
    ...guard,
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

/** Prefixes within which BGP between members is to be dropped. */
export const toCull = ({ prefixes, culls }: NetworkWish): string[] => (culls ? prefixes.map((prefix) => plainNetwork(prefix)!) : []);
