import { and, eq, inArray, lte } from '#kernel/drizzle.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Actor } from '#kernel/context.ts';
import { Machinery, Rosters } from '../providers/port.ts';
import { findChange, type Place } from '../store.ts';
import { approvalRequests, type ApprovalRow, type ChangeRow } from '../tables.ts';
import { keysAsked } from './ask.ts';
import { askedPeople, electorate, type Electorate, type Hall } from './electorate.ts';
import { clockStep, handsIn, isOpenRequest, levelOf, nextStepAt, OPEN_REQUEST, type ClockStep } from './rules.ts';
import { announced, decisionsOf, requestOf } from './store.ts';
import { joined, type Tree } from './tree.ts';

interface Doer {
  actor: Actor;
  requestId: string;
}

const TEXTS = ['', 'Half of the time in which it should be decided is over.', 'It should have been decided by now.', 'Twice the time in which it should have been decided is over.']; // prettier-ignore

const entryOf = (change: ChangeRow, request: ApprovalRow, step: ClockStep, { actor, requestId }: Doer, at: Date): AuditEntry => ({
  decisionId: newId(),
  requestId,
  actor,
  surface: actor.kind === 'system' ? 'job' : 'internal',
  operation: step === 1 ? 'approvals.remind' : 'approvals.escalate',
  permission: 'approvals:read',
  risk: 'write',
  sensitive: true,
  result: 'success',
  reason: { stage: 'approval', code: step === 1 ? 'reminded' : `escalated-${levelOf(step)}`, text: TEXTS[step]! },
  targets: change.targets,
  grantId: null,
  rules: request.requirements.map(({ rule }) => rule),
  inputHash: change.inputHash,
  changeId: change.id,
  approvalId: request.id,
  comment: null,
  at,
  durationMs: 0,
  timings: {},
});

const backupKeys = (tree: Tree, who: Electorate): string[] =>
  tree.parts.flatMap(({ backup, widen }) => (backup && widen ? keysAsked({ who: backup }, who) : []));

/** Whom a step turns to: those asked; then the backups of the tree; then the administrators too. Never who had a hand in the Change. */
async function turnedTo(hall: Hall, change: ChangeRow, tree: Tree, who: Electorate, step: ClockStep): Promise<string[]> {
  if (step === 1) return askedPeople(who);
  const backups = tree.parts.flatMap(({ backup }) => (backup ? [...who.facts.people(backup)] : []));
  const admins = step < 3 ? [] : await Promise.all(['admin', 'owner'].map((role) => hall.provider(Rosters).inRole(hall.db, hall.tenantId, role)));
  const hands = handsIn(change);
  return [...new Set([...backups, ...admins.flat()])].filter((id) => !hands.has(id));
}

/** Takes the clock of a request to a step: stored, announced and in the trail, in one transaction. */
export async function takeStep(place: Place & Hall, change: ChangeRow, request: ApprovalRow, step: ClockStep, doer: Doer): Promise<ApprovalRow> {
  const at = place.now();
  const tree = joined(request.requirements);
  const who = await electorate(place, change, tree, { ...request, clockStep: step });
  const widened = step >= 2 ? backupKeys(tree, who) : [];
  const [stepped] = await place.db
    .update(approvalRequests)
    .set({ clockStep: step, nextStepAt: nextStepAt(request, step), asks: [...new Set([...request.asks, ...widened])], updatedAt: at })
    .where(and(eq(approvalRequests.tenantId, place.tenantId), eq(approvalRequests.id, request.id)))
    .returning();
  const decided = new Set((await decisionsOf(place, request.id)).map(({ deciderId }) => deciderId));
  const approvers = (await turnedTo(place, change, tree, who, step)).filter((id) => !decided.has(id));
  place.emit(step === 1 ? 'approval.reminder' : 'approval.escalated', {
    ...announced(change, request),
    approvers,
    ...(step === 1 ? {} : { level: levelOf(step), recipients: [request.requesterId] }),
    slaDueAt: request.slaDueAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
  });
  await place.provider(Machinery).audit.write(place.db, entryOf(change, request, step, doer, at));
  return stepped!;
}

/** Tells those who have not decided yet once more, whatever the clock says, which stays where it is; answers how many they are. */
export async function remindAgain(ctx: WorkContext, changeId: string, round: number): Promise<number> {
  const request = await requestOf(ctx, changeId);
  if (!request || !isOpenRequest(request.status) || request.expiresAt <= ctx.now()) return 0;
  const change = await findChange(ctx.db, ctx.tenantId, changeId);
  const who = await electorate(ctx, change, joined(request.requirements), request);
  const decided = new Set((await decisionsOf(ctx, request.id)).map(({ deciderId }) => deciderId));
  const approvers = askedPeople(who).filter((id) => !decided.has(id));
  const times = { slaDueAt: request.slaDueAt.toISOString(), expiresAt: request.expiresAt.toISOString() };
  ctx.emit('approval.reminder', { ...announced(change, request), approvers, round, ...times });
  return approvers.length;
}

/** Every minute: reminders and escalations that have come due. Rows another process has in hand are passed over; nothing is ever approved. */
export async function tickApprovals(ctx: WorkContext): Promise<void> {
  const due = await ctx.db
    .select()
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.tenantId, ctx.tenantId),
        lte(approvalRequests.nextStepAt, ctx.now()),
        inArray(approvalRequests.status, [...OPEN_REQUEST]),
      ),
    )
    .limit(500)
    .for('update', { skipLocked: true });
  for (const request of due) {
    if (request.expiresAt <= ctx.now()) continue;
    const step = clockStep(request, ctx.now());
    if (step > request.clockStep)
      await takeStep(ctx, await findChange(ctx.db, ctx.tenantId, request.changeId), request, step, { actor: ctx.actor, requestId: newId() });
  }
}
