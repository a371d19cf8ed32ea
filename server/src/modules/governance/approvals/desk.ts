import type { ReadContext } from '#kernel/context.ts';
import { and, eq, inArray, isNull, or, sql, type SQL } from '#kernel/drizzle.ts';
import type { Reach } from '#kernel/scope.ts';
import { Teams } from '#kernel/teams.ts';
import { Rosters } from '../providers/port.ts';
import { approvalDecisions, approvalRequests, changes, type ApprovalRow, type ChangeRow, type DelegationRow } from '../tables.ts';
import { changesWithin } from '../visible.ts';
import { hindrance } from './hindrance.ts';
import { OPEN_REQUEST } from './rules.ts';
import { concerns, delegationsOf } from './store.ts';

export type Viewer = Pick<ReadContext, 'db' | 'tenantId' | 'actor' | 'provider' | 'now'>;

/** What somebody needs at hand to see at a glance which requests wait for them, read once for a whole list. */
export interface Desk {
  deciding: Reach;
  /** What the tree of a request may ask them by: scope, role:x, team:x, user:x. */
  keys: readonly string[];
  /** Delegations to them, with the keys of the person in whose place they stand. */
  places: readonly { delegation: DelegationRow; keys: readonly string[] }[];
}

async function keysOf({ db, tenantId, provider }: Viewer, person: string): Promise<string[]> {
  const roles = await provider(Rosters).rolesOf(db, tenantId, person);
  const teams = await provider(Teams).of(db, tenantId, person);
  return ['scope', `user:${person}`, ...roles.map((role) => `role:${role}`), ...teams.map((team) => `team:${team}`)];
}

/** Empty for who holds no `approvals:decide`. */
export async function deskOf(viewer: Viewer, deciding: Reach): Promise<Desk> {
  if (deciding.length === 0) return { deciding, keys: [], places: [] };
  const me = viewer.actor.id;
  const held = (await delegationsOf(viewer.db, viewer.tenantId, [me], viewer.now())).filter(({ delegateId }) => delegateId === me);
  const places: { delegation: DelegationRow; keys: string[] }[] = [];
  for (const delegation of held) places.push({ delegation, keys: await keysOf(viewer, delegation.delegatorId) });
  return { deciding, keys: await keysOf(viewer, me), places };
}

type Asked = Pick<ApprovalRow, 'id' | 'asks' | 'status'>;

/** May they decide on it, as far as can be told without counting everybody? The decision itself looks closer. */
export function isAsked(desk: Desk, viewer: Pick<Viewer, 'actor'>, change: ChangeRow, request: Asked | undefined): boolean {
  const mine = desk.places.filter(({ delegation }) => concerns(delegation, request, change.targets));
  const standsFor = mine.map(({ delegation }) => delegation.delegatorId);
  if (!request || hindrance(change, request, { actor: viewer.actor, deciding: desk.deciding, standsFor }) !== null) return false;
  return [desk.keys, ...mine.map(({ keys }) => keys)].some((keys) => request.asks.some((key) => keys.includes(key)));
}

/** Why they may not decide, in the same short words; null when nothing is against it. */
export const hindranceAt = (desk: Desk, viewer: Pick<Viewer, 'actor'>, change: ChangeRow, request: Asked | undefined) => {
  const standsFor = desk.places
    .filter(({ delegation }) => concerns(delegation, request, change.targets))
    .map(({ delegation }) => delegation.delegatorId);
  return hindrance(change, request, { actor: viewer.actor, deciding: desk.deciding, standsFor });
};

const overlap = (keys: readonly string[]): SQL => sql`${approvalRequests.asks} && ${sql.param([...keys])}::text[]`;
const placeAsked = ({ delegation, keys }: Desk['places'][number]): SQL | undefined =>
  and(
    overlap(keys),
    delegation.requestId === null ? undefined : eq(approvalRequests.id, delegation.requestId),
    delegation.scope === null ? undefined : changesWithin([{ grantId: delegation.id, scope: delegation.scope }]),
  );
/** What one stands in for is not one's own to decide. */
const ownPlace = ({ delegation }: Desk['places'][number]): SQL | undefined =>
  delegation.requestId === null
    ? and(eq(approvalRequests.requesterId, delegation.delegatorId), delegation.scope === null ? undefined : changesWithin([{ grantId: delegation.id, scope: delegation.scope }])) // prettier-ignore
    : undefined;

const notDecided = (me: string): SQL => sql`not exists (
  select from ${approvalDecisions} where ${approvalDecisions.tenantId} = ${approvalRequests.tenantId} and ${approvalDecisions.requestId} = ${approvalRequests.id}
    and ${approvalDecisions.deciderId} = ${me} and ${approvalDecisions.withdrawnAt} is null)`;

/** The same in SQL, over requests joined with their Changes: what waits for this person's decision. */
export function assignedTo(desk: Desk, viewer: Pick<Viewer, 'actor'>): SQL {
  const { actor } = viewer;
  if (desk.deciding.length === 0 || actor.ownerId !== undefined || actor.kind === 'agent') return sql`false`;
  const own = or(...desk.places.map(ownPlace).filter((one) => one !== undefined));
  return and(
    inArray(approvalRequests.status, [...OPEN_REQUEST]),
    sql`${approvalRequests.requesterId} <> ${actor.id}`,
    changesWithin(desk.deciding),
    or(overlap(desk.keys), ...desk.places.map(placeAsked)),
    own && sql`not ${own}`,
    notDecided(actor.id),
  )!;
}

/** Open requests of these Changes, and whether the viewer has decided on each. */
export async function openRequestsOf(
  { db, tenantId, actor }: Viewer,
  rows: readonly ChangeRow[],
): Promise<Map<string, Asked & { decided: boolean }>> {
  const waiting = rows.filter(({ state }) => state === 'awaiting_approval').map(({ id }) => id);
  if (waiting.length === 0) return new Map();
  const found = await db
    .select({ id: approvalRequests.id, changeId: approvalRequests.changeId, asks: approvalRequests.asks, status: approvalRequests.status, by: approvalDecisions.id })
    .from(approvalRequests)
    .leftJoin(
      approvalDecisions,
      and(
        eq(approvalDecisions.tenantId, approvalRequests.tenantId),
        eq(approvalDecisions.requestId, approvalRequests.id),
        eq(approvalDecisions.deciderId, actor.id),
        isNull(approvalDecisions.withdrawnAt),
      ),
    )
    .where(and(eq(approvalRequests.tenantId, tenantId), inArray(approvalRequests.changeId, waiting), inArray(approvalRequests.status, [...OPEN_REQUEST]))); // prettier-ignore
  return new Map(found.map(({ changeId, by, ...request }) => [changeId, { ...request, decided: by !== null }]));
}

export const joinedChange = and(eq(changes.tenantId, approvalRequests.tenantId), eq(changes.id, approvalRequests.changeId));
