import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { deskOf, hindranceAt, isAsked, openRequestsOf, type Desk, type Viewer } from './approvals/desk.ts';
import { decisionsOf, requestOf } from './approvals/store.ts';
import { conflictsOf } from './conflicts/find.ts';
import { emergencyOf } from './emergency/store.ts';
import { mayReview, useView } from './emergency/view.ts';
import { emergencyAction } from './emergency/waiting.ts';
import { nameOfTemplate } from './templates/store.ts';
import { Operations, Rights } from './providers/port.ts';
import { isOwn, isTerminal, numberText, type ChangeState } from './rules.ts';
import type { Change, ChangeSummary } from './schemas.ts';
import { resumeHindrance } from './stages/resume.ts';
import { changeSteps, type ApprovalRow, type ChangeRow, type DecisionRow, type EmergencyRow } from './tables.ts';

type OpenRequest = NonNullable<ReturnType<Awaited<ReturnType<typeof openRequestsOf>>['get']>>;
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

export const summaryOf = (row: ChangeRow, viewer: Viewer, desk: Desk, request: OpenRequest | undefined): ChangeSummary => ({
  id: row.id,
  number: numberText(row.number),
  operation: row.operation,
  summary: row.summary,
  state: row.state,
  risk: row.risk,
  environment: row.environment,
  requester: person(row.requester),
  surface: row.surface,
  via: row.via,
  progress: row.progress,
  waitingForMe: request !== undefined && !request.decided && isAsked(desk, viewer, row, request),
  emergency: row.emergency,
  deadlineAt: time(row.deadlineAt),
  createdAt: row.createdAt.toISOString(),
  endedAt: time(row.endedAt),
});

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

async function mayInEmergency(viewer: Viewer, row: ChangeRow): Promise<boolean> {
  const reach = await reachOf(viewer, 'changes:emergency', 'high');
  return row.targets.length === 0 ? reach.length > 0 : coveringGrant(reach, row.targets) !== undefined;
}

async function actionsOf(
  viewer: Viewer,
  row: ChangeRow,
  desk: Desk,
  { request, use }: { request: OpenRequest | undefined; use: EmergencyRow | undefined },
): Promise<Change['actions']> {
  const decide = request?.decided
    ? 'you have decided already'
    : (hindranceAt(desk, viewer, row, request)?.message ?? (isAsked(desk, viewer, row, request) ? null : 'no rule that it waits for asks for you'));
  const own = isOwn(row.requester, viewer.actor);
  return {
    approve: action(decide),
    reject: action(decide),
    submit: action(row.state === 'planned' ? !own && 'only the requester may submit a draft' : 'only a draft can be submitted'),
    apply: action(applyHindrance(row.state)),
    resume: action(resumeHindrance(row, { actor: viewer.actor, reach: await reachOf(viewer, 'changes:apply', 'high') })?.message ?? null),
    cancel: action(await cancelHindrance(viewer, row)),
    rollback: action(await undoHindrance(viewer, row)),
    emergency: action(emergencyAction(row, viewer, await mayInEmergency(viewer, row))),
    review: use ? mayReview(row, use, viewer.actor, desk.deciding) : action('it was no emergency'),
  };
}

const approvalView = (row: ChangeRow, request: ApprovalRow, decisions: readonly DecisionRow[]): Change['approval'] => ({
  id: request.id,
  status: request.status,
  count: request.needed,
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

async function jobOf({ db, tenantId }: Viewer, row: ChangeRow): Promise<Change['job']> {
  if (row.startedAt === null && !RUNNING.includes(row.state)) return null;
  const steps = await db
    .select()
    .from(changeSteps)
    .where(and(eq(changeSteps.tenantId, tenantId), eq(changeSteps.changeId, row.id)))
    .orderBy(asc(changeSteps.startedAt), asc(changeSteps.id));
  return {
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
  };
}

/** How it came past the approvals, and what else is under way on the same targets. */
async function besides(viewer: Viewer, row: ChangeRow, use: EmergencyRow | undefined) {
  return {
    template: row.templateId ? await nameOfTemplate(viewer, row.templateId) : null,
    autoApproved: row.autoApproved,
    emergencyUse: use ? useView(use, viewer.now()) : null,
    conflicts: isTerminal(row.state) ? [] : await conflictsOf(viewer, { plan: row.plan, targets: row.targets, changeId: row.id }),
  };
}

/** A Change with all that a person needs to decide on it. */
export async function detailOf(viewer: Viewer, row: ChangeRow): Promise<Change> {
  const request = await requestOf(viewer, row.id);
  const decisions = request ? await decisionsOf(viewer, request.id) : [];
  const desk = await deskOf(viewer, await reachOf(viewer, 'approvals:decide', 'high'));
  const open = (await openRequestsOf(viewer, [row])).get(row.id);
  const use = row.emergency ? await emergencyOf(viewer, row.id) : undefined;
  return {
    ...summaryOf(row, viewer, desk, open),
    ...(await besides(viewer, row, use)),
    comment: row.comment,
    ticket: row.ticket,
    input: row.input as Change['input'],
    targets: row.targets,
    plan: row.plan,
    planHash: row.planHash,
    decisionId: row.decisionId,
    implementer: row.implementer ? person(row.implementer) : null,
    approval: request ? approvalView(row, request, decisions) : null,
    job: await jobOf(viewer, row),
    canary: row.canary && { ...row.canary, rules: [...row.canary.rules] },
    stages: row.stages,
    outcome: (row.outcome ?? null) as Change['outcome'],
    problem: (row.problem ?? null) as Change['problem'],
    rollbackOf: row.rollbackOf,
    rolledBackBy: row.rolledBackBy,
    submittedAt: time(row.submittedAt),
    approvedAt: time(row.approvedAt),
    startedAt: time(row.startedAt),
    actions: await actionsOf(viewer, row, desk, { request: open, use }),
  };
}
