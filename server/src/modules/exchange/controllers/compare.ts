import type { Member, Network, NetworkWish } from '../providers/zerotier/port.ts';
import { differences, foreignRoutes, isAsWished } from './rules.ts';
import type { Finding } from './schemas.ts';

type Found = Omit<Finding, 'fabric' | 'networkId' | 'since'>;

/** A node that we let onto a network, and with which addresses. */
export interface Wanted {
  nodeId: string;
  asn: number;
  /** Null while a Change is under way that lets it on or takes it off: nothing is said of it then. */
  authorized: boolean | null;
  addresses: readonly string[];
}

export function networkFindings(network: Network, wish: NetworkWish): Found[] {
  const differs = differences(network, wish);
  const foreign = foreignRoutes(network, wish.prefixes).map(({ target, via }) => `${target}${via === null ? '' : ` via ${via}`}`);
  return [
    ...(differs.length > 0 ? [{ class: 'network_config' as const, severity: 'warning' as const, nodeId: null, detail: `Not as it should be: ${differs.join(', ')}` }] : []),
    ...(foreign.length > 0 ? [{ class: 'foreign_route' as const, severity: 'warning' as const, nodeId: null, detail: `Routes of others: ${foreign.join(', ')}` }] : []),
  ];
} // prettier-ignore

function findingOf(wanted: Wanted, there: Member | undefined): Found | undefined {
  const { nodeId, asn, authorized, addresses } = wanted;
  if (authorized === null) return undefined;
  const of = (kind: Finding['class'], detail: string): Found => ({ class: kind, severity: 'warning', nodeId, detail: `AS${asn}: ${detail}` });
  // One that we took off may be gone altogether.
  if (!there) return authorized ? of('member_missing', 'the controller does not know the node') : undefined;
  if (!authorized) return there.authorized ? { ...of('member_unknown_authorized', 'was taken off here and is authorised there'), severity: 'critical' } : undefined; // prettier-ignore
  if (!there.authorized) return of('member_deauthorized', 'was de-authorised at the controller');
  return isAsWished(there, { authorized, addresses }) ? undefined : of('member_address', `has ${there.addresses.join(', ') || 'no address'} instead of ${addresses.join(', ')}`); // prettier-ignore
}

/** What differs between the nodes that we let onto a network and those that are on it. */
export function memberFindings(wanted: readonly Wanted[], there: readonly Member[]): Found[] {
  const known = new Set(wanted.map(({ nodeId }) => nodeId));
  const ours = wanted.flatMap(
    (one) =>
      findingOf(
        one,
        there.find(({ nodeId }) => nodeId === one.nodeId),
      ) ?? [],
  );
  const strangers = there.filter(({ nodeId, authorized }) => authorized && !known.has(nodeId));
  const theirs = strangers.map(({ nodeId, addresses }): Found => ({ class: 'member_unknown_authorized', severity: 'critical', nodeId, detail: `Authorised, and nobody knows the node here${addresses.length > 0 ? `; it has ${addresses.join(', ')}` : ''}` })); // prettier-ignore
  return [...ours, ...theirs];
}

/** What was there before keeps the time since when it is. */
export const dated = (found: readonly Omit<Finding, 'since'>[], before: readonly Finding[], now: Date): Finding[] =>
  found.map((one) => {
    const known = before.find((earlier) => earlier.class === one.class && earlier.networkId === one.networkId && earlier.nodeId === one.nodeId);
    return { ...one, since: known?.since ?? now.toISOString() };
  });
