import type { Database } from '#kernel/database.ts';
import type { ApprovalLeaf } from '#kernel/gate-steps.ts';
import type { Port } from '#kernel/port.ts';
import { Teams } from '#kernel/teams.ts';
import { Rights, Rosters } from '../providers/port.ts';
import type { ChangeRow, DecisionRow, DelegationRow } from '../tables.ts';
import { handsIn, humanOf } from './rules.ts';
import { concerns, delegationsOf } from './store.ts';
import { eligibleIn, keyOf, leavesOf, type Facts, type Tree, type Voice } from './tree.ts';

export interface Hall {
  db: Database;
  tenantId: string;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
}

/** Everybody who may decide on a Change, as of now. */
export interface Electorate {
  facts: Facts;
  /** Names by id of all who hold the permission over every target and had no hand in the Change. */
  names: ReadonlyMap<string, string>;
  /** Who counts somewhere in the tree by themselves. */
  eligible: ReadonlySet<string>;
  /** Delegations in force about this request between people who may decide. */
  delegations: readonly DelegationRow[];
}

type Concern = Pick<ChangeRow, 'requester' | 'implementer' | 'targets'>;

/** People who had a hand in a Change, and those who stand in for them: none of them decides (rule S1). */
export async function barredFrom(hall: Hall, change: Concern, request?: { id: string }): Promise<Set<string>> {
  const hands = handsIn(change);
  const tied = await delegationsOf(hall.db, hall.tenantId, [...hands], hall.now());
  const standIns = tied.filter((one) => hands.has(one.delegatorId) && concerns(one, request, change.targets));
  return new Set([...hands, ...standIns.map(({ delegateId }) => delegateId)]);
}

async function peopleBy(hall: Hall, whos: readonly ApprovalLeaf['who'][], change: Concern, able: ReadonlySet<string>) {
  const { db, tenantId, provider } = hall;
  const found = new Map<string, ReadonlySet<string>>([['scopeApprovers', able]]);
  const load = async (who: ApprovalLeaf['who']): Promise<readonly string[]> => {
    if (who === 'scopeApprovers') return [...able];
    if (who === 'resourceOwner') return provider(Rosters).ownersOf(db, tenantId, change.targets);
    if ('role' in who) return provider(Rosters).inRole(db, tenantId, who.role);
    if ('team' in who) return (await provider(Teams).members(db, tenantId, who.team)).map(({ id }) => id);
    return who.users;
  };
  for (const who of whos) if (!found.has(keyOf(who))) found.set(keyOf(who), new Set((await load(who)).filter((id) => able.has(id))));
  return found;
}

async function teammatesOf({ db, tenantId, provider }: Hall, person: string): Promise<Set<string>> {
  const slugs = await provider(Teams).of(db, tenantId, person);
  const teams = await Promise.all(slugs.map((slug) => provider(Teams).members(db, tenantId, slug)));
  return new Set(teams.flat().map(({ id }) => id));
}

/** Who may decide, read afresh: at the request, and again at every decision (governance.md 7.3). */
export async function electorate(hall: Hall, change: Concern, tree: Tree, request?: { id: string; clockStep: number }): Promise<Electorate> {
  const holders = await hall.provider(Rights).holders(hall.db, hall.tenantId, 'approvals:decide', change.targets);
  const barred = await barredFrom(hall, change, request);
  const names = new Map(holders.filter(({ id }) => !barred.has(id)).map(({ id, name }) => [id, name]));
  const able = new Set(names.keys());
  const whos = tree.parts.flatMap(({ need, backup }) => [...leavesOf(need).map(({ who }) => who), ...(backup ? [backup] : [])]);
  const people = await peopleBy(hall, whos, change, able);
  const asksElsewhere = tree.parts.some(({ need }) => leavesOf(need).some(({ otherTeam }) => otherTeam));
  const teammates = asksElsewhere ? await teammatesOf(hall, humanOf(change.requester)) : new Set<string>();
  const facts: Facts = {
    people: (who) => people.get(keyOf(who)) ?? new Set(),
    elsewhere: (person) => !teammates.has(person),
    escalated: (request?.clockStep ?? 0) >= 2,
  };
  const tied = await delegationsOf(hall.db, hall.tenantId, [...able], hall.now());
  const delegations = tied.filter((one) => able.has(one.delegateId) && able.has(one.delegatorId) && concerns(one, request, change.targets));
  return { facts, names, eligible: eligibleIn(tree, facts), delegations };
}

/** Whom to ask: who counts by themselves, and who stands in for one of them. */
export const askedPeople = ({ eligible, delegations }: Electorate): string[] => [
  ...new Set([...eligible, ...delegations.filter(({ delegatorId }) => eligible.has(delegatorId)).map(({ delegateId }) => delegateId)]),
];

/** In whose place somebody may decide: depth one, so a delegate hands nothing on. */
export const placesOf = ({ eligible, delegations, names }: Electorate, person: string): { id: string; name: string }[] => [
  ...new Map(
    delegations.filter(({ delegateId, delegatorId }) => delegateId === person && eligible.has(delegatorId)).map(({ delegatorId }) => [delegatorId, { id: delegatorId, name: names.get(delegatorId)! }]),
  ).values(),
]; // prettier-ignore

/** Everybody whom a delegation ties to a person here, in either direction. */
export const linkedTo = ({ delegations }: Electorate, person: string): string[] => [
  ...new Set(
    delegations.flatMap(({ delegateId, delegatorId }) => (delegateId === person ? [delegatorId] : delegatorId === person ? [delegateId] : [])),
  ),
];

export const voicesOf = (decisions: readonly DecisionRow[]): Voice[] =>
  decisions.filter(({ verdict }) => verdict === 'approved').map(({ deciderId, onBehalfOf, linked }) => ({ by: deciderId, onBehalfOf, linked }));
