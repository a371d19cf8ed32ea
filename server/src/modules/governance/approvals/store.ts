import { isUuid, type Database } from '#kernel/database.ts';
import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { scopeCovers } from '#kernel/scope.ts';
import { findChange, type Place } from '../store.ts';
import { approvalDecisions, approvalDelegations, approvalRequests, type ApprovalRow, type ChangeRow, type DecisionRow, type DelegationRow } from '../tables.ts'; // prettier-ignore
import { OPEN_REQUEST, type RequestStatus } from './rules.ts';

type At = Pick<Place, 'db' | 'tenantId'>;

/** The newest request of a Change. */
export async function requestOf({ db, tenantId }: At, changeId: string): Promise<ApprovalRow | undefined> {
  const [row] = await db
    .select()
    .from(approvalRequests)
    .where(and(eq(approvalRequests.tenantId, tenantId), eq(approvalRequests.changeId, changeId)))
    .orderBy(desc(approvalRequests.createdAt), desc(approvalRequests.id))
    .limit(1);
  return row;
}

/** By its own id, or by id or number of the Change it is about. Throws `approval-not-found`, or `change-not-found`. */
export async function findRequest(at: At, id: string): Promise<{ request: ApprovalRow; change: ChangeRow }> {
  const { db, tenantId } = at;
  if (isUuid(id)) {
    const [request] = await db
      .select()
      .from(approvalRequests)
      .where(and(eq(approvalRequests.tenantId, tenantId), eq(approvalRequests.id, id)));
    if (request) return { request, change: await findChange(db, tenantId, request.changeId) };
  }
  const change = await findChange(db, tenantId, id).catch((error: unknown) => {
    throw isUuid(id) ? approvalNotFound(id) : error;
  });
  const request = await requestOf(at, change.id);
  if (!request) throw approvalNotFound(id);
  return { request, change };
}
export const approvalNotFound = (id: string): Problem =>
  new Problem('approval-not-found', `There is no approval request "${id.slice(0, 64)}" in this tenant.`);

/** Decisions that stand, oldest first. */
export const decisionsOf = ({ db, tenantId }: At, requestId: string): Promise<DecisionRow[]> =>
  db
    .select()
    .from(approvalDecisions)
    .where(and(eq(approvalDecisions.tenantId, tenantId), eq(approvalDecisions.requestId, requestId), isNull(approvalDecisions.withdrawnAt)))
    .orderBy(asc(approvalDecisions.createdAt), asc(approvalDecisions.id));

const inForce = (tenantId: string, at: Date) =>
  and(
    eq(approvalDelegations.tenantId, tenantId),
    isNull(approvalDelegations.revokedAt),
    lte(approvalDelegations.validFrom, at),
    gt(approvalDelegations.validUntil, at),
  );

/** Delegations in force to or from these people. */
export const delegationsOf = (db: Database, tenantId: string, people: readonly string[], at: Date): Promise<DelegationRow[]> =>
  people.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(approvalDelegations)
        .where(
          and(inForce(tenantId, at), or(inArray(approvalDelegations.delegateId, [...people]), inArray(approvalDelegations.delegatorId, [...people]))),
        )
        .orderBy(asc(approvalDelegations.createdAt), asc(approvalDelegations.id));

/** Does a delegation concern this request? */
export const concerns = (
  { requestId, scope }: Pick<DelegationRow, 'requestId' | 'scope'>,
  request: { id: string } | undefined,
  targets: readonly Target[],
): boolean => (requestId === null ? scope === null || targets.every((target) => scopeCovers(scope, target)) : requestId === request?.id);

/** For the trail of what was carried out: the request that allowed it, and who agreed. */
export async function agreementOn(at: At, changeId: string): Promise<{ approvalId?: string; approverIds?: string[] }> {
  const request = await requestOf(at, changeId);
  if (request?.status !== 'approved') return {};
  const agreed = (await decisionsOf(at, request.id)).filter(({ verdict }) => verdict === 'approved');
  return { approvalId: request.id, approverIds: agreed.map(({ deciderId }) => deciderId) };
}

/** Closes the open request of a Change, if there is one, and says so where people waited for it. What was agreed to a plan that moved is void: `superseded` closes that as well. */
export async function closeRequest(
  place: Place,
  change: Pick<ChangeRow, 'id' | 'number' | 'operation' | 'summary'>,
  status: RequestStatus,
): Promise<void> {
  const { db, tenantId, now, emit } = place;
  const closing: readonly RequestStatus[] = status === 'superseded' ? [...OPEN_REQUEST, 'approved'] : OPEN_REQUEST;
  const [closed] = await db
    .update(approvalRequests)
    .set({ status, closedAt: now(), updatedAt: now(), nextStepAt: null })
    .where(and(eq(approvalRequests.tenantId, tenantId), eq(approvalRequests.changeId, change.id), inArray(approvalRequests.status, [...closing])))
    .returning();
  if (!closed || status === 'approved' || status === 'rejected' || status === 'revoked') return;
  const asked = await decidersSoFar(place, closed.id);
  emit(`approval.${status}`, { ...announced(change, closed), approvers: asked, recipients: [closed.requesterId] });
}

const decidersSoFar = async (at: At, requestId: string): Promise<string[]> => (await decisionsOf(at, requestId)).map(({ deciderId }) => deciderId);

/** What every announcement about a request says. */
export const announced = (change: Pick<ChangeRow, 'id' | 'number' | 'operation' | 'summary'>, request: Pick<ApprovalRow, 'id' | 'requesterId'>) => ({
  changeId: change.id,
  approvalId: request.id,
  number: `CHG-${change.number}`,
  operation: change.operation,
  summary: change.summary,
  requesterId: request.requesterId,
});
