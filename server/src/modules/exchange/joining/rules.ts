/** Where a request stands (exchange.md 6). */
export const STATUSES = ['pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving', 'rejected', 'withdrawn', 'left'] as const; // prettier-ignore
export type Status = (typeof STATUSES)[number];

const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['approved', 'rejected', 'withdrawn'],
  approved: ['provisioning', 'withdrawn'],
  provisioning: ['active', 'failed'],
  active: ['suspended', 'leaving'],
  failed: ['approved', 'provisioning', 'withdrawn', 'leaving'],
  suspended: ['provisioning', 'leaving'],
  leaving: ['left'],
  rejected: [],
  withdrawn: [],
  left: [],
};
export const canMove = (from: Status, to: Status): boolean => NEXT[from].includes(to);
/** Nothing follows. */
export const isOver = (status: Status): boolean => NEXT[status].length === 0;
/** Those that hold their node and their place. */
export const OPEN: readonly Status[] = STATUSES.filter((status) => !isOver(status));

export const ACCESSES = ['open', 'restricted', 'closed'] as const;
export type Access = (typeof ACCESSES)[number];

/** Of one person at once, and within an hour (exchange.md 19). */
export const MOST_OPEN = 20;
export const MOST_AN_HOUR = 20;

export interface AsnRight {
  asn: number;
  source: 'peeringdb' | 'local';
  state: 'live' | 'stale' | 'revoked';
  name: string | null;
  verifiedAt: Date;
}

/** Why a number is nobody's who could join; undefined when it may (RFC 7607, 6793, 5398, 6996, 7300). */
export function asnFault(asn: number, allowPrivate: boolean): string | undefined {
  const within = (from: number, to: number): boolean => asn >= from && asn <= to;
  if (within(64_496, 64_511) || within(65_536, 65_551)) return 'is for documentation';
  if (within(0, 0) || within(23_456, 23_456) || within(65_535, 65_535) || within(4_294_967_295, 4_294_967_295)) return 'is reserved';
  if (!allowPrivate && (within(64_512, 65_534) || within(4_200_000_000, 4_294_967_294))) return 'is private, and this fabric takes public ones only';
  return undefined;
}

export type Refusal = 'asn-not-authorized' | 'asn-right-stale';

/** The right by which somebody speaks for a network: PeeringDB's word, while it is fresh, before an operator's. */
export function rightFor(rights: readonly AsnRight[], asn: number): AsnRight | Refusal {
  const own = rights.filter((right) => right.asn === asn && right.state !== 'revoked');
  const live = own.filter(({ state }) => state === 'live');
  return live.find(({ source }) => source === 'peeringdb') ?? live[0] ?? (own.length > 0 ? 'asn-right-stale' : 'asn-not-authorized');
}

/** A fabric, by all that a grant may name it by. */
export interface Reachable {
  id: string;
  access: Access;
  networkId: string | null;
}

/** Everything, written down: an empty list never means it. */
const EVERYTHING = '*';
const names = (grant: string, { id, networkId }: Reachable): boolean =>
  grant === id || (networkId !== null && (grant === networkId || grant === networkId.slice(-6)));

/**
 * Which fabrics may somebody ask for (exchange.md 4.4)? Emptiness means nothing. Whoever was let in by name reaches what is named and nothing
 * else; whoever was not reaches open fabrics, if PeeringDB and not only an operator says that they speak for the network.
 */
export function fabricRefusal(fabric: Reachable, grants: readonly string[], { source }: Pick<AsnRight, 'source'>): 'fabric-closed' | 'fabric-not-authorized' | undefined {
  if (fabric.access === 'closed') return 'fabric-closed';
  if (grants.length > 0) return grants.some((grant) => grant === EVERYTHING || names(grant, fabric)) ? undefined : 'fabric-not-authorized';
  return fabric.access === 'open' && source === 'peeringdb' ? undefined : 'fabric-not-authorized';
} // prettier-ignore

export const APPROVAL_MODES = ['manual_admin', 'policy_auto'] as const;
export type ApprovalMode = (typeof APPROVAL_MODES)[number];
/** The rule that agrees without a person, as the trail and the request name it. */
export const AUTO_RULE = 'policy_auto';
/** A network that has this many ports or requests beside the one is looked at by a person. */
export const MOST_BY_RULE = 2;

export const WAITS_FOR = ['right', 'access', 'ports', 'node', 'decider', 'approval', 'refused'] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

/** What keeps the rule from agreeing (exchange.md 6); undefined when it agrees, as far as this can tell. */
export function whyWaits(facts: { right: AsnRight | Refusal; access: Access; others: number }): WaitsFor | undefined {
  const { right, access, others } = facts;
  if (typeof right === 'string' || right.source !== 'peeringdb') return 'right';
  if (access !== 'open') return 'access';
  return others >= MOST_BY_RULE ? 'ports' : undefined;
}
