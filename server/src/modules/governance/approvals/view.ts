import type { ReadContext } from '#kernel/context.ts';
import type { ApprovalNode } from '#kernel/gate-steps.ts';
import { isOwn, numberText } from '../rules.ts';
import type { ApprovalRow, ChangeRow, DecisionRow, DelegationRow } from '../tables.ts';
import { reachOf } from '../view.ts';
import { deskOf, hindranceAt, isAsked, type Desk } from './desk.ts';
import { electorate, placesOf, voicesOf, type Electorate } from './electorate.ts';
import { isOpenRequest, levelOf } from './rules.ts';
import type { Approval, ApprovalNodeView, ApprovalSummary, Delegation } from './schemas.ts';
import { decisionsOf, delegationsOf } from './store.ts';
import { eligibleFor, isLeaf, joined, satisfied, wordsOf, type Part, type Tree } from './tree.ts';
import { withdrawHindrance } from './withdraw.ts';

type Viewer = Omit<ReadContext, 'call' | 'reach' | 'once'>;

/** How much attention a request deserves: what it may do, where, and whether data is lost. */
export const riskLevelOf = ({ risk, environment, plan }: Pick<ChangeRow, 'risk' | 'environment' | 'plan'>): ApprovalSummary['riskLevel'] => {
  if (risk === 'read') return 'low';
  if (risk === 'write') return environment === 'prod' ? 'high' : 'medium';
  return environment === 'prod' || plan.dataLoss ? 'critical' : 'high';
};

export interface OwnDecision {
  verdict: 'approved' | 'rejected';
}

export const summaryOfRequest = (
  request: ApprovalRow,
  change: ChangeRow,
  at: { desk: Desk; viewer: Pick<Viewer, 'actor'>; given: number; own: OwnDecision | undefined },
): ApprovalSummary => ({
  id: request.id,
  changeId: change.id,
  number: numberText(change.number),
  operation: change.operation,
  summary: change.summary,
  status: request.status,
  risk: change.risk,
  riskLevel: riskLevelOf(change),
  environment: change.environment,
  requester: { kind: change.requester.kind, id: change.requester.id, name: change.requester.name },
  requestedAt: request.createdAt.toISOString(),
  slaDueAt: request.slaDueAt.toISOString(),
  expiresAt: request.expiresAt.toISOString(),
  closedAt: request.closedAt?.toISOString() ?? null,
  escalationLevel: levelOf(request.clockStep),
  reminded: request.clockStep >= 1,
  needed: request.needed,
  // More people than are needed may have agreed, and not those who are: then it lacks one still.
  given: isOpenRequest(request.status) ? Math.min(at.given, request.needed - 1) : at.given,
  waitingForMe: at.own === undefined && isAsked(at.desk, at.viewer, change, request),
  decided: at.own?.verdict ?? null,
});

const SHOWN = 20;

/** The tree line by line, with who has agreed to what and who still may. */
function nodesOf({ parts }: Tree, decisions: readonly DecisionRow[], who: Electorate): ApprovalNodeView[] {
  const voices = voicesOf(decisions);
  const names = new Map([...who.names, ...decisions.map(({ deciderId, deciderName }) => [deciderId, deciderName] as const)]);
  const people = (ids: readonly string[]) => ids.map((id) => ({ id, name: names.get(id) ?? id }));
  const walk = (node: ApprovalNode, part: Part, depth: number): ApprovalNodeView[] => {
    const may = isLeaf(node) ? eligibleFor(node, part, who.facts) : new Set<string>();
    const agreed = voices.filter(({ by, onBehalfOf }) => may.has(onBehalfOf ?? by)).map(({ by }) => by);
    const open = [...may].filter((id) => !decisions.some(({ deciderId }) => deciderId === id));
    const line: ApprovalNodeView = {
      depth,
      kind: isLeaf(node) ? 'people' : 'all' in node ? 'all' : 'any',
      text: wordsOf(node),
      rules: [...part.rules],
      distinct: part.distinct,
      count: isLeaf(node) ? node.count : 0,
      met: satisfied({ parts: [{ ...part, need: node }] }, voices, who.facts),
      agreed: people(agreed),
      mayAgree: people(open.slice(0, SHOWN)),
      mayAgreeCount: open.length,
    };
    const below = isLeaf(node) ? [] : 'all' in node ? node.all : node.any;
    return [line, ...below.flatMap((one) => walk(one, part, depth + 1))];
  };
  return parts.flatMap((part) => walk(part.need, part, 0));
}

export const delegationView = (row: DelegationRow, now: Date): Delegation => ({
  id: row.id,
  from: { id: row.delegatorId, name: row.delegatorName },
  to: { id: row.delegateId, name: row.delegateName },
  approvalId: row.requestId,
  scope: row.scope as Delegation['scope'],
  reason: row.reason,
  validFrom: row.validFrom.toISOString(),
  validUntil: row.validUntil.toISOString(),
  active: row.revokedAt === null && row.validFrom <= now && now < row.validUntil,
});

const action = (reason: string | null) => ({ allowed: reason === null, reason });

/** Why the viewer cannot decide, in short; null when they can. */
function decisionHindrance(viewer: Viewer, request: ApprovalRow, change: ChangeRow, { desk, who, own }: Seat): string | null {
  if (own) return 'you have decided already';
  const hindered = hindranceAt(desk, viewer, change, request);
  if (hindered) return hindered.message;
  const asked = who.eligible.has(viewer.actor.id) || placesOf(who, viewer.actor.id).length > 0;
  return asked ? null : 'no rule that it waits for asks for you';
}

interface Seat {
  desk: Desk;
  who: Electorate;
  own: DecisionRow | undefined;
}

async function delegateHindrance(viewer: Viewer, decide: string | null, { who }: Seat): Promise<string | null> {
  if (decide) return decide;
  if ((await reachOf(viewer, 'approvals:delegate', 'write')).length === 0) return 'this needs approvals:delegate';
  return who.eligible.has(viewer.actor.id) ? null : 'who stands in for somebody hands nothing on';
}

async function actionsOf(viewer: Viewer, request: ApprovalRow, change: ChangeRow, seat: Seat): Promise<Approval['actions']> {
  const closed = isOpenRequest(request.status) ? null : 'the request is closed';
  const decide = decisionHindrance(viewer, request, change, seat);
  const mayCancel = isOwn(change.requester, viewer.actor) || (await reachOf(viewer, 'approvals:cancel', 'write')).length > 0;
  const told = request.clockStep >= 3 ? 'the administrators know already' : null;
  return {
    approve: action(decide),
    reject: action(decide),
    delegate: action(await delegateHindrance(viewer, decide, seat)),
    cancel: action(closed ?? (mayCancel ? null : 'this needs approvals:cancel')),
    revoke: action(withdrawHindrance(change, request, seat.own?.verdict === 'approved')),
    escalate: action(closed ?? told ?? (mayCancel ? null : 'only who asked for it may')),
  };
}

/** A request with all that a person needs to decide on it. */
export async function approvalDetail(viewer: Viewer, request: ApprovalRow, change: ChangeRow): Promise<Approval> {
  const desk = await deskOf(viewer, await reachOf(viewer, 'approvals:decide', 'high'));
  const tree = joined(request.requirements);
  const who = await electorate(viewer, change, tree, request);
  const decisions = await decisionsOf(viewer, request.id);
  const own = decisions.find(({ deciderId }) => deciderId === viewer.actor.id);
  const about = (await delegationsOf(viewer.db, viewer.tenantId, [...who.eligible], viewer.now())).filter(
    ({ requestId }) => requestId === request.id,
  );
  const given = decisions.filter(({ verdict }) => verdict === 'approved').length;
  const proofs = request.requirements.flatMap(({ stepUpSeconds }) => stepUpSeconds ?? []);
  return {
    ...summaryOfRequest(request, change, { desk, viewer, given, own }),
    via: change.via,
    comment: change.comment,
    ticket: change.ticket,
    targets: change.targets.map(({ type, id, name, environment }) => ({ type, id, ...(name === undefined ? {} : { name }), environment })),
    plan: change.plan,
    planHash: request.planHash,
    rules: request.requirements.map(({ rule, text }) => ({ name: rule, text })),
    nodes: nodesOf(tree, decisions, who),
    decisions: decisions.map((row) => ({
      by: { id: row.deciderId, name: row.deciderName },
      onBehalfOf: row.onBehalfOf === null ? null : { id: row.onBehalfOf, name: row.onBehalfOfName ?? '' },
      verdict: row.verdict,
      comment: row.comment,
      planHash: row.planHash,
      surface: row.surface,
      at: row.createdAt.toISOString(),
    })),
    delegations: about.map((row) => delegationView(row, viewer.now())),
    standsFor: placesOf(who, viewer.actor.id),
    stepUpSeconds: proofs.length > 0 ? Math.min(...proofs) : null,
    actions: await actionsOf(viewer, request, change, { desk, who, own }),
  };
}
