import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { Operations, Rights } from './providers/port.ts';
import { approvalsNeeded, isOwn, isSameHuman, isTerminal, numberText, type ChangeState } from './rules.ts';
import type { Change, ChangeSummary } from './schemas.ts';
import { approvalDecisions, approvalRequests, changeSteps, type ApprovalRow, type ChangeRow } from './tables.ts';

type Viewer = Pick<ReadContext, 'db' | 'tenantId' | 'actor' | 'provider'>;
const time = (date: Date | null): string | null => date?.toISOString() ?? null;
const person = ({ kind, id, name }: { kind: string; id: string; name: string }) => ({ kind, id, name });

/** What the viewer reaches with a permission; empty when they do not hold it. */
export async function reachOf({ db, actor, provider }: Viewer, permission: string, risk: 'read' | 'write' | 'high'): Promise<Reach> {
  try {
    return await provider(Rights).permit(db, actor, { name: permission, permission, risk });
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** Why the viewer may not decide on a Change, or null when they may. The decision operations use the same answer. */
export function decisionHindrance(row: ChangeRow, viewer: Viewer, deciding: Reach): Problem | null {
  if (row.state !== 'awaiting_approval')
    return new Problem('approval-closed', `${numberText(row.number)} is ${row.state.replaceAll('_', ' ')} and takes no decision.`);
  if (deciding.length === 0) return new Problem('permission-denied', 'Deciding needs approvals:decide (roles approver, admin and owner hold it).');
  if (isSameHuman(row.requester, viewer.actor))
    return new Problem('self-approval-forbidden', 'You asked for this Change yourself; someone else has to decide on it.');
  if (viewer.actor.ownerId !== undefined) return new Problem('not-eligible', 'A service account decides on nothing; a person has to.');
  if (coveringGrant(deciding, row.targets) === undefined)
    return new Problem('not-eligible', 'Your Scope does not cover every target of this Change.');
  return null;
}

export const summaryOf = (row: ChangeRow, viewer: Viewer, deciding: Reach, decided: boolean): ChangeSummary => ({
  id: row.id,
  number: numberText(row.number),
  operation: row.operation,
  summary: row.summary,
  state: row.state,
  risk: row.risk,
  environment: row.environment,
  requester: person(row.requester),
  surface: row.surface,
  progress: row.progress,
  waitingForMe: !decided && decisionHindrance(row, viewer, deciding) === null,
  deadlineAt: time(row.deadlineAt),
  createdAt: row.createdAt.toISOString(),
  endedAt: time(row.endedAt),
});

async function approvalOf({ db, tenantId }: Viewer, changeId: string) {
  const [request] = await db
    .select()
    .from(approvalRequests)
    .where(and(eq(approvalRequests.tenantId, tenantId), eq(approvalRequests.changeId, changeId)))
    .orderBy(desc(approvalRequests.createdAt))
    .limit(1);
  if (!request) return { request: null, decisions: [] };
  const mine = and(eq(approvalDecisions.tenantId, tenantId), eq(approvalDecisions.requestId, request.id));
  return { request, decisions: await db.select().from(approvalDecisions).where(mine).orderBy(asc(approvalDecisions.createdAt)) };
}

/** Which of these Changes the viewer has decided on already. */
export async function decidedBy({ db, tenantId, actor }: Viewer, rows: readonly ChangeRow[]): Promise<Set<string>> {
  const waiting = rows.filter(({ state }) => state === 'awaiting_approval').map(({ id }) => id);
  if (waiting.length === 0) return new Set();
  const found = await db
    .select({ changeId: approvalRequests.changeId })
    .from(approvalDecisions)
    .innerJoin(approvalRequests, and(eq(approvalRequests.tenantId, approvalDecisions.tenantId), eq(approvalRequests.id, approvalDecisions.requestId)))
    .where(
      and(
        eq(approvalDecisions.tenantId, tenantId),
        eq(approvalDecisions.deciderId, actor.id),
        inArray(approvalRequests.changeId, waiting),
        eq(approvalRequests.status, 'pending'),
      ),
    );
  return new Set(found.map(({ changeId }) => changeId));
}

const RUNNING: readonly ChangeState[] = ['running', 'verifying', 'rolling_back', 'paused'];
const CANCELLABLE: readonly ChangeState[] = ['planned', 'awaiting_approval', 'approved', 'scheduled', 'running', 'paused', 'verifying'];
const action = (reason: string | false | null) => ({ allowed: !reason, reason: reason || null });

/** Why a Change cannot be rolled back, or null when it can. */
export function rollbackHindrance(row: ChangeRow, operation: { runs?: string; rollback?: unknown } | undefined): string | null {
  if (row.state !== 'succeeded' && row.state !== 'partially_succeeded') return 'only what succeeded can be rolled back';
  if (row.rolledBackBy) return 'it has been rolled back';
  return operation?.runs === 'job' && operation.rollback ? null : 'this operation has no way back; make a new change instead';
}

const applyHindrance = (state: ChangeState): string | null =>
  state === 'approved' ? null : state === 'awaiting_approval' ? 'it waits for an approval' : 'only an approved Change can be applied';

async function cancelHindrance(viewer: Viewer, row: ChangeRow): Promise<string | null> {
  if (!CANCELLABLE.includes(row.state)) return 'it has ended';
  if (row.cancelRequestedBy) return 'cancelling has begun';
  const may = isOwn(row.requester, viewer.actor) || (await reachOf(viewer, 'changes:cancel', 'write')).length > 0;
  return may ? null : 'this needs changes:cancel';
}

async function undoHindrance(viewer: Viewer, row: ChangeRow): Promise<string | null> {
  const impossible = rollbackHindrance(row, viewer.provider(Operations).get(row.operation));
  if (impossible) return impossible;
  return (await reachOf(viewer, 'changes:rollback', 'write')).length > 0 ? null : 'this needs changes:rollback';
}

async function actionsOf(viewer: Viewer, row: ChangeRow, deciding: Reach, decided: boolean): Promise<Change['actions']> {
  const decide = decided ? 'you have decided already' : (decisionHindrance(row, viewer, deciding)?.message ?? null);
  const own = isOwn(row.requester, viewer.actor);
  return {
    approve: action(decide),
    reject: action(decide),
    submit: action(row.state === 'planned' ? !own && 'only the requester may submit a draft' : 'only a draft can be submitted'),
    apply: action(applyHindrance(row.state)),
    cancel: action(await cancelHindrance(viewer, row)),
    rollback: action(await undoHindrance(viewer, row)),
  };
}

const approvalView = (row: ChangeRow, request: ApprovalRow, decisions: (typeof approvalDecisions.$inferSelect)[]): Change['approval'] => ({
  status: request.status,
  count: approvalsNeeded(request.requirements),
  given: decisions.filter(({ verdict }) => verdict === 'approved').length,
  rule: { name: row.requirements.map(({ rule }) => rule).join(', '), text: row.requirements.map(({ text }) => text).join(' ') },
  expiresAt: request.expiresAt.toISOString(),
  decisions: decisions.map(({ deciderId, deciderName, verdict, comment, createdAt }) => ({
    by: { id: deciderId, name: deciderName },
    verdict,
    comment,
    at: createdAt.toISOString(),
  })),
});

/** A Change with all that a person needs to decide on it. */
export async function detailOf(viewer: Viewer, row: ChangeRow): Promise<Change> {
  const { request, decisions } = await approvalOf(viewer, row.id);
  const decided = request?.status === 'pending' && decisions.some(({ deciderId }) => deciderId === viewer.actor.id);
  const deciding = await reachOf(viewer, 'approvals:decide', 'high');
  const steps = await viewer.db
    .select()
    .from(changeSteps)
    .where(and(eq(changeSteps.tenantId, viewer.tenantId), eq(changeSteps.changeId, row.id)))
    .orderBy(asc(changeSteps.startedAt), asc(changeSteps.id));
  const started = row.startedAt !== null || RUNNING.includes(row.state);
  return {
    ...summaryOf(row, viewer, deciding, decided),
    comment: row.comment,
    ticket: row.ticket,
    input: row.input as Change['input'],
    targets: row.targets,
    plan: row.plan,
    planHash: row.planHash,
    implementer: row.implementer ? person(row.implementer) : null,
    approval: request ? approvalView(row, request, decisions) : null,
    job: started
      ? {
          state: isTerminal(row.state) ? 'ended' : row.startedAt ? 'running' : 'queued',
          progress: row.progress,
          message: row.message,
          attempt: row.attempt,
          steps: steps.map(({ key, title, status, startedAt, endedAt }) => ({
            key,
            title,
            status,
            startedAt: startedAt.toISOString(),
            endedAt: time(endedAt),
          })),
        }
      : null,
    outcome: (row.outcome ?? null) as Change['outcome'],
    problem: (row.problem ?? null) as Change['problem'],
    rollbackOf: row.rollbackOf,
    rolledBackBy: row.rolledBackBy,
    submittedAt: time(row.submittedAt),
    approvedAt: time(row.approvedAt),
    startedAt: time(row.startedAt),
    actions: await actionsOf(viewer, row, deciding, decided),
  };
}
