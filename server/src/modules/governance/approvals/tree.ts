import type { ApprovalLeaf, ApprovalNode, Group, Requirement } from '#kernel/gate-steps.ts';

/** What one or several rules ask together: every part must be met, and one person may count in several parts. */
export interface Tree {
  parts: readonly Part[];
}
export interface Part {
  rules: readonly string[];
  need: ApprovalNode;
  /** Within this part one person counts for one leaf only. */
  distinct: boolean;
  backup?: Group;
  /** Once it has escalated, the backup group may decide too. */
  widen: boolean;
}

/** One person's agreement, as the tree counts it. */
export interface Voice {
  /** Who decided. */
  by: string;
  /** In whose place, when they did so by delegation. */
  onBehalfOf: string | null;
  /** People tied to the decider by a delegation when they decided: of such a pair, one counts. */
  linked: readonly string[];
}

/** Who is what, as far as trees ask. */
export interface Facts {
  /** People who may stand for this kind: permission, Scope and separation of duties are settled already. */
  people: (who: ApprovalLeaf['who']) => ReadonlySet<string>;
  /** Shares no team with the requester. */
  elsewhere: (person: string) => boolean;
  /** The request has escalated, so backup groups with `widen` may decide. */
  escalated: boolean;
}

export const isLeaf = (node: ApprovalNode): node is ApprovalLeaf => 'who' in node;
const childrenOf = (node: ApprovalNode): readonly ApprovalNode[] => ('all' in node ? node.all : 'any' in node ? node.any : []);
export const leavesOf = (node: ApprovalNode): readonly ApprovalLeaf[] => (isLeaf(node) ? [node] : childrenOf(node).flatMap(leavesOf));

/** `role:approver`, `team:board`, `users:1,2`: what two leaves must share to ask the same people. */
export const keyOf = (who: ApprovalLeaf['who']): string =>
  typeof who === 'string' ? who : 'role' in who ? `role:${who.role}` : 'team' in who ? `team:${who.team}` : `users:${who.users.toSorted().join(',')}`;

const higher = (a: ApprovalLeaf, b: ApprovalLeaf): ApprovalLeaf => ({
  who: a.who,
  count: Math.max(a.count, b.count),
  ...(a.otherTeam || b.otherTeam ? { otherTeam: true } : {}),
});

/** The leaves that a node asks for one and all; undefined where it leaves a choice. */
const conjuncts = (node: ApprovalNode): readonly ApprovalLeaf[] | undefined => {
  if (isLeaf(node)) return [node];
  if ('any' in node) return undefined;
  const inner = node.all.map(conjuncts);
  return inner.includes(undefined) ? undefined : inner.flatMap((leaves) => leaves!);
};

/**
 * Requirements of several rules joined by "all" (governance.md 8.4). Rules that ask the same group become one, with the higher count;
 * a rule that offers a choice, wants distinct people or names a backup stays a part of its own.
 */
export function joined(requirements: readonly Requirement[]): Tree {
  const plain = requirements.filter(({ need, distinct, sla }) => !distinct && !sla?.backup && conjuncts(need) !== undefined);
  const leaves = new Map<string, ApprovalLeaf>();
  for (const leaf of plain.flatMap(({ need }) => conjuncts(need)!)) {
    const same = leaves.get(keyOf(leaf.who));
    leaves.set(keyOf(leaf.who), same ? higher(same, leaf) : leaf);
  }
  const merged = [...leaves.values()];
  const shared: Part[] =
    merged.length === 0
      ? []
      : [{ rules: plain.map(({ rule }) => rule), need: merged.length === 1 ? merged[0]! : { all: merged }, distinct: false, widen: false }];
  const own = requirements.filter((requirement) => !plain.includes(requirement));
  const parts = own.map(({ rule, need, distinct, sla }) => ({
    rules: [rule],
    need,
    distinct: distinct ?? false,
    ...(sla?.backup ? { backup: sla.backup } : {}),
    widen: sla?.widenEligibility ?? false,
  }));
  return { parts: [...shared, ...parts] };
}

/** Who may count for a leaf. */
export const eligibleFor = (leaf: ApprovalLeaf, part: Part, facts: Facts): ReadonlySet<string> => {
  const named = facts.people(leaf.who);
  return part.widen && part.backup && facts.escalated ? new Set([...named, ...facts.people(part.backup)]) : named;
};

/** People whose agreement counts for a leaf: by themselves, or in the place of one who could. */
const supporters = (leaf: ApprovalLeaf, part: Part, voices: readonly Voice[], facts: Facts): string[] => {
  const eligible = eligibleFor(leaf, part, facts);
  const anyone = facts.people('scopeApprovers');
  return voices
    .filter(({ by, onBehalfOf }) => (onBehalfOf === null ? eligible.has(by) : anyone.has(by) && eligible.has(onBehalfOf)))
    .map(({ by }) => by);
};

const leafMet = (leaf: ApprovalLeaf, part: Part, voices: readonly Voice[], facts: Facts): boolean => {
  const agreed = supporters(leaf, part, voices, facts);
  return agreed.length >= leaf.count && (!leaf.otherTeam || agreed.some(facts.elsewhere));
};

const nodeMet = (node: ApprovalNode, part: Part, voices: readonly Voice[], facts: Facts): boolean =>
  isLeaf(node)
    ? leafMet(node, part, voices, facts)
    : 'all' in node
      ? node.all.every((one) => nodeMet(one, part, voices, facts))
      : node.any.some((one) => nodeMet(one, part, voices, facts));

/** The ways to meet a node, each a list of leaves. */
function alternatives(node: ApprovalNode): readonly (readonly ApprovalLeaf[])[] {
  if (isLeaf(node)) return [[node]];
  if ('any' in node) return node.any.flatMap(alternatives);
  return node.all.map(alternatives).reduce((ways, more) => ways.flatMap((way) => more.map((next) => [...way, ...next])), [[]]);
}

/** Can every seat be given to a person of its own? Augmenting paths (Kuhn 1955). */
function seated(seats: readonly (readonly string[])[]): boolean {
  const seatOf = new Map<string, number>();
  const place = (seat: number, tried: Set<string>): boolean =>
    seats[seat]!.some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const taken = seatOf.get(person);
      if (taken !== undefined && !place(taken, tried)) return false;
      seatOf.set(person, seat);
      return true;
    });
  return seats.every((_, seat) => place(seat, new Set()));
}

/** Several seats for a leaf of several people; with `otherTeam` the first is for somebody from elsewhere. */
const seatsOf = (leaf: ApprovalLeaf, part: Part, voices: readonly Voice[], facts: Facts): string[][] => {
  const agreed = supporters(leaf, part, voices, facts);
  return Array.from({ length: leaf.count }, (_, seat) => (seat === 0 && leaf.otherTeam ? agreed.filter(facts.elsewhere) : agreed));
};

const partMet = (part: Part, voices: readonly Voice[], facts: Facts): boolean =>
  part.distinct
    ? alternatives(part.need).some((way) => seated(way.flatMap((leaf) => seatsOf(leaf, part, voices, facts))))
    : nodeMet(part.need, part, voices, facts);

const same = (a: string | null, b: string | null): boolean => a !== null && a === b;
/** Of two who are tied one counts: the same person, a delegator and their delegate, two delegates in the same place. */
const tied = (a: Voice, b: Voice): boolean =>
  a.by === b.by || same(a.onBehalfOf, b.by) || same(a.by, b.onBehalfOf) || same(a.onBehalfOf, b.onBehalfOf) || a.linked.includes(b.by) || b.linked.includes(a.by); // prettier-ignore

/** Every way to leave all but one of the tied out. */
function* withoutTies(voices: readonly Voice[]): Generator<readonly Voice[]> {
  const first = voices.find((voice) => voices.some((other) => other !== voice && tied(voice, other)));
  if (!first) return yield voices;
  yield* withoutTies(voices.filter((voice) => voice === first || !tied(first, voice)));
  yield* withoutTies(voices.filter((voice) => voice !== first));
}

/** Have enough people agreed? More agreement never undoes it, and its order does not matter. */
export function satisfied({ parts }: Tree, voices: readonly Voice[], facts: Facts): boolean {
  for (const counted of withoutTies(voices)) if (parts.every((part) => partMet(part, counted, facts))) return true;
  return false;
}

const alone = (by: string): Voice => ({ by, onBehalfOf: null, linked: [] });

/** All who could count somewhere in the tree. */
export const eligibleIn = ({ parts }: Tree, facts: Facts): Set<string> =>
  new Set(parts.flatMap((part) => leavesOf(part.need).flatMap((leaf) => [...eligibleFor(leaf, part, facts)])));

/** The first node that nobody could meet even if all agreed who may; undefined when the tree can be met. */
export function unmet(tree: Tree, facts: Facts): { part: Part; node: ApprovalNode } | undefined {
  const voices = [...eligibleIn(tree, facts)].map(alone);
  const blame = (node: ApprovalNode, part: Part): ApprovalNode | undefined =>
    nodeMet(node, part, voices, facts) ? undefined : 'all' in node ? node.all.map((one) => blame(one, part)).find((one) => one !== undefined) : node;
  for (const part of tree.parts) {
    if (partMet(part, voices, facts)) continue;
    return { part, node: blame(part.need, part) ?? part.need };
  }
  return undefined;
}

/** How many people must agree at least. */
export function fewest({ parts }: Tree): number {
  const of = (node: ApprovalNode, distinct: boolean): number => {
    if (isLeaf(node)) return node.count;
    const counts = childrenOf(node).map((one) => of(one, distinct));
    if ('any' in node) return Math.min(...counts);
    return distinct ? counts.reduce((sum, count) => sum + count, 0) : Math.max(0, ...counts);
  };
  return Math.max(0, ...parts.map(({ need, distinct }) => of(need, distinct)));
}

export const LIMITS = { leaves: 32, ways: 256, count: 20 } as const;
const ways = (node: ApprovalNode): number =>
  isLeaf(node) ? 1 : 'any' in node ? node.any.reduce((sum, one) => sum + ways(one), 0) : node.all.reduce((product, one) => product * ways(one), 1);

/** Why a tree cannot be decided on: nothing in it, or more than is ever counted through. Undefined when it is sound. */
export function treeFault(need: ApprovalNode): string | undefined {
  const leaves = leavesOf(need);
  const empty = (node: ApprovalNode): boolean => !isLeaf(node) && (childrenOf(node).length === 0 || childrenOf(node).some(empty));
  if (empty(need)) return 'it has an empty list of approvals';
  if (leaves.length > LIMITS.leaves) return `it names ${leaves.length} groups, and ${LIMITS.leaves} is the most`;
  if (ways(need) > LIMITS.ways) return `it can be met in ${ways(need)} ways, and ${LIMITS.ways} is the most`;
  const wild = leaves.find(({ count }) => !Number.isInteger(count) || count < 1 || count > LIMITS.count);
  return wild && `it asks for ${wild.count} approvals, and 1 to ${LIMITS.count} are possible`;
}

/** A node in words, for people: "one of the team board". */
export function wordsOf(node: ApprovalNode): string {
  if ('all' in node) return node.all.map(wordsOf).join(' and ');
  if ('any' in node) return node.any.map(wordsOf).join(' or ');
  const { who, count, otherTeam } = node;
  const kind =
    who === 'scopeApprovers'
      ? 'approvers of its targets'
      : who === 'resourceOwner'
        ? 'owners of its targets'
        : 'role' in who
          ? `people with role ${who.role}`
          : 'team' in who
            ? `members of team ${who.team}`
            : 'named people';
  return `${count} of the ${kind}${otherTeam ? ', one from another team than the requester’s' : ''}`;
}
