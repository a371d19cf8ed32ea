import type { Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { ApprovalLeaf, Requirement } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { approvalRequests, changes, type ApprovalRow, type ChangeRow } from '../tables.ts';
import { askedPeople, electorate, type Electorate } from './electorate.ts';
import { leastPeople } from './least.ts';
import { clockOf, humanOf, nextStepAt } from './rules.ts';
import { announced } from './store.ts';
import { joined, leavesOf, treeFault, unmet, wordsOf, type Tree } from './tree.ts';

/** Keys under which the people of a leaf look for what waits for them. */
export const keysAsked = (leaf: Pick<ApprovalLeaf, 'who'>, { facts }: Electorate): string[] => {
  const { who } = leaf;
  if (who === 'scopeApprovers') return ['scope'];
  if (who === 'resourceOwner') return [...facts.people(who)].map((id) => `user:${id}`);
  return 'role' in who ? [`role:${who.role}`] : 'team' in who ? [`team:${who.team}`] : who.users.map((id) => `user:${id}`);
};

function requireSound(requirements: readonly Requirement[]): void {
  for (const { rule, need } of requirements) {
    const fault = treeFault(need);
    if (fault) throw new Problem('no-eligible-approver', `Rule ${rule} cannot be met: ${fault}. Correct the rule.`, { rules: [rule] });
  }
}

/** Throws `no-eligible-approver`, which names the node that nobody could meet. */
function requireMeetable(tree: Tree, who: Electorate): void {
  const missing = unmet(tree, who.facts);
  if (!missing) return;
  const rules = missing.part.rules.join(', ');
  throw new Problem(
    'no-eligible-approver',
    `Rule ${rules} asks for ${wordsOf(missing.node)}${missing.part.distinct ? ', distinct people' : ''}, by someone else than the requester, and ${who.eligible.size} other member(s) could decide. Grant approvals:decide over these targets to a colleague, or add people to the team, first.`,
    { rules: missing.part.rules, node: wordsOf(missing.node) },
  );
}

/** Opens the approval request of a Change; refuses when no one could ever fulfil it. */
export async function askForApproval(ctx: Pick<Context, 'db' | 'tenantId' | 'now' | 'provider' | 'emit'>, change: ChangeRow): Promise<ApprovalRow> {
  requireSound(change.requirements);
  const tree = joined(change.requirements);
  const who = await electorate(ctx, change, tree);
  requireMeetable(tree, who);
  const at = ctx.now();
  const { expiresAt, slaDueAt } = clockOf(change.requirements, at);
  const request = {
    tenantId: ctx.tenantId,
    id: newId(),
    changeId: change.id,
    planHash: change.planHash,
    status: 'pending' as const,
    requesterId: humanOf(change.requester),
    requirements: change.requirements,
    needed: leastPeople(tree, who.facts),
    asks: [...new Set(tree.parts.flatMap(({ need }) => leavesOf(need).flatMap((leaf) => keysAsked(leaf, who))))],
    expiresAt,
    slaDueAt,
    nextStepAt: nextStepAt({ createdAt: at, slaDueAt }, 0),
    createdAt: at,
    updatedAt: at,
  };
  const [row] = await ctx.db.insert(approvalRequests).values(request).returning();
  // The Change waits for as long as its request does.
  await ctx.db
    .update(changes)
    .set({ deadlineAt: expiresAt })
    .where(and(eq(changes.tenantId, ctx.tenantId), eq(changes.id, change.id)));
  ctx.emit('approval.requested', {
    ...announced(change, row!),
    approvers: askedPeople(who),
    risk: change.risk,
    environment: change.environment,
    expiresAt: expiresAt.toISOString(),
    slaDueAt: slaDueAt.toISOString(),
  });
  return row!;
}
